/* eslint-disable no-restricted-syntax -- the form of 図9 is printed in Japanese whatever language the screen has */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Consultation, ConsultationVersion } from '../../api/types';
import { useMay } from '../../app/session';
import { caseFilesQuery } from '../../documents/queries';
import { usePacks } from '../../packs/codes';
import { useNames, useNamesOnPaper } from '../../regions/regions';
import { threadQuery } from '../../records/queries';
import { inJapan, longDate, longTime, minutesBetween, today } from '../../ui/japanese_date';
import { useTitle } from '../../ui/page';
import { ProblemNotice } from '../../ui/problem_notice';
import { Skeleton } from '../../ui/skeleton';
import { historyQuery, useConsultation } from '../queries';
import { proxyOf, type SheetField } from '../sheet';
import type { LongText } from './fit';
import { FittedSheets, Numbers, PaperDesk, SheetHead, useJapaneseLabel, type Box } from './paper';

export const longFields: Partial<Record<SheetField, number>> = { request: 46, background: 24, support_text: 35, awareness: 32 };

/** 様式第1号, always in Japanese: the paper is the desk's, not the reader's. */
export default function SheetPrint() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t } = useTranslation('consultations');
  const { data, error } = useConsultation(id);
  const names = useNamesOnPaper();
  useTitle(t('paper.tab', { number: data?.number ?? '' }));
  const missing = error ?? names.error;
  if (missing) return <ProblemNotice error={missing} />;
  if (!data || !names.ready) return <Skeleton lines={14} />;
  return <Paper consultation={data} />;
}

