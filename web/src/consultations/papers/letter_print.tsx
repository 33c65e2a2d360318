/* eslint-disable no-restricted-syntax -- papers are printed in Japanese whatever language the screen has */
// Two letters about a consultation: the cover of a FAX, and an inquiry whose lower half comes back with the answer.
// Neither names the person concerned; what they say is written here, printed, and kept on this computer until it is
// given up or its writer signs out.
import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Consultation } from '../../api/types';
import { useSession } from '../../app/session';
import { useKeptFields } from '../../records/kept_text';
import { RestoredNotice } from '../../records/restored_notice';
import { useDesks, useNames, useNamesOnPaper } from '../../regions/regions';
import { Button } from '../../ui/button';
import { DateField } from '../../ui/date_field';
import { TextArea, TextField } from '../../ui/field';
import { longDate, today } from '../../ui/japanese_date';
import { useTitle } from '../../ui/page';
import { ProblemNotice } from '../../ui/problem_notice';
import { Skeleton } from '../../ui/skeleton';
import { useConsultation } from '../queries';
import { FittedSheets, PaperDesk, SheetHead, useJapaneseLabel, type Box } from './paper';

type Kind = 'fax' | 'inquiry';

interface Letter {
  to: string;
  to_person: string;
  to_fax: string;
  subject: string;
  text: string;
  /** FAX: sheets with this one. */
  sheets: string;
  /** FAX: what is asked of the reader. */
  marks: string[];
  /** Inquiry: the day by which an answer is hoped for. */
  reply_by: string | null;
}

const marks = ['至急', 'ご確認ください', 'ご返信ください', 'ご連絡ください', 'ご参考まで'];
const answers = ['対応できる', '条件により対応できる', '対応できない', '他をご紹介する'];
/** An inquiry leaves room for its answer. */
const most: Record<Kind, number> = { fax: 1500, inquiry: 1000 };

function first(kind: Kind, { sheet, number }: Consultation): Letter {
  const about = number ? `(受付番号 ${number})` : '';
  return {
    to: '',
    to_person: '',
    to_fax: '',
    subject: kind === 'fax' ? `ご相談の件について${about}` : `${sheet.subject ? `「${sheet.subject}」の件` : 'お尋ね'}${about}`,
    text: kind === 'inquiry' ? sheet.request : '',
    sheets: '1',
    marks: [],
    reply_by: kind === 'inquiry' && sheet.follow_up_on && sheet.follow_up_on >= today() ? sheet.follow_up_on : null,
  };
}

export function FaxPrint() {
  return <LetterPrint kind="fax" />;
}

export function InquiryPrint() {
  return <LetterPrint kind="inquiry" />;
}

function LetterPrint({ kind }: { kind: Kind }) {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t } = useTranslation('consultations');
  const { data, error } = useConsultation(id);
  const names = useNamesOnPaper();
  useTitle(t(`paper.${kind}`));
  const missing = error ?? names.error;
  if (missing) return <ProblemNotice error={missing} />;
  if (!data || !names.ready) return <Skeleton lines={14} />;
  return <Written kind={kind} consultation={data} />;
}

