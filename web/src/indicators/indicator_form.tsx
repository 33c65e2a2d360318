import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import type { FieldProblem, Figure, Indicator, IndicatorText } from '../api/types';
import type { Search } from '../app/router';
import { FormFrame } from '../records/form_frame';
import { DeskField, IssuesField, MeasuresField } from '../records/pickers';
import { indicatorQuery, useRefresh } from '../records/queries';
import { idOf, useRecordForm } from '../records/record_form';
import { useOptions, useOwnDesk } from '../records/words';
import { ChoiceList } from '../ui/choice_list';
import { SelectField, TextArea, TextField } from '../ui/field';
import { Section } from '../ui/page';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { figureDefaults, figures, unitOf } from './counted';
import { indicatorPeriods, indicatorSchemes, useIndicatorWords } from './indicator_text';

type Draft = IndicatorText & { desk_id?: string | null };

/** New: ?issue=&measure=, ?figure= to be counted, or what a template says: ?name=&unit=&kind=&view=&direction=&scene=. */
export default function IndicatorForm() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const search = useSearch({ strict: false }) as Search;
  const { data, error } = useQuery({ ...indicatorQuery(id ?? ''), enabled: !!id, refetchOnMount: 'always' });
  if (error) return <PageProblem error={error} />;
  if (id && !data) return <Skeleton lines={14} />;
  return <Form key={id ?? 'new'} indicator={data} issue={search.issue} measure={search.measure} from={ofTemplate(search)} figure={figures.find((one) => one === search.figure) ?? null} />;
}

function ofTemplate({ name = '', unit = '', kind = null, view = null, direction = null, scene }: { [Field in 'name' | 'unit' | 'kind' | 'view' | 'direction' | 'scene']?: string | null }) {
  return { name: name ?? '', unit: unit ?? '', kind, view, direction, scenes: scene ? [scene] : [] };
}

interface FormProps {
  indicator: Indicator | undefined;
  issue: string | undefined;
  measure: string | undefined;
  from: ReturnType<typeof ofTemplate>;
  figure: Figure | null;
}

