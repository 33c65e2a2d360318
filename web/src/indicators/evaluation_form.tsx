import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import type { Evaluation, EvaluationText, FieldProblem, Indicator, IndicatorRow, Judgement } from '../api/types';
import type { Search } from '../app/router';
import { FormFrame } from '../records/form_frame';
import { NumberField } from '../records/number_field';
import { periodLabel } from '../records/period';
import { useIndicatorOptions, useIssueOptions, useMeasureOptions } from '../records/pickers';
import { evaluationQuery, indicatorQuery, useAll, useRefresh } from '../records/queries';
import { idOf, useRecordForm } from '../records/record_form';
import { Button } from '../ui/button';
import { Combo } from '../ui/combo';
import { DateField, useDateLanguage } from '../ui/date_field';
import { TextArea, TextField } from '../ui/field';
import { today } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { targetFor } from './chart';
import { lastValue } from './counted';
import { useEvaluationWords } from './indicator_text';
import { isReached, Reached, withUnit } from './series_table';
import './indicators.css';

const outcomes = ['continue', 'change', 'finish'] as const;

/** New: ?measure= or ?issue=; the judgements start from the indicators as they stand. */
export default function EvaluationForm() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const search = useSearch({ strict: false }) as Search;
  const { data, error } = useQuery({ ...evaluationQuery(id ?? ''), enabled: !!id, refetchOnMount: 'always' });
  const subject = search.measure ? { measure: search.measure } : search.issue ? { issue: search.issue } : null;
  const linked = useAll<IndicatorRow>('/api/indicators', subject ?? {}, !id && subject !== null);
  if (error) return <PageProblem error={error} />;
  if (id ? !data : subject !== null && !linked) return <Skeleton lines={14} />;
  return <Form key={id ?? JSON.stringify(subject)} evaluation={data} measure={search.measure} issue={search.measure ? undefined : search.issue} linked={linked ?? []} />;
}

function judgementOf(row: IndicatorRow): Judgement {
  return { indicator_id: row.id, value: row.last_value, target: row.target_value, comment: '', indicator_name: row.name };
}

