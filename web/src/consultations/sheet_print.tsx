/* eslint-disable no-restricted-syntax -- the form of 図9 is printed in Japanese whatever language the screen has */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Consultation } from '../api/types';
import { useKeys } from '../app/keys';
import { useSession } from '../app/session';
import { useCodes, usePacks } from '../packs/codes';
import { useDesks, useNames } from '../regions/regions';
import { threadQuery } from '../records/queries';
import { Button } from '../ui/button';
import { longDate, longTime, minutesBetween, today } from '../ui/japanese_date';
import { useTitle } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { continuationPages, fitTexts, type Fitted, type LongText } from './fit';
import { useConsultation } from './queries';
import { sheetFields, type SheetField } from './sheet';
import './sheet_print.css';

const mm = 96 / 25.4;
const bodyHeight = 266;
/** Width of the text inside a long box: the paper less margins, the heading column and its padding. */
const boxWidth = (180 - 1.2 - 25 - 4.8) * mm;
const leastBox = 14;
const trialHeight = 40;
/** The line 「次のページへ続く」 under a box. */
const goesOnLine = 5;
const weights: Partial<Record<SheetField, number>> = { request: 46, support_text: 35, awareness: 32, background: 24 };

/** 様式第1号, always in Japanese: the paper is the desk's, not the reader's. */
export default function SheetPrint() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t } = useTranslation('consultations');
  const { data, error } = useConsultation(id);
  const packs = usePacks();
  const desks = useDesks();
  useTitle(t('paper.tab', { number: data?.number ?? '' }));
  useKeys([{ key: 'Ctrl+p', label: t('common:print') }]);
  if (error) return <ProblemNotice error={error} />;
  if (!data || !packs || desks.length === 0) return <Skeleton lines={14} />;
  return <Paper consultation={data} />;
}