function Paper({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('consultations');
  const packs = usePacks();
  const [pages, setPages] = useState(1);
  const { sheet } = consultation;
  const texts: LongText[] = (Object.entries(longFields) as [SheetField, number][])
    .filter(([name]) => name !== 'background' || sheet.background)
    .map(([name, weight]) => ({ name, text: sheet[name] as string, weight }));
  const thread = useQuery(threadQuery('consultation', consultation.id));
  // Reading the history stands in the audit like reading the sheet.
  const history = useQuery({ ...historyQuery(consultation.id), enabled: consultation.closed_at !== null || consultation.version > 1 });
  const marks = marksOf(history.data?.items ?? []);
  const issues = (thread.data?.nodes ?? [])
    .filter((node) => node.kind === 'issue')
    .map((node) => `課${node.number}「${node.title}」${node.candidate ? 'の根拠の候補' : 'の根拠'}`)
    .join('、');
  const may = useMay();
  const { data: attached, isLoading: filesLoading, error: filesError } = useQuery({ ...caseFilesQuery(consultation.id), enabled: may('persons.read') });
  const files = (attached ?? [])
    .filter((file) => !file.withdrawn_at)
    .map((file) => (file.caption ? `${file.caption}(${file.name})` : file.name))
    .join('、');
  // A paper that lacks its marks or its list of files must not be printed by a quick hand.
  if (thread.isLoading || history.isLoading || filesLoading) return <Skeleton lines={14} />;
  const missing = thread.error ?? history.error ?? filesError;
  if (missing) return <ProblemNotice error={missing} />;
  return (
    <PaperDesk
      back={{ to: '/consultations/$id', params: { id: consultation.id }, label: t('paper.back') }}
      note={pages > 1 ? t('paper.more_pages', { count: pages }) : t('paper.one_page')}
    >
      <FittedSheets
        texts={texts}
        head={(goesOn) => (
          <SheetHead
            desk={consultation.desk_id}
            title={packs?.sheet.title.ja}
            formNumber={packs?.sheet.form_number.ja}
            goesOn={goesOn}
            number={
              <>
                受付番号<b>{consultation.number || '(下書き)'}</b>
              </>
            }
          />
        )}
        rows={(box) => <Rows consultation={consultation} box={box} issues={issues} files={files} marks={marks} />}
        heading={(name) => sheetHeading(name as SheetField)}
        foot="取扱注意 — 個人に関する情報を含みます"
        around={[issues, files, ...marks].join('\n')}
        onPages={setPages}
      />
    </PaperDesk>
  );
}

/** The heading of a long text, broken to fit its narrow column. */
export function sheetHeading(name: SheetField): ReactNode {
  switch (name) {
    case 'request':
      return (
        <>
          主訴
          <br />
          <span className="lab">
            (求めている
            <br />
            支援)
          </span>
        </>
      );
    case 'support_text':
      return (
        <>
          支援の
          <br />
          経過
        </>
      );
    case 'awareness':
      return (
        <>
          連携の
          <br />
          課題の
          <br />
          気づき
        </>
      );
    default:
      return '背景の説明';
  }
}

const steps: Partial<Record<ConsultationVersion['kind'], string>> = { closed: '確定', correction: '訂正', reopened: '再開', unfinalised: '確定の取り消し' };
/** So many of the last ones stand on the sheet. */
const mostMarks = 4;

/** Who finalised or corrected the sheet, when and why; what came before the last ones is counted. */
function marksOf(history: readonly ConsultationVersion[]): string[] {
  const marks = [...history]
    .sort((a, b) => a.version - b.version)
    .filter((one) => steps[one.kind])
    .map((one) => {
      const by = one.asked_by_name ? `${one.asked_by_name}の求めにより${one.by_name}` : one.by_name;
      return [`${steps[one.kind]} 第${one.version}版`, longDate(inJapan(one.at).date), inJapan(one.at).time, by, one.reason && `理由: ${one.reason}`].filter(Boolean).join('\u3000');
    });
  const earlier = marks.length - mostMarks;
  return earlier > 0 ? [`ほかにこれより前の記録 ${earlier}件`, ...marks.slice(-mostMarks)] : marks;
}

function Rows({ consultation, box, issues, files, marks }: { consultation: Consultation; box: Box; issues: string; files: string; marks: string[] }) {
  const { sheet } = consultation;
  const names = useNames();
  const { t } = useTranslation('common', { lng: 'ja' });
  const label = useJapaneseLabel();
  const proxy = proxyOf(consultation);
  const on = sheet.received_on ?? today();
  const list = (code: string | null | undefined) => (code ? [code] : []);
  const time = sheet.started_at ? `${longTime(sheet.started_at)} 〜 ${sheet.ended_at ? longTime(sheet.ended_at) : '\u2003\u2003時\u2003\u2003分'}` : '';
  return (
    <table className="sheet-t">
      <colgroup>
        {['25mm', '25mm', '22mm', '40mm', '18mm'].map((width, at) => (
          <col key={at} style={{ width }} />
        ))}
        <col />
      </colgroup>
      <tbody>
        <tr>
          <th scope="row">相談種別</th>
          <td colSpan={5}>
            <Numbers field="kind" chosen={list(sheet.kind)} on={on} />
          </td>
        </tr>
        <tr>
          <th scope="row">受付年月日</th>
          <td colSpan={3}>
            {longDate(sheet.received_on)} {time}
          </td>
          <th scope="row">受付者</th>
          <td>
            {names.person(sheet.receiver_id)}
            {proxy && (
              <>
                <br />
                <span className="lab">〔代理入力〕</span>
                {proxy}
              </>
            )}
          </td>
        </tr>
        <tr>
          <th scope="row">相談者名</th>
          <td colSpan={2}>{sheet.caller_name}</td>
          <td colSpan={3}>
            <span className="lab">〔所属〕</span>
            {sheet.caller_affiliation}
            <br />
            <span className="lab">〔TEL〕</span>
            {[sheet.caller_phone, label('contact', sheet.caller_contact)].filter(Boolean).join(' ')}
          </td>
        </tr>
        <tr>
          <th scope="row">
            相談者の
            <br />
            主業務
          </th>
          <td colSpan={5}>
            <Numbers field="caller_profession" chosen={list(sheet.caller_profession)} on={on} note={sheet.caller_profession_note} />
          </td>
        </tr>
        <tr>
          <th scope="row">相談方法</th>
          <td colSpan={5}>
            <Numbers field="method" chosen={list(sheet.method)} on={on} note={sheet.method_note} />
          </td>
        </tr>
        <tr className="thick">
          <th scope="row">{sheetHeading('request')}</th>
          {box('request')}
        </tr>
        <tr className="thick">
          <th scope="row" rowSpan={2}>
            対象者の
            <br />
            背景
          </th>
          <th scope="row">年齢層</th>
          <td>{label('age_band', sheet.age_band)}</td>
          <td>
            <span className="lab">〔世帯〕</span>
            {label('household', sheet.household)}
          </td>
          <th scope="row">要介護度</th>
          <td>{label('care_level', sheet.care_level)}</td>
        </tr>
        <tr>
          <th scope="row">住所地</th>
          <td>{names.region(sheet.district_id)}</td>
          <td>
            <span className="lab">〔主病名〕</span>
            {sheet.illness}
          </td>
          <th scope="row">医療処置</th>
          <td>{sheet.treatments.map((code) => label('treatment', code)).join('・') || 'なし'}</td>
        </tr>
        {sheet.background && (
          <tr>
            <th scope="row">背景の説明</th>
            {box('background')}
          </tr>
        )}
        <tr>
          <th scope="row">類型</th>
          <td colSpan={5}>
            <span className="lab">〔内容〕</span>
            {[label('topic', sheet.topic), label('subtopic', sheet.subtopic), ...sheet.relisted.map((code) => `再掲 ${label('relisted', code)}`)].filter(Boolean).join('・')}
            {'\u2003'}
            <span className="lab">〔要素〕</span>
            {sheet.elements.map((one) => `${label('element', one.element)}${one.value === 'suspected' ? '(疑い)' : one.value === 'text' ? `(${one.text})` : ''}`).join('・')}
          </td>
        </tr>
        <tr className="thick">
          <th scope="row">支援内容</th>
          <td colSpan={5}>
            <Numbers field="supports" chosen={sheet.supports} on={on} />
          </td>
        </tr>
        <tr>
          <th scope="row">{sheetHeading('support_text')}</th>
          {box('support_text')}
        </tr>
        <tr>
          <th scope="row">支援結果</th>
          <td colSpan={5}>
            <Numbers field="result" chosen={list(sheet.result)} on={on} />
            <br />
            <span className="lab">〔結果の日〕</span>
            {sheet.result_on ? longDate(sheet.result_on) : '令和\u2003\u2003年\u2003\u2003月\u2003\u2003日(\u2003)'}
            {'\u2003'}
            <span className="lab">〔次の対応〕</span>
            {[longDate(sheet.follow_up_on), sheet.follow_up_note].filter(Boolean).join(' ')}
          </td>
        </tr>
        <tr className="thick">
          <th scope="row">{sheetHeading('awareness')}</th>
          {box('awareness')}
        </tr>
        <tr>
          <th scope="row">場面</th>
          <td colSpan={5}>
            <Numbers field="scenes" chosen={sheet.scenes} on={on} />
          </td>
        </tr>
        <tr>
          <th scope="row">地域課題</th>
          <td colSpan={5}>{issues}</td>
        </tr>
        {files && (
          <tr>
            <th scope="row">添付</th>
            <td colSpan={5}>{files}</td>
          </tr>
        )}
        {marks.length > 0 && (
          <tr>
            <th scope="row">確定・訂正</th>
            <td colSpan={5}>
              {marks.map((mark) => (
                <div key={mark}>{mark}</div>
              ))}
            </td>
          </tr>
        )}
        <tr className="thick">
          <th scope="row">所要時間</th>
          <td>{sheet.started_at && sheet.ended_at ? `${minutesBetween(sheet.started_at, sheet.ended_at)}分` : ''}</td>
          <th scope="row">担当</th>
          <td>{names.desk(consultation.desk_id)}</td>
          <th scope="row">状態</th>
          <td>{t(`state.consultation.${consultation.state}`)}</td>
        </tr>
      </tbody>
    </table>
  );
}