function Written({ kind, consultation }: { kind: Kind; consultation: Consultation }) {
  const { t } = useTranslation('consultations');
  const kept = useKeptFields<Letter>(`${kind}:${consultation.id}`, () => first(kind, consultation));
  const [pages, setPages] = useState(1);
  const { fields: letter, set } = kept;
  const background = useBackground(consultation);
  return (
    <PaperDesk
      back={{ to: '/consultations/$id', params: { id: consultation.id }, label: t('paper.back') }}
      note={pages > 1 ? t('paper.more_pages', { count: pages }) : t('paper.one_page')}
      form={
        <form className="paper-form" onSubmit={(event) => event.preventDefault()} aria-label={t(`paper.${kind}`)}>
          {kept.restoredAt && <RestoredNotice at={kept.restoredAt} overtaken={kept.overtaken} onDiscard={kept.discard} />}
          <div className="row">
            <TextField label={t('letter.to')} value={letter.to} maxLength={100} onChange={(to) => set({ to })} autoFocus help={t('letter.to_help')} />
            <TextField label={t('letter.to_person')} value={letter.to_person} maxLength={60} onChange={(to_person) => set({ to_person })} />
            <TextField label={t('letter.to_fax')} value={letter.to_fax} maxLength={40} inputMode="tel" onChange={(to_fax) => set({ to_fax })} />
          </div>
          <TextField label={t('letter.subject')} value={letter.subject} maxLength={100} onChange={(subject) => set({ subject })} />
          <TextArea label={t(`letter.text_${kind}`)} value={letter.text} maxLength={most[kind]} onChange={(text) => set({ text })} rows={4} help={t('letter.no_names')} />
          {kind === 'fax' ? (
            <div className="row">
              <TextField label={t('letter.sheets')} value={letter.sheets} maxLength={3} inputMode="numeric" onChange={(sheets) => set({ sheets })} />
              <fieldset className="marks">
                <legend>{t('letter.marks')}</legend>
                {marks.map((mark) => (
                  <label key={mark} lang="ja">
                    <input
                      type="checkbox"
                      checked={letter.marks.includes(mark)}
                      onChange={(event) => set({ marks: event.target.checked ? [...letter.marks, mark] : letter.marks.filter((one) => one !== mark) })}
                    />
                    {mark}
                  </label>
                ))}
              </fieldset>
            </div>
          ) : (
            <DateField label={t('letter.reply_by')} value={letter.reply_by} lean="future" onChange={(reply_by) => set({ reply_by })} />
          )}
          <div className="row">
            <Button onPress={kept.discard}>{t('letter.discard')}</Button>
          </div>
        </form>
      }
    >
      <FittedSheets
        texts={kind === 'fax' ? [{ name: 'text', text: letter.text, weight: 1 }] : [{ name: 'text', text: letter.text, weight: 2 }, { name: 'background', text: background, weight: 1 }, { name: 'answer', text: '', weight: 3 }]}
        head={(goesOn) => <SheetHead desk={consultation.desk_id} title={kind === 'fax' ? 'FAX送信票' : '照会票'} goesOn={goesOn} number={<>{longDate(today())}</>} />}
        rows={(box) => (kind === 'fax' ? <Fax letter={letter} consultation={consultation} box={box} /> : <Inquiry letter={letter} consultation={consultation} box={box} />)}
        heading={(name) => headings[name]}
        foot={kind === 'fax' ? '誤って届いた場合は、お手数ですが発信元へお知らせのうえ破棄してください' : '取扱注意 — ご回答は回答の欄に記入のうえ発信元へお返しください'}
        around={JSON.stringify([letter.to, letter.to_person, letter.to_fax, letter.subject, letter.marks, letter.reply_by])}
        onPages={setPages}
      />
    </PaperDesk>
  );
}

const headings: Record<string, ReactNode> = {
  text: '本文',
  background: (
    <>
      事例の
      <br />
      背景
    </>
  ),
};

/** What the case is like, without a name or an address. */
function useBackground({ sheet }: Consultation): string {
  const label = useJapaneseLabel();
  const facts: [string, string][] = [
    ['年齢層', label('age_band', sheet.age_band)],
    ['世帯', label('household', sheet.household)],
    ['要介護度', label('care_level', sheet.care_level)],
    ['主病名', sheet.illness],
    ['医療処置', sheet.treatments.map((code) => label('treatment', code)).join('・')],
  ];
  return facts
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\u3000');
}

