// The whole series as a table to write in: a value or the reason why there is none, and the targets below.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { FieldProblem, Indicator, IndicatorSeries, IndicatorTarget, IndicatorValue } from '../api/types';
import { useCodes } from '../packs/codes';
import { FormFrame } from '../records/form_frame';
import { NumberField } from '../records/number_field';
import { periodEnd, periodLabel } from '../records/period';
import { indicatorQuery, useRefresh } from '../records/queries';
import { idOf, useRecordForm } from '../records/record_form';
import { useOptions } from '../records/words';
import { useDateLanguage } from '../ui/date_field';
import { SelectField } from '../ui/field';
import { fiscalYearOf, today } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { Chart } from './chart';
import { SeriesRows } from './series_rows';
import { withUnit } from './series_table';
import './indicators.css';

export default function SeriesForm() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery({ ...indicatorQuery(id), refetchOnMount: 'always' });
  if (error) return <PageProblem error={error} />;
  return data ? <Form key={data.id} indicator={data} /> : <Skeleton lines={14} />;
}

type Draft = Pick<IndicatorSeries, 'values' | 'targets'>;

/** The period after the last one of a list, in its own grain. */
function following(periods: string[], grain: string): string {
  const last = [...periods].filter(Boolean).sort((a, b) => periodEnd(a).localeCompare(periodEnd(b))).pop();
  const year = fiscalYearOf(today());
  if (!last) return grain === 'month' ? today().slice(0, 7) : grain === 'fiscal_year' ? String(year) : '';
  if (last.length === 4) return String(Number(last) + 1);
  if (last.length === 7) {
    const [y, m] = last.split('-').map(Number) as [number, number];
    return m === 12 ? `${y + 1}-01` : `${y}-${String(m + 1).padStart(2, '0')}`;
  }
  return '';
}

function check({ values, targets }: Draft): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (pointer: string, reason: string) => problems.push({ pointer, reason } as FieldProblem);
  values.forEach((one, at) => {
    if (!one.period) add(`/values/${at}/period`, 'required');
    else if (values.findIndex((other) => other.period === one.period) < at) add(`/values/${at}/period`, 'duplicate');
    const has = one.value !== null && one.value !== undefined;
    if (!has && !one.missing_reason) add(`/values/${at}/value`, 'required');
    if (has && one.missing_reason) add(`/values/${at}/missing_reason`, 'not_allowed');
  });
  targets.forEach((one, at) => {
    if (!one.period) add(`/targets/${at}/period`, 'required');
    else if (targets.findIndex((other) => other.period === one.period) < at) add(`/targets/${at}/period`, 'duplicate');
    if (one.value === null || one.value === undefined || Number.isNaN(one.value)) add(`/targets/${at}/value`, 'required');
  });
  return problems;
}

function Form({ indicator }: { indicator: Indicator }) {
  const { t } = useTranslation(['indicators', 'records', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const codes = useCodes();
  const options = useOptions();
  const language = useDateLanguage();
  const [initial] = useState<Draft>(() => ({ values: indicator.values, targets: indicator.targets }));
  const path = { path: { id: indicator.id } };
  const { unit } = indicator.text;
  const label = (field: string, pointer = '') => {
    const row = Number(pointer.split('/')[2]);
    const name = t(field === 'targets' ? 'indicators:series.targets' : 'indicators:series.title');
    return Number.isNaN(row) ? name : t('indicators:series.nth', { name, count: row + 1 });
  };
  const form = useRecordForm<Draft, Indicator>({
    initial,
    version: indicator.version,
    save: (series, version) => ask(api.PUT('/api/indicators/{id}/series', { params: path, body: series, ...ifMatch(version) } as never)) as Promise<Indicator>,
    reread: async () => {
      const now = await ask(api.GET('/api/indicators/{id}', { params: path }));
      return { text: { values: now.values, targets: now.targets }, version: now.version, byName: now.updated_by_name, at: now.updated_at };
    },
    check,
    label,
    onSaved: (saved) => {
      queries.setQueryData(['indicators', saved.id], saved);
      refresh('indicators', 'measures', 'issues');
      toast(t('records:saved'));
      void navigate({ to: '/indicators/$id', params: { id: saved.id } });
    },
  });
  const { values, targets } = form.text;
  const say = (field: keyof Draft & string, of: Draft) =>
    field === 'values'
      ? of.values.map((one) => `${periodLabel(one.period, language)} ${withUnit(one.value, unit) || codes.label('missing_reason', one.missing_reason)} ${one.note}`).join('\n')
      : of.targets.map((one) => `${periodLabel(one.period, language)} ${withUnit(one.value, unit)} ${one.note}`).join('\n');
  const complete = values.filter((one) => one.period);
  return (
    <FormFrame
      title={t('indicators:series.edit_of', { name: indicator.text.name })}
      crumbs={[{ to: '/indicators', label: t('indicators:title') }]}
      form={form}
      save={t('common:save')}
      onCancel={() => void navigate({ to: '/indicators/$id', params: { id: indicator.id } })}
      say={say}
      fieldLabel={(field) => label(field)}
    >
      <Section id="values" title={t('indicators:series.title')} note={t('indicators:series.edit_note')}>
        <SeriesRows
          list="values"
          rows={values}
          onChange={(next) => form.change({ values: next })}
          make={(): IndicatorValue => ({ period: following(values.map((one) => one.period), indicator.text.period), value: null, missing_reason: null, note: '', cases: null })}
          error={form.error}
          what={t('indicators:series.row')}
          periodHead={t('indicators:series.period')}
          columns={[
            {
              head: t('indicators:series.value'),
              cell: (one, at, set) => <NumberField id={idOf('values', at, 'value')} hideLabel label={t('indicators:series.value')} unit={unit} value={one.value} onChange={(value) => set({ ...one, value })} error={form.error('values', at, 'value')} />,
            },
            {
              head: codes.schemeLabel('missing_reason'),
              cell: (one, at, set) => (
                <SelectField
                  id={idOf('values', at, 'missing_reason')}
                  hideLabel
                  label={codes.schemeLabel('missing_reason')}
                  none={t('indicators:series.has_value')}
                  options={options('missing_reason', one.missing_reason)}
                  value={one.missing_reason ?? ''}
                  onChange={(reason) => set({ ...one, missing_reason: reason || null })}
                  error={form.error('values', at, 'missing_reason')}
                />
              ),
            },
            {
              head: t('indicators:series.cases'),
              cell: (one, at, set) => <NumberField id={idOf('values', at, 'cases')} hideLabel whole label={t('indicators:series.cases')} value={one.cases} onChange={(cases) => set({ ...one, cases })} error={form.error('values', at, 'cases')} />,
            },
          ]}
        />
      </Section>
      <Section id="targets" title={t('indicators:series.targets')}>
        <SeriesRows
          list="targets"
          rows={targets}
          onChange={(next) => form.change({ targets: next })}
          make={(): IndicatorTarget => ({ period: following(targets.map((one) => one.period), 'fiscal_year'), value: null as never, note: '' })}
          error={form.error}
          what={t('indicators:target')}
          periodHead={t('indicators:series.by_when')}
          columns={[
            {
              head: t('indicators:target'),
              cell: (one, at, set) => <NumberField id={idOf('targets', at, 'value')} hideLabel label={t('indicators:target')} unit={unit} value={one.value} onChange={(value) => set({ ...one, value: value as never })} error={form.error('targets', at, 'value')} />,
            },
          ]}
        />
      </Section>
      <Chart name={indicator.text.name} unit={unit} values={complete} targets={targets.filter((one) => one.period && typeof one.value === 'number')} />
    </FormFrame>
  );
}
