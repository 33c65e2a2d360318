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
import { parsePeriod, periodEnd, periodLabel, periodWritten } from '../records/period';
import { indicatorQuery, useRefresh } from '../records/queries';
import { idOf, useRecordForm } from '../records/record_form';
import { useOptions } from '../records/words';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { SelectField, TextField, type FieldLabel } from '../ui/field';
import { fiscalYearOf, today } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ReadField } from '../ui/read_field';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { Chart } from './chart';
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
  const [rowKeys, setRowKeys] = useState(() => ({ values: indicator.values.map(() => crypto.randomUUID()), targets: indicator.targets.map(() => crypto.randomUUID()) }));
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
  const setValue = (at: number, patch: Partial<IndicatorValue>) => form.change({ values: values.map((one, index) => (index === at ? { ...one, ...patch } : one)) });
  const setTarget = (at: number, patch: Partial<IndicatorTarget>) => form.change({ targets: targets.map((one, index) => (index === at ? { ...one, ...patch } : one)) });
  const addRow = (list: 'values' | 'targets') => {
    setRowKeys((keys) => ({ ...keys, [list]: [...keys[list], crypto.randomUUID()] }));
    if (list === 'values') form.change({ values: [...values, { period: following(values.map((one) => one.period), indicator.text.period), value: null, missing_reason: null, note: '', cases: null }] });
    else form.change({ targets: [...targets, { period: following(targets.map((one) => one.period), 'fiscal_year'), value: null as never, note: '' }] });
  };
  const dropRow = (list: 'values' | 'targets', at: number) => {
    setRowKeys((keys) => ({ ...keys, [list]: keys[list].filter((_, index) => index !== at) }));
    if (list === 'values') form.change({ values: values.filter((_, index) => index !== at) });
    else form.change({ targets: targets.filter((_, index) => index !== at) });
  };
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
        {values.length > 0 && (
          <table className="plain-t series-edit">
            <thead>
              <tr>
                <th scope="col">{t('indicators:series.period')}</th>
                <th scope="col">{t('indicators:series.value')}</th>
                <th scope="col">{codes.schemeLabel('missing_reason')}</th>
                <th scope="col">{t('indicators:series.cases')}</th>
                <th scope="col">{t('indicators:series.note')}</th>
                <th scope="col">
                  <span className="vh">{t('indicators:series.remove')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {values.map((one, at) => (
                <tr key={rowKeys.values[at] ?? at}>
                  <td>
                    <PeriodField id={idOf('values', at, 'period')} hideLabel label={t('indicators:series.period')} value={one.period} onChange={(period) => setValue(at, { period })} error={form.error('values', at, 'period')} />
                  </td>
                  <td>
                    <NumberField id={idOf('values', at, 'value')} hideLabel label={t('indicators:series.value')} unit={unit} value={one.value} onChange={(value) => setValue(at, { value })} error={form.error('values', at, 'value')} />
                  </td>
                  <td>
                    <SelectField
                      id={idOf('values', at, 'missing_reason')}
                      hideLabel
                      label={codes.schemeLabel('missing_reason')}
                      none={t('indicators:series.has_value')}
                      options={options('missing_reason', one.missing_reason)}
                      value={one.missing_reason ?? ''}
                      onChange={(reason) => setValue(at, { missing_reason: reason || null })}
                      error={form.error('values', at, 'missing_reason')}
                    />
                  </td>
                  <td>
                    <NumberField id={idOf('values', at, 'cases')} hideLabel whole label={t('indicators:series.cases')} value={one.cases} onChange={(cases) => setValue(at, { cases })} error={form.error('values', at, 'cases')} />
                  </td>
                  <td>
                    <TextField id={idOf('values', at, 'note')} hideLabel label={t('indicators:series.note')} maxLength={400} value={one.note} onChange={(note) => setValue(at, { note })} error={form.error('values', at, 'note')} />
                  </td>
                  <td>
                    <Button kind="plain" small type="button" icon="x" aria-label={t('records:remove_row', { what: periodLabel(one.period, language) || t('indicators:series.row') })} onPress={() => dropRow('values', at)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <p className="add-row">
          <Button small type="button" icon="plus" onPress={() => addRow('values')}>
            {t('records:add_row', { what: t('indicators:series.row') })}
          </Button>
        </p>
      </Section>
      <Section id="targets" title={t('indicators:series.targets')}>
        {targets.length > 0 && (
          <table className="plain-t series-edit">
            <thead>
              <tr>
                <th scope="col">{t('indicators:series.by_when')}</th>
                <th scope="col">{t('indicators:target')}</th>
                <th scope="col">{t('indicators:series.note')}</th>
                <th scope="col">
                  <span className="vh">{t('indicators:series.remove')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {targets.map((one, at) => (
                <tr key={rowKeys.targets[at] ?? at}>
                  <td>
                    <PeriodField id={idOf('targets', at, 'period')} hideLabel label={t('indicators:series.by_when')} value={one.period} onChange={(period) => setTarget(at, { period })} error={form.error('targets', at, 'period')} />
                  </td>
                  <td>
                    <NumberField id={idOf('targets', at, 'value')} hideLabel label={t('indicators:target')} unit={unit} value={one.value} onChange={(value) => setTarget(at, { value: value as never })} error={form.error('targets', at, 'value')} />
                  </td>
                  <td>
                    <TextField id={idOf('targets', at, 'note')} hideLabel label={t('indicators:series.note')} maxLength={400} value={one.note} onChange={(note) => setTarget(at, { note })} error={form.error('targets', at, 'note')} />
                  </td>
                  <td>
                    <Button kind="plain" small type="button" icon="x" aria-label={t('records:remove_row', { what: t('indicators:target') })} onPress={() => dropRow('targets', at)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <p className="add-row">
          <Button small type="button" icon="plus" onPress={() => addRow('targets')}>
            {t('records:add_row', { what: t('indicators:target') })}
          </Button>
        </p>
      </Section>
      <Chart name={indicator.text.name} unit={unit} values={complete} targets={targets.filter((one) => one.period && typeof one.value === 'number')} />
    </FormFrame>
  );
}

/** Understands R8, 令和8年度, R8.10, 10月 and days, and says what it understood. */
function PeriodField({ onChange, ...props }: FieldLabel & { value: string; onChange: (period: string) => void }) {
  const { t } = useTranslation('indicators');
  const language = useDateLanguage();
  return (
    <ReadField
      {...props}
      onChange={(period) => onChange(period ?? '')}
      read={(text) => (text.trim() === '' ? null : (parsePeriod(text) ?? undefined))}
      write={(period) => periodWritten(period, language)}
      answerOf={(period) => periodLabel(period, language)}
      notUnderstood={t('series.period_wrong')}
      placeholder={t('series.period_example')}
    />
  );
}
