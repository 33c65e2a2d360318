// Every saved state of a record, two of them side by side.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Search } from '../app/router';
import { useDateLanguage } from '../ui/date_field';
import { SelectField } from '../ui/field';
import { inJapan, shortDate } from '../ui/japanese_date';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { compareTexts } from './compare_texts';
import './versions.css';

export interface SavedVersion<T> {
  version: number;
  /** What was done, in words. */
  step: string;
  at: string;
  by_name: string;
  reason: string;
  text: T;
}

export interface Difference {
  field: string;
  label: string;
  before: string;
  after: string;
}

/** The fields of two texts whose words differ, in the order of the text. */
export function differencesOf<T extends object>(older: T, newer: T, say: (field: keyof T & string, text: T) => string, label: (field: string) => string): Difference[] {
  return (Object.keys(newer) as (keyof T & string)[])
    .map((field) => ({ field, label: label(field), before: say(field, older), after: say(field, newer) }))
    .filter((one) => one.before !== one.after);
}

/** The step of a version in words: created, edited …, or a change of state (`draft>coordination`). */
export function useStepWords(kind: string): (step: string) => string {
  const { t } = useTranslation(['records', 'common']);
  return (step) => {
    const [from, to] = step.split('>');
    return to ? t('versions.state', { from: t(`common:state.${kind}.${from}`), to: t(`common:state.${kind}.${to}`) }) : t(`versions.step.${step}`);
  };
}

/** Which two stand side by side is in the URL: ?from=2&to=5. */
export function Versions<T>({ crumbs, items, compare }: { crumbs: { to: string; label: string }[]; items: readonly SavedVersion<T>[]; compare: (older: T, newer: T) => Difference[] }) {
  const { t } = useTranslation('records');
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const language = useDateLanguage();
  const sorted = [...items].sort((a, b) => a.version - b.version);
  const newer = sorted.find((item) => String(item.version) === search.to) ?? sorted.at(-1);
  const older = sorted.find((item) => String(item.version) === search.from) ?? sorted[Math.max(0, sorted.indexOf(newer!) - 1)];
  const options = sorted.map((item) => ({
    value: String(item.version),
    label: t('versions.version', { version: item.version, step: item.step, day: shortDate(inJapan(item.at).date, language), time: inJapan(item.at).time, name: item.by_name }),
  }));
  const go = (next: Search) => void navigate({ to: '.', search: { from: String(older?.version), to: String(newer?.version), ...next }, replace: true });
  return (
    <div className="wide">
      <PageTitle crumbs={crumbs} title={t('versions.title')} actions={<PrintButton />} />
      {sorted.length === 1 && (
        <>
          <p className="f">{options[0]?.label}</p>
          <p className="note">{t('versions.only')}</p>
        </>
      )}
      {sorted.length === 0 && <p className="note">{t('versions.none')}</p>}
      {sorted.length > 1 && older && newer && (
        <>
          <div className="row2">
            <SelectField label={t('versions.older')} value={String(older.version)} onChange={(from) => go({ from })} options={options} />
            <SelectField label={t('versions.newer')} value={String(newer.version)} onChange={(to) => go({ to })} options={options} />
          </div>
          {newer.reason && <p className="f">{t('versions.reason', { reason: newer.reason })}</p>}
          <Differences list={compare(older.text, newer.text)} />
        </>
      )}
    </div>
  );
}

function Differences({ list }: { list: Difference[] }) {
  const { t } = useTranslation('records');
  if (list.length === 0) return <p className="note">{t('versions.same')}</p>;
  return (
    <table className="plain-t compare">
      <caption className="vh">{t('versions.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('versions.field')}</th>
          <th scope="col">{t('versions.before')}</th>
          <th scope="col">{t('versions.after')}</th>
        </tr>
      </thead>
      <tbody>
        {list.map((one) => (
          <Line key={one.field} {...one} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ label, before, after }: Difference) {
  const { t } = useTranslation('records');
  const { left, right } = compareTexts(before, after);
  const empty = <span className="sub">{t('versions.empty')}</span>;
  return (
    <tr>
      <th scope="row" className="b">
        {label}
      </th>
      <td className="prose">{before ? left.map((part, at) => (part.changed ? <del key={at}>{part.text}</del> : <span key={at}>{part.text}</span>)) : empty}</td>
      <td className="prose">{after ? right.map((part, at) => (part.changed ? <ins key={at}>{part.text}</ins> : <span key={at}>{part.text}</span>)) : empty}</td>
    </tr>
  );
}
