import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import type { Body, BodyText, FieldProblem } from '../api/types';
import { usePlace } from '../app/place';
import { FormFrame } from '../records/form_frame';
import { bodiesQuery, useRefresh } from '../records/queries';
import { idOf, useRecordForm } from '../records/record_form';
import { useOptions, useOwnDesk } from '../records/words';
import { ChoiceList } from '../ui/choice_list';
import { SelectField, TextField } from '../ui/field';
import { Section } from '../ui/page';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { tree, withBelow } from './body_tree';
import { useBodyWords } from './meeting_text';

export default function BodyForm() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const { data, error } = useQuery({ ...bodiesQuery(), refetchOnMount: 'always' });
  if (error) return <PageProblem error={error} />;
  if (!data) return <Skeleton lines={10} />;
  return <Form key={id ?? 'new'} bodies={data} body={data.find((one) => one.id === id)} />;
}

function Form({ bodies, body }: { bodies: Body[]; body: Body | undefined }) {
  const { t } = useTranslation(['meetings', 'records', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const refresh = useRefresh();
  const options = useOptions();
  const { desks } = usePlace();
  const { first } = useOwnDesk();
  const [initial] = useState<BodyText>(() => body?.text ?? { parent_id: null, desk_id: first, name: '', kind: null, layer: null, member_categories: [], frequency: '', basis: '', dormant: false });
  const path = { path: { id: body?.id ?? '' } };
  const { say, label } = useBodyWords(bodies);
  const form = useRecordForm<BodyText, Body>({
    initial,
    version: body?.version,
    save: (text, version, once) => (body ? (ask(api.PUT('/api/bodies/{id}', { params: path, body: text, ...ifMatch(version) } as never)) as Promise<Body>) : ask(api.POST('/api/bodies', { body: text, ...onceOnly(once) }))),
    reread: async () => {
      const { items } = await ask(api.GET('/api/bodies/{id}/history', { params: path }));
      const now = items.at(-1)!;
      return { text: now.text, version: now.version, byName: now.by_name, at: now.at };
    },
    check: (text) => (text.name.trim() ? [] : [{ pointer: '/name', reason: 'required' } as FieldProblem]),
    label,
    onSaved: () => {
      refresh('bodies', 'meetings');
      toast(t(body ? 'records:saved' : 'records:registered'));
      void navigate({ to: '/meetings' });
    },
  });
  const { text, change } = form;
  const field = (name: keyof BodyText & string) => ({ id: idOf(name), label: label(name), error: form.error(name) });
  const own = body ? withBelow(bodies, body.id) : new Set<string>();
  const parents = tree(bodies)
    .filter((branch) => !own.has(branch.body.id))
    .map((branch) => ({ value: branch.body.id, label: `${'　'.repeat(branch.depth)}${branch.body.text.name}` }));
  return (
    <FormFrame
      title={t(body ? 'meetings:body.edit' : 'meetings:body.new')}
      crumbs={[{ to: '/meetings', label: t('meetings:title') }]}
      form={form}
      save={t(body ? 'common:save' : 'meetings:body.register')}
      onCancel={() => void navigate({ to: '/meetings' })}
      say={say}
      fieldLabel={label}
    >
      <Section id="body" title={t('meetings:body.what')}>
        <TextField {...field('name')} required maxLength={200} value={text.name} onChange={(name) => change({ name })} />
        <div className="row2">
          <SelectField {...field('parent_id')} none={t('meetings:body.no_parent')} options={parents} value={text.parent_id ?? ''} onChange={(id) => change({ parent_id: id || null })} />
          <SelectField {...field('desk_id')} none={t('common:not_chosen')} options={desks.map((desk) => ({ value: desk.id, label: desk.name }))} value={text.desk_id ?? ''} onChange={(id) => change({ desk_id: id || null })} />
        </div>
        <div className="row2">
          <SelectField {...field('kind')} none={t('common:not_chosen')} options={options('body_kind', text.kind)} value={text.kind ?? ''} onChange={(kind) => change({ kind: kind || null })} />
          <SelectField {...field('layer')} none={t('common:not_chosen')} options={options('layer', text.layer)} value={text.layer ?? ''} onChange={(layer) => change({ layer: layer || null })} />
        </div>
        <div className="row2">
          <TextField {...field('frequency')} help={t('meetings:body.frequency_help')} maxLength={100} value={text.frequency} onChange={(frequency) => change({ frequency })} />
          <TextField {...field('basis')} help={t('meetings:body.basis_help')} maxLength={400} value={text.basis} onChange={(basis) => change({ basis })} />
        </div>
        <div className="f">
          <ChoiceList {...field('member_categories')} many columns={3} choices={options('member_category', text.member_categories)} value={text.member_categories} onChange={(categories) => change({ member_categories: categories })} />
        </div>
        <fieldset className="f">
          <legend>{label('dormant')}</legend>
          <label className="opt">
            <input type="checkbox" checked={text.dormant} onChange={(event) => change({ dormant: event.target.checked })} />
            {t('meetings:body.dormant_long')}
          </label>
        </fieldset>
      </Section>
    </FormFrame>
  );
}
