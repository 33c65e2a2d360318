import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import type { FieldProblem, OwnPlace, OwnPlaceText } from '../api/types';
import { useCodes } from '../packs/codes';
import { FormFrame } from '../records/form_frame';
import { NumberField } from '../records/number_field';
import { PageProblem } from '../records/page_problem';
import { idOf, isMissing, useRecordForm } from '../records/record_form';
import { ChoiceList } from '../ui/choice_list';
import { SelectField, TextArea, TextField } from '../ui/field';
import { MultiSelect } from '../ui/multi_select';
import { Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { emptyOwnPlace, ownServices, useOwnPlaceWords } from './own_place_text';
import { weekdays } from './place_filters';
import { ownPlaceQuery, useCodedRegions, useHome, useLocalMunicipality } from './queries';
import { PostalCodeField } from './postal_code_field';
import './resources.css';

const needed = ['name', 'services', 'municipality_code'] as const;

/** A place that no official file tells of: 通いの場, a group, a shop. */
export default function OwnPlaceForm() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const { data, error } = useQuery({ ...ownPlaceQuery(id ?? ''), enabled: !!id, refetchOnMount: 'always' });
  const home = useHome();
  const regions = useCodedRegions();
  if (error) return <PageProblem error={error} />;
  if ((id && !data) || regions.length === 0) return <Skeleton lines={14} />;
  return <Form key={id ?? 'new'} place={data} code={home?.code ?? ''} />;
}

function Form({ place, code }: { place: OwnPlace | undefined; code: string }) {
  const { t } = useTranslation(['resources', 'records', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const codes = useCodes();
  const regions = useCodedRegions();
  const whose = useLocalMunicipality();
  const { say, label } = useOwnPlaceWords();
  const [initial] = useState<OwnPlaceText>(() => place?.text ?? emptyOwnPlace(code));
  const path = { path: { id: place?.id ?? '' } };
  const form = useRecordForm<OwnPlaceText, OwnPlace>({
    initial,
    version: place?.version,
    save: (text, version, once) =>
      (place
        ? ask(api.PUT('/api/own-places/{id}', { params: path, body: text, ...ifMatch(version) } as never))
        : ask(api.POST('/api/own-places', { body: { municipality_id: whose ?? null, text }, ...onceOnly(once) } as never))) as Promise<OwnPlace>,
    reread: async () => {
      const now = await ask(api.GET('/api/own-places/{id}', { params: path }));
      return { text: now.text, version: now.version, byName: now.updated_by_name, at: now.updated_at };
    },
    check: (text) => needed.filter((name) => isMissing(text[name])).map((name) => ({ pointer: `/${name}`, reason: 'required', limit: '' }) as FieldProblem),
    label,
    onSaved: (saved) => {
      queries.setQueryData(ownPlaceQuery(saved.id).queryKey, saved);
      for (const queryKey of [['places'], ['own-places']]) void queries.invalidateQueries({ queryKey });
      toast(t(place ? 'records:saved' : 'records:registered'));
      void navigate({ to: '/resources/$id', params: { id: saved.id } });
    },
  });
  const { text, change } = form;
  const field = (name: keyof OwnPlaceText & string) => ({ id: idOf(name), label: label(name), required: (needed as readonly string[]).includes(name), error: form.error(name) });
  const choices = [...new Set([...ownServices, ...text.services])].map((value) => ({ value, label: codes.label('resource_service', value) }));
  const back = () => (place ? void navigate({ to: '/resources/$id', params: { id: place.id } }) : void navigate({ to: '/own-places' }));
  return (
    <FormFrame
      title={t(place ? 'resources:own.edit' : 'resources:own.new')}
      crumbs={[
        { to: '/resources', label: t('resources:title') },
        { to: '/own-places', label: t('resources:own.title') },
      ]}
      form={form}
      save={t(place ? 'common:save' : 'resources:own.register')}
      onCancel={back}
      say={say}
      fieldLabel={label}
    >
      {!place && <p className="sub form-what">{t('resources:own.what')}</p>}
      <Section id="what" title={t('resources:own.form.what')}>
        <div className="row2">
          <TextField {...field('name')} maxLength={200} value={text.name} onChange={(name) => change({ name })} />
          <TextField {...field('kana')} help={t('resources:own.form.kana_help')} maxLength={200} value={text.kana} onChange={(kana) => change({ kana })} />
        </div>
        <div className="f">
          <ChoiceList {...field('services')} many columns={3} choices={choices} value={text.services} onChange={(services) => change({ services })} />
        </div>
        <TextArea {...field('description')} help={t('resources:own.form.description_help')} maxLength={4000} rows={5} value={text.description} onChange={(description) => change({ description })} />
      </Section>
      <Section id="when" title={t('resources:own.form.when')}>
        <div className="row2">
          <MultiSelect {...field('open_days')} options={weekdays.map((day) => ({ value: day, label: t(`resources:day.${day}`) }))} value={text.open_days} onChange={(open_days) => change({ open_days })} />
          <NumberField {...field('capacity')} unit={t('resources:own.form.people')} whole value={text.capacity} onChange={(capacity) => change({ capacity })} />
        </div>
        <TextArea {...field('days_note')} help={t('resources:own.form.days_help')} maxLength={1000} rows={2} value={text.days_note} onChange={(days_note) => change({ days_note })} />
      </Section>
      <Section id="where" title={t('resources:own.form.where')}>
        <PostalCodeField
          onChoose={(town) =>
            change({
              address: town.prefecture + town.municipality + town.town,
              ...(regions.some((one) => one.code === town.municipality_code) ? { municipality_code: town.municipality_code } : {}),
            })
          }
        />
        <SelectField {...field('municipality_code')} none={t('common:not_chosen')} options={regions.map((one) => ({ value: one.code, label: one.name }))} value={text.municipality_code} onChange={(municipality_code) => change({ municipality_code })} />
        <div className="row2">
          <TextField {...field('address')} maxLength={400} value={text.address} onChange={(address) => change({ address })} />
          <TextField {...field('building')} maxLength={200} value={text.building} onChange={(building) => change({ building })} />
        </div>
        <div className="row2">
          <NumberField {...field('latitude')} value={text.latitude} onChange={(latitude) => change({ latitude })} />
          <NumberField {...field('longitude')} value={text.longitude} onChange={(longitude) => change({ longitude })} />
        </div>
      </Section>
      <Section id="contact" title={t('resources:form.contact')}>
        <div className="row2">
          <TextField {...field('phone')} inputMode="tel" maxLength={40} value={text.phone} onChange={(phone) => change({ phone })} />
          <TextField {...field('fax')} inputMode="tel" maxLength={40} value={text.fax} onChange={(fax) => change({ fax })} />
        </div>
        <TextField {...field('url')} inputMode="url" maxLength={300} value={text.url} onChange={(url) => change({ url })} />
        <div className="row2">
          <TextField {...field('corporation')} help={t('resources:own.form.corporation_help')} maxLength={200} value={text.corporation} onChange={(corporation) => change({ corporation })} />
          <TextField {...field('corporate_number')} inputMode="numeric" maxLength={13} value={text.corporate_number} onChange={(corporate_number) => change({ corporate_number })} />
        </div>
      </Section>
    </FormFrame>
  );
}