function Addresses({ letter, consultation }: { letter: Letter; consultation: Consultation }) {
  const desks = useDesks();
  const names = useNames();
  const { session } = useSession();
  const desk = desks.find((one) => one.id === consultation.desk_id);
  return (
    <>
      <tr className="tall">
        <th scope="row">宛先</th>
        <td colSpan={3}>
          <b className="to">{letter.to || '\u2003'}</b> {letter.to_person ? '' : '御中'}
          <br />
          {letter.to_person ? `${letter.to_person} 様` : '\u2003'}
        </td>
        <th scope="row">FAX</th>
        <td>{letter.to_fax}</td>
      </tr>
      <tr>
        <th scope="row">発信元</th>
        <td colSpan={3}>
          <span className="lines">{desk?.header || desk?.name}</span>
          <br />
          <span className="lab">〔担当〕</span>
          {names.person(consultation.sheet.receiver_id) || session.name}
        </td>
        <th scope="row">TEL</th>
        <td>{desk?.phone}</td>
      </tr>
      <tr>
        <th scope="row">件名</th>
        <td colSpan={5}>{letter.subject}</td>
      </tr>
    </>
  );
}

function Columns() {
  return (
    <colgroup>
      {['25mm', '25mm', '22mm', '45mm', '16mm'].map((width, at) => (
        <col key={at} style={{ width }} />
      ))}
      <col />
    </colgroup>
  );
}

/** A square to tick, ticked or not. */
function Tick({ on }: { on: boolean }) {
  return (
    <span className="tick" role="img" aria-label={on ? 'あり' : 'なし'}>
      {on ? '✓' : ''}
    </span>
  );
}

function Fax({ letter, consultation, box }: { letter: Letter; consultation: Consultation; box: Box }) {
  return (
    <table className="sheet-t letter">
      <Columns />
      <tbody>
        <Addresses letter={letter} consultation={consultation} />
        <tr>
          <th scope="row">送信枚数</th>
          <td colSpan={5}>この票を含めて {letter.sheets || '\u2003'} 枚</td>
        </tr>
        <tr>
          <th scope="row">お願い</th>
          <td colSpan={5}>
            {marks.map((mark) => (
              <span className="c" key={mark}>
                <Tick on={letter.marks.includes(mark)} /> {mark}
              </span>
            ))}
          </td>
        </tr>
        <tr className="thick">
          <th scope="row">{headings.text}</th>
          {box('text')}
        </tr>
      </tbody>
    </table>
  );
}

function Inquiry({ letter, consultation, box }: { letter: Letter; consultation: Consultation; box: Box }) {
  return (
    <table className="sheet-t letter">
      <Columns />
      <tbody>
        <Addresses letter={letter} consultation={consultation} />
        <tr>
          <th scope="row">
            回答の
            <br />
            希望日
          </th>
          <td colSpan={5}>{letter.reply_by ? `${longDate(letter.reply_by)}まで` : '令和\u2003\u2003年\u2003\u2003月\u2003\u2003日(\u2003)まで'}</td>
        </tr>
        <tr className="thick">
          <th scope="row">
            お尋ね
            <br />
            したいこと
          </th>
          {box('text')}
        </tr>
        <tr>
          <th scope="row">{headings.background}</th>
          {box('background')}
        </tr>
        <tr className="thick">
          <th scope="row">回答</th>
          <td colSpan={5}>
            {answers.map((answer) => (
              <span className="c" key={answer}>
                <Tick on={false} /> {answer}
              </span>
            ))}
          </td>
        </tr>
        <tr>
          <th scope="row">
            回答の
            <br />
            内容・条件
          </th>
          {box('answer')}
        </tr>
        <tr className="tall">
          <th scope="row">回答者</th>
          <td colSpan={3}>
            <span className="lab">〔所属・氏名〕</span>
          </td>
          <th scope="row">連絡先</th>
          <td />
        </tr>
        <tr>
          <th scope="row">回答日</th>
          <td colSpan={5}>{'令和\u2003\u2003年\u2003\u2003月\u2003\u2003日(\u2003)'}</td>
        </tr>
      </tbody>
    </table>
  );
}
