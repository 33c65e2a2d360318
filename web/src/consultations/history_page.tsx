import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ConsultationVersion } from '../api/types';
import type { Search } from '../app/router';
import { useDateLanguage } from '../ui/date_field';
import { SelectField } from '../ui/field';
import { inJapan, shortDate } from '../ui/japanese_date';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { compareTexts } from './compare_texts';
import { historyQuery, useConsultation } from './queries';
import { completeSheet, differences, type SheetField } from './sheet';
import { useSheetWords } from './sheet_words';
import './history_page.css';

/** Two versions side by side: only the fields that differ, with the changed words marked. */
export default function HistoryPage() {
  const { t } = useTranslation('consultations');
  const { id } = useParams({ strict: false }) as { id: string };
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const language = useDateLanguage();
  const record = useConsultation(id);
  const { data, error } = useQuery(historyQuery(id));
  if (error) return <ProblemNotice error={error} />;
  if (!data || !record.data) return <Skeleton />;
  const items = [...data.items].sort((a, b) => a.version - b.version);
  const newer = items.find((item) => String(item.version) === search.to) ?? items.at(-1);
  const older = items.find((item) => String(item.version) === search.from) ?? items[Math.max(0, items.indexOf(newer!) - 1)];
  const name = (item: ConsultationVersion) => t('history.version', { version: item.version, kind: t(`history.kind.${item.kind}`), day: shortDate(inJapan(item.at).date, language), time: inJapan(item.at).time, name: item.by_name });
  const options = items.map((item) => ({ value: String(item.version), label: name(item) }));
  const go = (next: Search) => void navigate({ to: '/consultations/$id/history', params: { id }, search: { from: String(older?.version), to: String(newer?.version), ...next }, replace: true });
  return (
    <div className="wide">
      <PageTitle
        crumbs={[
          { to: '/consultations', label: t('title') },
          { to: `/consultations/${id}`, label: record.data.number || t('common:state.consultation.draft') },
        ]}
        title={t('history.compare_title')}
        actions={<PrintButton />}
      />
      <div className="row2">
        <SelectField label={t('history.older_version')} value={String(older?.version)} onChange={(from) => go({ from })} options={options} />
        <SelectField label={t('history.newer_version')} value={String(newer?.version)} onChange={(to) => go({ to })} options={options} />
      </div>
      {older && newer && <Comparison older={older} newer={newer} />}
    </div>
  );
}

function Comparison({ older, newer }: { older: ConsultationVersion; newer: ConsultationVersion }) {
  const { t } = useTranslation('consultations');
  const { value, label } = useSheetWords();
  const fields = differences(completeSheet(older.sheet), completeSheet(newer.sheet));
  return (
    <>
      {newer.reason && <p className="f">{t('history.reason', { reason: newer.reason })}</p>}
      {fields.length === 0 ? (
        <p className="note">{t('history.same')}</p>
      ) : (
        <table className="plain-t compare">
          <caption className="vh">{t('history.compare_title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('history.field')}</th>
              <th scope="col">{t('history.before')}</th>
              <th scope="col">{t('history.after')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <Line key={field} label={label(field)} before={value(field as SheetField, completeSheet(older.sheet))} after={value(field as SheetField, completeSheet(newer.sheet))} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Line({ label, before, after }: { label: string; before: string; after: string }) {
  const { t } = useTranslation('consultations');
  const { left, right } = compareTexts(before, after);
  return (
    <tr>
      <th scope="row" className="b">
        {label}
      </th>
      <td className="prose">{before ? left.map((part, at) => (part.changed ? <del key={at}>{part.text}</del> : <span key={at}>{part.text}</span>)) : <span className="sub">{t('history.empty')}</span>}</td>
      <td className="prose">{after ? right.map((part, at) => (part.changed ? <ins key={at}>{part.text}</ins> : <span key={at}>{part.text}</span>)) : <span className="sub">{t('history.empty')}</span>}</td>
    </tr>
  );
}