function Form({ indicator, issue, measure, from, figure }: FormProps) {
  const { t } = useTranslation(['indicators', 'records', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const options = useOptions();
  const { first } = useOwnDesk();
  const countedBy = (chosen: Figure, text: IndicatorText) => figureDefaults(chosen, text, { name: t(`indicators:figure.${chosen}`), unit: t(`indicators:figure.unit.${unitOf(chosen)}`), source: t('indicators:figure.source') });
  const [initial] = useState<Draft>(() => {
    if (indicator) return indicator.text;
    const made = { ...emptyIndicator(), ...from, issue_ids: issue ? [issue] : [], measure_ids: measure ? [measure] : [], desk_id: first };
    return figure ? { ...made, ...countedBy(figure, made) } : made;
  });
  const path = { path: { id: indicator?.id ?? '' } };
  const { say, label } = useIndicatorWords();
  const form = useRecordForm<Draft, Indicator>({
    initial,
    version: indicator?.version,
    save: async (text, version, once) => {
      if (indicator) return ask(api.PUT('/api/indicators/{id}', { params: path, body: text, ...ifMatch(version) } as never)) as Promise<Indicator>;
      const { desk_id, ...rest } = text;
      return ask(api.POST('/api/indicators', { body: { desk_id: desk_id ?? null, text: rest }, ...onceOnly(once) }));
    },
    reread: async () => {
      const now = await ask(api.GET('/api/indicators/{id}', { params: path }));
      return { text: now.text, version: now.version, byName: now.updated_by_name, at: now.updated_at };
    },
    check: (text) => (text.name.trim() ? [] : [{ pointer: '/name', reason: 'required' } as FieldProblem]),
    label,
    onSaved: (saved) => {
      queries.setQueryData(['indicators', saved.id], saved);
      refresh('indicators', 'measures', 'issues');
      toast(t(indicator ? 'records:saved' : 'records:registered'));
      // What counts by itself has no values to be written.
      void navigate(indicator || saved.text.figure ? { to: '/indicators/$id', params: { id: saved.id } } : { to: '/indicators/$id/series', params: { id: saved.id } });
    },
  });
  const { text, change } = form;
  const field = (name: keyof IndicatorText & string) => ({ id: idOf(name), label: label(name), error: form.error(name) });
  const select = (name: 'kind' | 'view' | 'grain' | 'direction', help?: string) => (
    <SelectField {...field(name)} help={help} none={t('common:not_chosen')} options={options(indicatorSchemes[name]!, text[name])} value={text[name] ?? ''} onChange={(value) => change({ [name]: value || null })} />
  );
  return (
    <FormFrame
      title={t(indicator ? 'indicators:edit' : 'indicators:new')}
      crumbs={[{ to: '/indicators', label: t('indicators:title') }]}
      form={form}
      save={t(indicator ? 'common:save' : 'indicators:register')}
      onCancel={() => void navigate(indicator ? { to: '/indicators/$id', params: { id: indicator.id } } : { to: '/indicators' })}
      say={say}
      fieldLabel={label}
    >
      <Section id="what" title={t('indicators:form.what')}>
        <TextField {...field('name')} required maxLength={200} value={text.name} onChange={(name) => change({ name })} />
        <div className="row3">
          <TextField {...field('unit')} help={t('indicators:form.unit_help')} maxLength={20} value={text.unit} onChange={(unit) => change({ unit })} />
          {select('direction', t('indicators:form.direction_help'))}
          <TextField {...field('code')} maxLength={40} value={text.code} onChange={(code) => change({ code })} />
        </div>
        <div className="row2">
          {select('kind')}
          {select('view')}
        </div>
        <div className="f">
          <ChoiceList {...field('scenes')} help={t('indicators:form.scenes_help')} many choices={options('scene', text.scenes)} value={text.scenes} onChange={(scenes) => change({ scenes })} />
        </div>
      </Section>
      <Section id="how" title={t('indicators:form.how')}>
        <SelectField
          {...field('figure')}
          help={t('indicators:figure.help')}
          none={t('indicators:figure.by_hand')}
          options={figures.map((one) => ({ value: one, label: t(`indicators:figure.${one}`) }))}
          value={text.figure ?? ''}
          onChange={(chosen) => change(chosen ? countedBy(chosen as Figure, text) : { figure: null })}
        />
        <TextArea {...field('numerator')} help={t('indicators:form.numerator_help')} maxLength={1000} rows={2} value={text.numerator} onChange={(numerator) => change({ numerator })} />
        <TextArea {...field('denominator')} maxLength={1000} rows={2} value={text.denominator} onChange={(denominator) => change({ denominator })} />
        <div className="row3">
          <SelectField {...field('period')} none={t('common:not_chosen')} options={indicatorPeriods.filter((one) => !text.figure || one !== 'point').map((one) => ({ value: one, label: t(`indicators:period.${one}`) }))} value={text.period} onChange={(period) => change({ period })} />
          {select('grain')}
          <TextField {...field('frequency')} maxLength={100} value={text.frequency} onChange={(frequency) => change({ frequency })} />
        </div>
        <div className="row2">
          <TextField {...field('source')} maxLength={400} value={text.source} onChange={(source) => change({ source })} />
          <TextField {...field('obtained_by')} maxLength={200} value={text.obtained_by} onChange={(by) => change({ obtained_by: by })} />
        </div>
        <TextArea {...field('comparison')} maxLength={400} rows={2} value={text.comparison} onChange={(comparison) => change({ comparison })} />
        <TextArea {...field('judgement_rule')} help={t('indicators:form.rule_help')} maxLength={400} rows={2} value={text.judgement_rule} onChange={(rule) => change({ judgement_rule: rule })} />
      </Section>
      <Section id="links" title={t('indicators:form.links')}>
        <IssuesField {...field('issue_ids')} value={text.issue_ids} onChange={(ids) => change({ issue_ids: ids })} />
        <MeasuresField {...field('measure_ids')} value={text.measure_ids} onChange={(ids) => change({ measure_ids: ids })} />
      </Section>
      {!indicator && <DeskField label={t('records:desk')} value={text.desk_id ?? null} onChange={(desk_id) => change({ desk_id })} />}
    </FormFrame>
  );
}

function emptyIndicator(): IndicatorText {
  return {
    name: '', code: '', scenes: [], kind: null, view: null, numerator: '', denominator: '', unit: '', period: '', grain: null, source: '', obtained_by: '', frequency: '', comparison: '', direction: null,
    judgement_rule: '', figure: null, issue_ids: [], measure_ids: [],
  };
}
