import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { IndicatorSeries } from '../api/types';
import { useCodes } from '../packs/codes';
import { periodLabel } from '../records/period';
import { indicatorQuery } from '../records/queries';
import { differencesOf, useStepWords, Versions } from '../records/versions';
import { PageProblem } from '../records/page_problem';
import { useDateLanguage } from '../ui/date_field';
import { Skeleton } from '../ui/skeleton';
import { useIndicatorWords } from './indicator_text';

/** Definition and series of an indicator, as they stood one after another. */
export default function IndicatorHistory() {
  const { t } = useTranslation('indicators');
  const { id } = useParams({ strict: false }) as { id: string };
  const { say, label } = useIndicatorWords();
  const saySeries = useSeriesWords();
  const step = useStepWords('indicator');
  const record = useQuery(indicatorQuery(id));
  const { data, error } = useQuery({ queryKey: ['indicators', id, 'history'], queryFn: () => ask(api.GET('/api/indicators/{id}/history', { params: { path: { id } } })) });
  if (error) return <PageProblem error={error} />;
  if (!data || !record.data) return <Skeleton />;
  return (
    <Versions
      crumbs={[
        { to: '/indicators', label: t('title') },
        { to: `/indicators/${id}`, label: record.data.text.name },
      ]}
      items={data.items.map((item) => ({ ...item, step: step(item.kind) }))}
      compare={(older, newer) => [...differencesOf(older.text, newer.text, say, label), ...differencesOf(older.series, newer.series, saySeries, (field) => t(field === 'values' ? 'series.value' : 'target'))]}
    />
  );
}

function useSeriesWords(): (field: keyof IndicatorSeries, series: IndicatorSeries) => string {
  const codes = useCodes();
  const language = useDateLanguage();
  return (field, series) =>
    field === 'values'
      ? series.values.map((one) => [periodLabel(one.period, language), one.value ?? codes.label('missing_reason', one.missing_reason), one.note].filter((part) => part !== '').join(' ')).join('\n')
      : series.targets.map((one) => [periodLabel(one.period, language), one.value, one.note].filter((part) => part !== '').join(' ')).join('\n');
}