function Paper({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('consultations');
  const { sheet } = consultation;
  const first = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const [layout, setLayout] = useState<{ fitted: Fitted; pages: { name: string; text: string }[][] } | null>(null);

  const long: LongText[] = (['request', ...(sheet.background ? ['background'] : []), 'support_text', 'awareness'] as SheetField[]).map((name) => ({ name, text: sheet[name] as string, weight: weights[name]! }));
  const signature = JSON.stringify(long);

  const thread = useQuery(threadQuery('consultation', consultation.id));
  const issues = thread.data?.nodes.filter((node) => node.kind === 'issue') ?? [];

  useLayoutEffect(() => {
    const lay = () => {
      const page = first.current;
      const ruler = probe.current;
      if (!page || !ruler) return;
      const measure = (text: string, size: number) => {
        ruler.style.fontSize = `${size}pt`;
        ruler.textContent = text === '' ? ' ' : `${text}\u200b`;
        return ruler.getBoundingClientRect().height / mm;
      };
      // With boxes of a known height the rest of the page shows what it needs.
      const boxes = [...page.querySelectorAll<HTMLElement>('.box')];
      const notes = [...page.querySelectorAll<HTMLElement>('.goes-on')];
      const before = boxes.map((box) => box.style.height);
      for (const note of notes) note.style.display = 'none';
      for (const box of boxes) box.style.height = `${trialHeight}mm`;
      const taken = [...page.children].reduce((sum, child) => sum + (child as HTMLElement).getBoundingClientRect().height + Number.parseFloat(getComputedStyle(child).marginBottom || '0'), 0) / mm - boxes.length * trialHeight;
      boxes.forEach((box, at) => (box.style.height = before[at]!));
      for (const note of notes) note.style.display = '';
      const texts = JSON.parse(signature) as LongText[];
      const room = bodyHeight - taken - 1;
      let fitted = fitTexts(texts, room, leastBox, measure);
      for (let lines = 0; fitted.rest.length > lines; ) {
        lines = fitted.rest.length;
        fitted = fitTexts(texts, room - lines * goesOnLine, leastBox, measure);
      }
      const pages = continuationPages(fitted.rest, 235, 3, (text) => measure(text, 9.5));
      setLayout({ fitted, pages });
    };
    lay();
    void document.fonts?.ready.then(lay);
  }, [signature, thread.data]);

  const total = 1 + (layout?.pages.length ?? 0);
  const box = (name: SheetField) => {
    const fitted = layout?.fitted.boxes.find((one) => one.name === name);
    const goesOn = layout?.fitted.rest.some((one) => one.name === name);
    return (
      <td colSpan={5} className="long">
        <div className="box" style={{ height: `${fitted?.height ?? leastBox}mm`, fontSize: `${layout?.fitted.size ?? 9.5}pt` }}>
          {fitted?.text ?? ''}
        </div>
        {goesOn && <p className="goes-on">(次のページへ続く)</p>}
      </td>
    );
  };

  return (
    <div className="paper-desk">
      <nav className="paper-bar" aria-label={t('paper.bar')}>
        <Link to="/consultations/$id" params={{ id: consultation.id }}>
          {t('paper.back')}
        </Link>
        <span className="note">{total > 1 ? t('paper.more_pages', { count: total }) : t('paper.one_page')}</span>
        <Button kind="primary" icon="print" onPress={() => window.print()}>
          {t('common:print')}
        </Button>
      </nav>
      <div className="sheet-probe" ref={probe} style={{ width: `${boxWidth}px` }} aria-hidden="true" />
      <main id="main" lang="ja">
        <div className="sheet-page">
          <div className="sheet-body" ref={first}>
            <Head consultation={consultation} />
            <Rows consultation={consultation} box={box} issues={issues.map((node) => ({ text: `課${node.number}「${node.title}」${node.candidate ? 'の根拠の候補' : 'の根拠'}` }))} />
            <Foot page={1} total={total} />
          </div>
        </div>
        {layout?.pages.map((parts, at) => (
          <div className="sheet-page" key={at}>
            <div className="sheet-body">
              <Head consultation={consultation} goesOn />
              <table className="sheet-t">
                <colgroup>
                  <col style={{ width: '25mm' }} />
                  <col />
                </colgroup>
                <tbody>
                  {parts.map((part) => (
                    <tr key={part.name}>
                      <th scope="row">
                        {heading(part.name as SheetField)}
                        <br />
                        (続き)
                      </th>
                      <td className="long">
                        <div className="box">{part.text}</div>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <Foot page={at + 2} total={total} />
            </div>
          </div>
        ))}
      </main>
    </div>
  );
}

function heading(name: SheetField): ReactNode {
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

function Head({ consultation, goesOn }: { consultation: Consultation; goesOn?: boolean }) {
  const packs = usePacks();
  const desks = useDesks();
  const { session } = useSession();
  const desk = desks.find((one) => one.id === consultation.desk_id);
  return (
    <div className="sheet-head">
      <span>{[packs?.sheet.form_number.ja, desk?.header || desk?.name].filter(Boolean).join('\n')}</span>
      <h1>
        {packs?.sheet.title.ja}
        {goesOn && '(続き)'}
      </h1>
      <span className="no">
        {session.demonstration && (
          <>
            <span className="kakuu">架空</span>
            <br />
          </>
        )}
        受付番号<b>{consultation.number || '(下書き)'}</b>
      </span>
    </div>
  );
}

function Foot({ page, total }: { page: number; total: number }) {
  return (
    <div className="sheet-foot">
      <span>取扱注意 — 個人に関する情報を含みます</span>
      <span>{longDate(today()).replace(/\(.\)$/, '')} 印刷</span>
      <span>
        {page} / {total} ページ
      </span>
    </div>
  );
}

/** Numbers of the choices, the chosen ones circled as by hand. */
function Numbers({ field, chosen, on, note }: { field: SheetField; chosen: readonly string[]; on: string; note?: string }) {
  const codes = useCodes();
  const scheme = sheetFields[field].scheme!;
  const entries = codes.choices(scheme, { on, chosen });
  return (
    <span className={entries.length > 12 ? 'tight' : undefined}>
      {entries.map((entry) => (
        <span className="c" key={entry.code}>
          <span className={chosen.includes(entry.code) ? 'o' : 'u'}>{codes.number(scheme, entry.code)}</span> {entry.label.ja}
          {entry.code === 'other' && note !== undefined && `(${note || '\u2003\u2003\u2003\u2003'})`}
        </span>
      ))}
    </span>
  );
}

function Rows({ consultation, box, issues }: { consultation: Consultation; box: (name: SheetField) => ReactNode; issues: { text: string }[] }) {
  const { sheet } = consultation;
  const names = useNames();
  const { t } = useTranslation('common', { lng: 'ja' });
  const codes = useCodes();
  const on = sheet.received_on ?? today();
  const label = (scheme: string, code: string | null | undefined) => codes.scheme(scheme)?.codes.find((entry) => entry.code === code)?.label.ja ?? '';
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
          <td>{names.person(sheet.receiver_id)}</td>
        </tr>
        <tr>
          <th scope="row">相談者名</th>
          <td colSpan={2}>{sheet.caller_name}</td>
          <td colSpan={3}>
            <span className="lab">〔所属〕</span>
            {sheet.caller_affiliation}
            <br />
            <span className="lab">〔TEL〕</span>
            {sheet.caller_phone}
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
          <th scope="row">{heading('request')}</th>
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
          <th scope="row">{heading('support_text')}</th>
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
          <th scope="row">{heading('awareness')}</th>
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
          <td colSpan={5}>{issues.map((issue) => issue.text).join('、')}</td>
        </tr>
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
