import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import type { FieldProblem, Measure, MeasureText } from '../api/types';
import type { Search } from '../app/router';
import { useSession } from '../app/session';
import { FormFrame } from '../records/form_frame';
import { DeskField, IssuesField, PersonField } from '../records/pickers';
import { measureQuery, useRefresh } from '../records/queries';
import { idOf, isMissing, useRecordForm } from '../records/record_form';
import { measureNeeds } from '../records/state_actions';
import { useOptions, useOwnDesk } from '../records/words';
import { ChoiceList } from '../ui/choice_list';
import { DateField } from '../ui/date_field';
import { SelectField, TextArea, TextField } from '../ui/field';
import { Section } from '../ui/page';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { NumberField } from '../records/number_field';
import { emptyMeasure, useMeasureWords } from './measure_text';

type Draft = MeasureText & { desk_id?: string | null };

/** New: ?issue=<id>, or ?title=&kind= from a template. Existing: every field again. */
export default function MeasureForm() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const search = useSearch({ strict: false }) as Search;
  const { data, error } = useQuery({ ...measureQuery(id ?? ''), enabled: !!id, refetchOnMount: 'always' });
  if (error) return <PageProblem error={error} />;
  if (id && !data) return <Skeleton lines={14} />;
  return <Form key={id ?? search.issue ?? 'new'} measure={data} issue={search.issue} from={{ title: search.title ?? '', kind: search.kind ?? null }} />;
}

function Form({ measure, issue, from }: { measure: Measure | undefined; issue: string | undefined; from: Pick<MeasureText, 'title' | 'kind'> }) {
  const { t } = useTranslation(['measures', 'records', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const options = useOptions();
  const { session } = useSession();
  const { first } = useOwnDesk();
  const [initial] = useState<Draft>(() => measure?.text ?? { ...emptyMeasure(), ...from, issue_ids: issue ? [issue] : [], owner_id: session.user_id, desk_id: first });
  const path = { path: { id: measure?.id ?? '' } };
  const { say, label } = useMeasureWords();
  const needed = ['title', ...measureNeeds(measure?.state ?? 'draft')] as const;
  const form = useRecordForm<Draft, Measure>({
    initial,
    version: measure?.version,
    save: async (text, version, once) => {
      if (measure) return ask(api.PUT('/api/measures/{id}', { params: path, body: text, ...ifMatch(version) } as never)) as Promise<Measure>;
      const { desk_id, ...rest } = text;
      return ask(api.POST('/api/measures', { body: { desk_id: desk_id ?? null, text: rest }, ...onceOnly(once) }));
    },
    reread: async () => {
      const now = await ask(api.GET('/api/measures/{id}', { params: path }));
      return { text: now.text, version: now.version, byName: now.updated_by_name, at: now.updated_at };
    },
    check: (text) => needed.filter((name) => isMissing(text[name])).map((name) => ({ pointer: `/${name}`, reason: 'required', limit: '' }) as FieldProblem),
    label,
    onSaved: (saved) => {
      queries.setQueryData(['measures', saved.id], saved);
      refresh('measures', 'issues');
      toast(t(measure ? 'records:saved' : 'records:registered'));
      void navigate({ to: '/measures/$id', params: { id: saved.id } });
    },
  });
  const { text, change } = form;
  const field = (name: keyof MeasureText & string) => ({ id: idOf(name), label: label(name), required: (needed as readonly string[]).includes(name), error: form.error(name) });
  return (
    <FormFrame
      title={t(measure ? 'measures:edit' : 'measures:new')}
      crumbs={[{ to: '/measures', label: t('measures:title') }]}
      form={form}
      save={t(measure ? 'common:save' : 'measures:register')}
      onCancel={() => (measure ? void navigate({ to: '/measures/$id', params: { id: measure.id } }) : issue ? void navigate({ to: '/issues/$id', params: { id: issue } }) : void navigate({ to: '/measures' }))}
      say={say}
      fieldLabel={label}
    >
      <Section id="what" title={t('measures:form.what')}>
        <TextField {...field('title')} required maxLength={200} value={text.title} onChange={(title) => change({ title })} />
        <IssuesField {...field('issue_ids')} help={t('measures:form.issues_help')} value={text.issue_ids} onChange={(ids) => change({ issue_ids: ids })} />
        <TextArea {...field('description')} maxLength={4000} rows={5} value={text.description} onChange={(description) => change({ description })} />
        <div className="row2">
          <SelectField {...field('kind')} none={t('common:not_chosen')} options={options('measure_kind', text.kind)} value={text.kind ?? ''} onChange={(kind) => change({ kind: kind || null })} />
          <SelectField {...field('feasibility')} none={t('common:not_chosen')} options={options('feasibility', text.feasibility)} value={text.feasibility ?? ''} onChange={(value) => change({ feasibility: value || null })} />
        </div>
        <TextArea {...field('feasibility_note')} maxLength={1000} value={text.feasibility_note} onChange={(value) => change({ feasibility_note: value })} />
        <TextArea {...field('outputs')} help={t('measures:form.outputs_help')} maxLength={1000} value={text.outputs} onChange={(outputs) => change({ outputs })} />
      </Section>
      <Section id="who" title={t('measures:form.who')}>
        <div className="f">
          <ChoiceList {...field('actors')} many columns={3} choices={options('actor', text.actors)} value={text.actors} onChange={(actors) => change({ actors })} />
        </div>
        <TextArea {...field('parties')} maxLength={1000} value={text.parties} onChange={(parties) => change({ parties })} />
        <div className="row2">
          <PersonField {...field('owner_id')} value={text.owner_id} onChange={(owner) => change({ owner_id: owner })} />
          <TextField {...field('departments')} maxLength={400} value={text.departments} onChange={(departments) => change({ departments })} />
        </div>
        <div className="row2">
          <SelectField {...field('proposal_target')} none={t('common:not_chosen')} options={options('proposal_target', text.proposal_target)} value={text.proposal_target ?? ''} onChange={(value) => change({ proposal_target: value || null })} />
          <fieldset className="f">
            <legend>{label('wide_area')}</legend>
            <label className="opt">
              <input type="checkbox" checked={text.wide_area} onChange={(event) => change({ wide_area: event.target.checked })} />
              {t('measures:form.wide_area')}
            </label>
          </fieldset>
        </div>
      </Section>
      <Section id="when" title={t('measures:form.when')}>
        <div className="row3">
          <DateField {...field('starts_on')} lean="future" value={text.starts_on} onChange={(day) => change({ starts_on: day })} />
          <DateField {...field('ends_on')} lean="future" value={text.ends_on} onChange={(day) => change({ ends_on: day })} />
          <DateField {...field('evaluate_on')} lean="future" value={text.evaluate_on} onChange={(day) => change({ evaluate_on: day })} />
        </div>
      </Section>
      <Section id="money" title={t('measures:form.money')} note={t('measures:form.money_note')}>
        <div className="row3">
          {(['budget_asked', 'budget_granted', 'budget_spent'] as const).map((name) => (
            <NumberField key={name} {...field(name)} unit={t('measures:yen')} whole value={text[name]} onChange={(amount) => change({ [name]: amount })} />
          ))}
        </div>
      </Section>
      {!measure && <DeskField label={t('records:desk')} value={text.desk_id ?? null} onChange={(desk_id) => change({ desk_id })} />}
    </FormFrame>
  );
}