function Form({ evaluation, measure, issue, linked }: { evaluation: Evaluation | undefined; measure: string | undefined; issue: string | undefined; linked: IndicatorRow[] }) {
  const { t } = useTranslation(['indicators', 'records', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const language = useDateLanguage();
  const measures = useMeasureOptions();
  const issues = useIssueOptions();
  const indicators = useIndicatorOptions();
  const [initial] = useState<EvaluationText>(
    () => evaluation?.text ?? { measure_id: measure ?? null, issue_id: issue ?? null, evaluated_on: today(), finding: '', outcome: 'continue', next_policy: '', judgements: linked.map(judgementOf) },
  );
  const path = { path: { id: evaluation?.id ?? '' } };
  const { say, label } = useEvaluationWords();
  const form = useRecordForm<EvaluationText, Evaluation>({
    initial,
    version: evaluation?.version,
    save: (text, version, once) =>
      evaluation
        ? (ask(api.PUT('/api/evaluations/{id}', { params: path, body: text, ...ifMatch(version) } as never)) as Promise<Evaluation>)
        : ask(api.POST('/api/evaluations', { body: text, ...onceOnly(once) })),
    reread: async () => {
      const now = await ask(api.GET('/api/evaluations/{id}', { params: path }));
      return { text: now.text, version: now.version, byName: now.updated_by_name, at: now.updated_at };
    },
    check: (text) => {
      const problems: FieldProblem[] = [];
      const add = (pointer: string, reason: string) => problems.push({ pointer, reason } as FieldProblem);
      if (!text.measure_id && !text.issue_id) add('/measure_id', 'required');
      if (!text.evaluated_on) add('/evaluated_on', 'required');
      else if (text.evaluated_on > today()) add('/evaluated_on', 'future');
      if (!text.finding.trim()) add('/finding', 'required');
      return problems;
    },
    label,
    onSaved: (saved) => {
      queries.setQueryData(['evaluations', saved.id], saved);
      refresh('evaluations', 'measures', 'issues');
      toast(t(evaluation ? 'records:saved' : 'records:registered'));
      void navigate({ to: '/evaluations/$id', params: { id: saved.id } });
    },
  });
  const { text, change } = form;
  const field = (name: keyof EvaluationText & string) => ({ id: idOf(name), label: label(name), error: form.error(name) });
  const set = (at: number, patch: Partial<Judgement>) => change({ judgements: text.judgements.map((one, index) => (index === at ? { ...one, ...patch } : one)) });
  const details = useQueries({ queries: text.judgements.map((one) => indicatorQuery(one.indicator_id)) }).map((one) => one.data);
  const addIndicator = async (id: string) => {
    const indicator = await queries.fetchQuery(indicatorQuery(id));
    const last = lastValue(indicator);
    change({ judgements: [...text.judgements, { indicator_id: id, value: last?.value ?? null, target: targetFor(indicator.targets, last?.period ?? '')?.value ?? null, comment: '', indicator_name: indicator.text.name }] });
  };
  return (
    <FormFrame
      title={t(evaluation ? 'indicators:evaluation.edit' : 'indicators:evaluation.new')}
      crumbs={[{ to: '/evaluations', label: t('indicators:evaluation.title') }]}
      form={form}
      save={t(evaluation ? 'common:save' : 'indicators:evaluation.register')}
      onCancel={() => void navigate(evaluation ? { to: '/evaluations/$id', params: { id: evaluation.id } } : measure ? { to: '/measures/$id', params: { id: measure } } : { to: '/evaluations' })}
      say={say}
      fieldLabel={label}
    >
      <Section id="what" title={t('indicators:evaluation.what')} note={t('indicators:evaluation.what_note')}>
        <Combo {...field('measure_id')} value={text.measure_id} onChange={(id) => change({ measure_id: id })} options={measures} />
        <Combo {...field('issue_id')} value={text.issue_id} onChange={(id) => change({ issue_id: id })} options={issues} />
        <DateField {...field('evaluated_on')} required value={text.evaluated_on} onChange={(day) => change({ evaluated_on: day ?? '' })} />
      </Section>
      <Section id="judgements" title={t('indicators:evaluation.field.judgements')} note={t('indicators:evaluation.judgements_note')}>
        <ul className="rows edit">
          {text.judgements.map((one, at) => {
            const detail = details[at];
            return (
              <li key={one.indicator_id}>
                <div className="row-h">
                  <b>{one.indicator_name || detail?.text.name}</b>
                  {detail && <Reached reached={isReached(detail.text.direction, one.value, one.target)} />}
                  <Button kind="plain" small type="button" icon="x" onPress={() => change({ judgements: text.judgements.filter((_, index) => index !== at) })}>
                    {t('records:remove_row', { what: t('indicators:evaluation.judgement') })}
                  </Button>
                </div>
                {detail && (
                  <p className="sub">
                    {detail.text.judgement_rule || [lastWords(detail, language), detail.text.comparison].filter(Boolean).join(t('records:and'))}
                  </p>
                )}
                <div className="row2 keep">
                  <NumberField id={idOf('judgements', at, 'value')} label={t('indicators:series.value')} unit={detail?.text.unit} value={one.value} onChange={(value) => set(at, { value })} error={form.error('judgements', at, 'value')} />
                  <NumberField id={idOf('judgements', at, 'target')} label={t('indicators:target')} unit={detail?.text.unit} value={one.target} onChange={(target) => set(at, { target })} error={form.error('judgements', at, 'target')} />
                </div>
                <TextField id={idOf('judgements', at, 'comment')} label={t('indicators:evaluation.comment')} maxLength={400} value={one.comment} onChange={(comment) => set(at, { comment })} error={form.error('judgements', at, 'comment')} />
              </li>
            );
          })}
        </ul>
        <Combo label={t('indicators:evaluation.add_indicator')} value={null} onChange={(id) => id && void addIndicator(id)} options={indicators.filter((option) => !text.judgements.some((one) => one.indicator_id === option.value))} placeholder={t('records:add_one')} />
      </Section>
      <Section id="finding" title={t('indicators:evaluation.conclusion')}>
        <TextArea {...field('finding')} required rows={5} maxLength={4000} help={t('indicators:evaluation.finding_help')} value={text.finding} onChange={(finding) => change({ finding })} />
        <fieldset className="f" id={idOf('outcome')} tabIndex={-1}>
          <legend>{label('outcome')}</legend>
          <div className="opts c3">
            {outcomes.map((outcome) => (
              <label className="opt" key={outcome}>
                <input type="radio" name="outcome" checked={text.outcome === outcome} onChange={() => change({ outcome })} />
                {t(`indicators:evaluation.outcome.${outcome}`)}
              </label>
            ))}
          </div>
        </fieldset>
        <TextArea {...field('next_policy')} rows={4} maxLength={4000} value={text.next_policy} onChange={(policy) => change({ next_policy: policy })} />
      </Section>
    </FormFrame>
  );
}

function lastWords(indicator: Indicator, language: 'ja' | 'en'): string {
  const last = lastValue(indicator);
  return last ? `${periodLabel(last.period, language)} ${withUnit(last.value, indicator.text.unit)}` : '';
}
