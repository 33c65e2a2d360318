import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { LocalText, Place } from '../api/types';
import type { Search } from '../app/router';
import { FormFrame } from '../records/form_frame';
import { NumberField } from '../records/number_field';
import { PageProblem } from '../records/page_problem';
import { idOf, useRecordForm } from '../records/record_form';
import { useOptions } from '../records/words';
import { useDistricts, useNames } from '../regions/regions';
import { ChoiceList } from '../ui/choice_list';
import { DateField } from '../ui/date_field';
import { SelectField, TextArea, TextField } from '../ui/field';
import { MultiSelect } from '../ui/multi_select';
import { Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { emptyLocal, placeQuery, useLocalWords } from './queries';

/**
 * What the municipality knows of a place. No import of an official file touches it. Which municipality stands in the URL, so
 * that what is kept of it on this computer comes back to the same.
 */
export default function LocalForm() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { municipality } = useSearch({ strict: false }) as Search;
  const { data, error } = useQuery({ ...placeQuery(id, municipality), refetchOnMount: 'always' });
  if (error) return <PageProblem error={error} />;
  return data ? <Form key={data.local.municipality_id + id} place={data} queryKey={placeQuery(id, municipality).queryKey} /> : <Skeleton lines={14} />;
}

function Form({ place, queryKey }: { place: Place; queryKey: readonly string[] }) {
  const { t } = useTranslation(['resources', 'records', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const options = useOptions();
  const { say, label } = useLocalWords();
  const [initial] = useState<LocalText>(() => ({ ...emptyLocal(), ...place.local.text }));
  const names = useNames();
  const districts = useDistricts(place.local.municipality_id);
  const where = { path: { id: place.id }, query: { municipality_id: place.local.municipality_id } };
  const back = () => void navigate({ to: '/resources/$id', params: { id: place.id } });
  const form = useRecordForm<LocalText, Place>({
    initial,
    version: place.local.version,
    save: (text, version) => ask(api.PUT('/api/places/{id}/local', { params: where, body: text, ...ifMatch(version) } as never)) as Promise<Place>,
    reread: async () => {
      const now = (await ask(api.GET('/api/places/{id}', { params: where }))) as Place;
      return { text: now.local.text, version: now.local.version, byName: now.local.updated_by_name, at: now.local.updated_at ?? new Date().toISOString() };
    },
    label,
    onSaved: (saved) => {
      queries.setQueryData(queryKey, saved);
      void queries.invalidateQueries({ queryKey: ['places'] });
      toast(t('records:saved'));
      back();
    },
  });
  const { text, change } = form;
  const field = (name: keyof LocalText & string) => ({ id: idOf(name), label: label(name), error: form.error(name) });
  return (
    <FormFrame
      title={t('resources:local_title', { name: place.name })}
      crumbs={[
        { to: '/resources', label: t('resources:title') },
        { to: `/resources/${place.id}`, label: place.name },
      ]}
      form={form}
      save={t('common:save')}
      onCancel={back}
      say={say}
      fieldLabel={label}
    >
      <p className="sub form-what">{t('resources:local_what', { name: names.region(place.local.municipality_id) || t('resources:municipality') })}</p>
      <Section id="contact" title={t('resources:form.contact')}>
        <div className="row2">
          <SelectField {...field('contact')} none={t('common:not_chosen')} options={options('resource_contact', text.contact)} value={text.contact ?? ''} onChange={(contact) => change({ contact: contact || null })} />
          <TextField {...field('mail')} inputMode="email" maxLength={200} value={text.mail} onChange={(mail) => change({ mail })} />
        </div>
        <div className="row2">
          <TextField {...field('phone')} help={t('resources:form.phone_help')} inputMode="tel" maxLength={40} value={text.phone} onChange={(phone) => change({ phone })} />
          <TextField {...field('fax')} inputMode="tel" maxLength={40} value={text.fax} onChange={(fax) => change({ fax })} />
        </div>
        <TextArea {...field('people')} help={t('resources:form.people_help')} maxLength={1000} rows={2} value={text.people} onChange={(people) => change({ people })} />
        <TextArea {...field('manners')} help={t('resources:form.manners_help')} maxLength={1000} rows={2} value={text.manners} onChange={(manners) => change({ manners })} />
      </Section>
      <Section id="takes" title={t('resources:form.takes')}>
        <TextArea {...field('speciality')} maxLength={1000} rows={2} value={text.speciality} onChange={(speciality) => change({ speciality })} />
        <div className="f">
          <ChoiceList {...field('treatments')} many columns={3} choices={options('treatment', text.treatments)} value={text.treatments} onChange={(treatments) => change({ treatments })} />
        </div>
        <div className="row2">
          <MultiSelect {...field('district_ids')} options={districts.map((one) => ({ value: one.id, label: one.name }))} value={text.district_ids} onChange={(ids) => change({ district_ids: ids })} />
          <NumberField {...field('distance_km')} unit={t('resources:form.km')} whole value={text.distance_km} onChange={(distance) => change({ distance_km: distance })} />
        </div>
        <TextArea {...field('area')} help={t('resources:form.area_help')} maxLength={1000} rows={2} value={text.area} onChange={(area) => change({ area })} />
        <TextArea {...field('hours')} maxLength={1000} rows={2} value={text.hours} onChange={(hours) => change({ hours })} />
        <div className="f">
          <ChoiceList {...field('open_times')} help={t('resources:form.open_times_help')} many columns={3} choices={options('open_time', text.open_times)} value={text.open_times} onChange={(times) => change({ open_times: times })} />
        </div>
        <TextArea {...field('capacity')} maxLength={400} rows={2} value={text.capacity} onChange={(capacity) => change({ capacity })} />
      </Section>
      <Section id="cost" title={t('resources:form.cost')}>
        <div className="f">
          <ChoiceList {...field('costs')} many columns={3} choices={options('cost', text.costs)} value={text.costs} onChange={(costs) => change({ costs })} />
        </div>
        <TextField {...field('cost_note')} help={t('resources:form.cost_note_help')} maxLength={400} value={text.cost_note} onChange={(note) => change({ cost_note: note })} />
        <MultiSelect {...field('languages')} options={options('language', text.languages)} value={text.languages} onChange={(languages) => change({ languages })} />
      </Section>
      <Section id="rules" title={t('resources:form.rules')}>
        <TextArea {...field('admission')} maxLength={2000} rows={3} value={text.admission} onChange={(admission) => change({ admission })} />
        <TextArea {...field('discharge')} maxLength={2000} rows={3} value={text.discharge} onChange={(discharge) => change({ discharge })} />
        <TextArea {...field('note')} maxLength={4000} rows={4} value={text.note} onChange={(note) => change({ note })} />
      </Section>
      <Section id="checked" title={t('resources:form.checked')}>
        <DateField {...field('checked_on')} help={t('resources:form.checked_help')} lean="past" value={text.checked_on} onChange={(day) => change({ checked_on: day })} />
      </Section>
    </FormFrame>
  );
}
