/* eslint-disable no-restricted-syntax -- papers are printed in Japanese whatever language the screen has */
// What the desk's papers have in common: the screen round them, head and foot, numbered choices, and sheets whose long
// texts are fitted to the room and go on overleaf where it does not suffice.
import { Link } from '@tanstack/react-router';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../../app/keys';
import { useSession } from '../../app/session';
import { useCodes } from '../../packs/codes';
import { useDesks } from '../../regions/regions';
import { Button } from '../../ui/button';
import { longDate, today } from '../../ui/japanese_date';
import { sheetFields, type SheetField } from '../sheet';
import { continuationPages, fitTexts, type Fitted, type LongText } from './fit';
import './paper.css';

const mm = 96 / 25.4;
const bodyHeight = 266;
/** Width of the text inside a long box: the paper less margins, the heading column and its padding. */
const boxWidth = (180 - 1.2 - 25 - 4.8) * mm;
const leastBox = 14;
const trialHeight = 40;
/** The line 「次のページへ続く」 under a box. */
const goesOnLine = 5;

/** Day without its weekday, as on a form. */
export function formDate(iso: string | null | undefined): string {
  return longDate(iso).replace(/\(.\)$/, '');
}

/** The screen round a paper: the way back, what to know before printing, and the button. */
export function PaperDesk({ back, note, form, children }: { back: { to: string; params?: Record<string, string>; label: string }; note?: string; form?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation('consultations');
  useKeys([{ key: 'Ctrl+p', label: t('common:print') }]);
  return (
    <div className="paper-desk">
      <nav className="paper-bar" aria-label={t('paper.bar')}>
        <Link to={back.to} params={back.params}>
          {back.label}
        </Link>
        <span className="note" role="status">
          {note}
        </span>
        <Button kind="primary" icon="print" onPress={() => window.print()}>
          {t('common:print')}
        </Button>
      </nav>
      {form}
      <main id="main" lang="ja">
        {children}
      </main>
    </div>
  );
}

export type Box = (name: string, columns?: number) => ReactNode;

interface FittedPaper {
  texts: LongText[];
  head: (goesOn: boolean) => ReactNode;
  /** The first sheet; `box` draws the cell of a long text. */
  rows: (box: Box) => ReactNode;
  heading: (name: string) => ReactNode;
  foot: string;
  /** Whatever else takes room on the sheet: it is laid out again when this changes. */
  around: string;
  onPages?: (pages: number) => void;
}

/** A4 sheets: one if the texts find room on it with letters of 7 points or more, else with further ones. */
export function FittedSheets({ texts, head, rows, heading, foot, around, onPages }: FittedPaper) {
  const first = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const [layout, setLayout] = useState<{ fitted: Fitted; pages: { name: string; text: string }[][] } | null>(null);
  const signature = JSON.stringify(texts);

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
      const taken = withoutBoxes(page);
      const room = bodyHeight - taken - 1;
      const long = JSON.parse(signature) as LongText[];
      let fitted = fitTexts(long, room, leastBox, measure);
      for (let lines = 0; fitted.rest.length > lines; ) {
        lines = fitted.rest.length;
        fitted = fitTexts(long, room - lines * goesOnLine, leastBox, measure);
      }
      setLayout({ fitted, pages: continuationPages(fitted.rest, 235, 3, (text) => measure(text, 9.5)) });
    };
    lay();
    void document.fonts?.ready.then(lay);
  }, [signature, around]);

  const total = 1 + (layout?.pages.length ?? 0);
  useLayoutEffect(() => onPages?.(total), [onPages, total]);

  const box: Box = (name, columns = 5) => {
    const fitted = layout?.fitted.boxes.find((one) => one.name === name);
    const goesOn = layout?.fitted.rest.some((one) => one.name === name);
    return (
      <td colSpan={columns} className="long">
        <div className="box" style={{ height: `${fitted?.height ?? leastBox}mm`, fontSize: `${layout?.fitted.size ?? 9.5}pt` }}>
          {fitted?.text ?? ''}
        </div>
        {goesOn && <p className="goes-on">(次のページへ続く)</p>}
      </td>
    );
  };

  return (
    <>
      <div className="sheet-probe" ref={probe} style={{ width: `${boxWidth}px` }} aria-hidden="true" />
      <div className="sheet-page">
        <div className="sheet-body" ref={first}>
          {head(false)}
          {rows(box)}
          <SheetFoot text={foot} page={1} total={total} />
        </div>
      </div>
      {layout?.pages.map((parts, at) => (
        <div className="sheet-page" key={at}>
          <div className="sheet-body">
            {head(true)}
            <table className="sheet-t">
              <colgroup>
                <col style={{ width: '25mm' }} />
                <col />
              </colgroup>
              <tbody>
                {parts.map((part) => (
                  <tr key={part.name}>
                    <th scope="row">
                      {heading(part.name)}
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
            <SheetFoot text={foot} page={at + 2} total={total} />
          </div>
        </div>
      ))}
    </>
  );
}

/** Height of a sheet's body in mm less its boxes: measured with boxes of a known height. */
function withoutBoxes(page: HTMLElement): number {
  const boxes = [...page.querySelectorAll<HTMLElement>('.box')];
  const notes = [...page.querySelectorAll<HTMLElement>('.goes-on')];
  const before = boxes.map((box) => box.style.height);
  for (const note of notes) note.style.display = 'none';
  for (const box of boxes) box.style.height = `${trialHeight}mm`;
  const height = [...page.children].reduce((sum, child) => sum + (child as HTMLElement).getBoundingClientRect().height + Number.parseFloat(getComputedStyle(child).marginBottom || '0'), 0);
  boxes.forEach((box, at) => (box.style.height = before[at]!));
  for (const note of notes) note.style.display = '';
  return height / mm - boxes.length * trialHeight;
}

/** What a code is called on paper. */
export function useJapaneseLabel(): (scheme: string, code: string | null | undefined) => string {
  const codes = useCodes();
  return (scheme, code) => codes.scheme(scheme)?.codes.find((entry) => entry.code === code)?.label.ja ?? '';
}

/** Top of a sheet: whose it is, its title, its number. A demonstration says that it is fictitious. */
export function SheetHead({ desk: id, title, formNumber, goesOn, number }: { desk: string | undefined; title: ReactNode; formNumber?: string; goesOn?: boolean; number?: ReactNode }) {
  const desks = useDesks();
  const { session } = useSession();
  const desk = desks.find((one) => one.id === id);
  return (
    <div className="sheet-head">
      <span>{[formNumber, desk?.header || desk?.name].filter(Boolean).join('\n')}</span>
      <h1>
        {title}
        {goesOn && '(続き)'}
      </h1>
      <span className="no">
        {session.demonstration && (
          <>
            <span className="kakuu">架空</span>
            <br />
          </>
        )}
        {number}
      </span>
    </div>
  );
}

export function SheetFoot({ text, page, total }: { text: string; page: number; total: number }) {
  return (
    <div className="sheet-foot">
      <span>{text}</span>
      <span>{formDate(today())} 印刷</span>
      <span>
        {page} / {total} ページ
      </span>
    </div>
  );
}

/** Numbers of the choices, the chosen ones circled as by hand. */
export function Numbers({ field, chosen, on, note }: { field: SheetField; chosen: readonly string[]; on: string; note?: string }) {
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
