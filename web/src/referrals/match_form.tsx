import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import type { Consultation, FieldProblem, Match, MatchText } from '../api/types';
import type { Search } from '../app/router';
import { consultationQuery } from '../consultations/queries';
import { FormFrame } from '../records/form_frame';
import { PageProblem } from '../records/page_problem';
import { idOf, useRecordForm } from '../records/record_form';
import { useOptions } from '../records/words';
import { useDistricts } from '../regions/regions';
import { ChoiceList } from '../ui/choice_list';
import { Combo } from '../ui/combo';
import { DateField } from '../ui/date_field';
import { SelectField, TextArea, TextField } from '../ui/field';
import { MultiSelect } from '../ui/multi_select';
import { Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { emptyMatch, matchQuery, useAsked, weekdays } from './queries';
import { useMatchWords } from './words';

const none = '00000000-0000-0000-0000-000000000000';

/** /matches/new?case=<case>: what the case says is taken over · /matches/<id>/edit */
export default function MatchForm() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const search = useSearch({ strict: false }) as Search;
  const match = useQuery({ ...matchQuery(id ?? none), enabled: id !== undefined, refetchOnMount: 'always' });
  const about = match.data?.consultation_id ?? search.case ?? none;
  const consultation = useQuery({ ...consultationQuery(about), enabled: about !== none });
  const failed = match.error ?? consultation.error;
  if (failed) return <PageProblem error={failed} />;
  if (!consultation.data || (id && !match.data)) return <Skeleton lines={14} />;
  return <Form key={id ?? about} consultation={consultation.data as Consultation} match={match.data} />;
}

function Form({ consultation, match }: { consultation: Consultation; match?: Match }) {
  const { t } = useTranslation(['referrals', 'records', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const asked = useAsked();
  const options = useOptions();
  const districts = useDistricts(consultation.municipality_id);
  const { say, label } = useMatchWords();
  const [initial] = useState<MatchText>(() => (match ? match.text : { ...emptyMatch(), treatments: consultation.sheet.treatments, district_id: consultation.sheet.district_id }));
  const back = () => void (match ? navigate({ to: '/matches/$id', params: { id: match.id } }) : navigate({ to: '/consultations/$id', params: { id: consultation.id } }));
  const form = useRecordForm<MatchText, Match>({
    initial,
    version: match?.version,
    save: (text, version, once) =>
      (match
        ? ask(api.PUT('/api/matches/{id}', { params: { path: { id: match.id } }, body: text, ...ifMatch(version) } as never))
        : ask(api.POST('/api/matches', { body: { consultation_id: consultation.id, text }, ...onceOnly(once) } as never))) as Promise<Match>,
    reread: async () => {
      const now = (await ask(api.GET('/api/matches/{id}', { params: { path: { id: match!.id } } }))) as Match;
      return { text: now.text, version: now.version, byName: now.updated_by_name, at: now.updated_at };
    },
    check: (text): FieldProblem[] => (text.service ? [] : [{ pointer: '/service', reason: 'required', limit: '' }]),
    label,
    onSaved: (saved) => {
      queries.setQueryData(matchQuery(saved.id).queryKey, saved);
      asked(saved.consultation_id);
      toast(t('records:saved'));
      void navigate({ to: '/matches/$id', params: { id: saved.id } });
    },
  });
  const { text, change } = form;
  const field = (name: keyof MatchText & string) => ({ id: idOf(name), label: label(name), error: form.error(name) });
  return (
    <FormFrame
      title={t(match ? 'referrals:match.edit' : 'referrals:match.new')}
      crumbs={[
        { to: '/referrals', label: t('referrals:title') },
        { to: `/consultations/${consultation.id}`, label: [consultation.number, consultation.sheet.subject].filter(Boolean).join(' ') },
      ]}
      form={form}
      save={t('referrals:match.search')}
      onCancel={back}
      say={say}
      fieldLabel={label}
    >
      <p className="sub">{t('referrals:match.form_what')}</p>
      <Section id="conditions" title={t('referrals:match.conditions')}>
        <div className="row2">
          <Combo {...field('service')} required value={text.service || null} onChange={(service) => change({ service: service ?? '' })} options={options('resource_service', text.service)} />
          <SelectField {...field('district_id')} none={t('common:not_chosen')} value={text.district_id ?? ''} onChange={(district) => change({ district_id: district || null })} options={districts.map((one) => ({ value: one.id, label: one.name }))} />
        </div>
        <div className="f">
          <ChoiceList {...field('treatments')} many columns={3} choices={options('treatment', text.treatments)} value={text.treatments} onChange={(treatments) => change({ treatments })} />
        </div>
        <ChoiceList {...field('days')} many columns={4} choices={weekdays.map((day) => ({ value: day, label: t(`referrals:day.${day}`) }))} value={text.days} onChange={(days) => change({ days: days as MatchText['days'] })} />
        <div className="row2">
          <TextField {...field('hours')} maxLength={200} help={t('referrals:match.hours_help')} value={text.hours} onChange={(hours) => change({ hours })} />
          <DateField {...field('starts_on')} lean="future" value={text.starts_on} onChange={(day) => change({ starts_on: day })} />
        </div>
        <div className="row2">
          <TextField {...field('area')} maxLength={200} help={t('referrals:match.area_help')} value={text.area} onChange={(area) => change({ area })} />
          <SelectField {...field('contact')} none={t('referrals:match.any_contact')} value={text.contact ?? ''} onChange={(contact) => change({ contact: contact || null })} options={options('resource_contact', text.contact)} />
        </div>
        <div className="f">
          <ChoiceList {...field('open_times')} many columns={3} choices={options('open_time', text.open_times)} value={text.open_times} onChange={(times) => change({ open_times: times })} />
        </div>
        <div className="row2">
          <MultiSelect {...field('languages')} options={options('language', text.languages)} value={text.languages} onChange={(languages) => change({ languages })} />
          <MultiSelect {...field('costs')} options={options('cost', text.costs)} value={text.costs} onChange={(costs) => change({ costs })} />
        </div>
        <TextArea {...field('wishes')} maxLength={1000} rows={3} help={t('referrals:match.wishes_help')} value={text.wishes} onChange={(wishes) => change({ wishes })} />
      </Section>
    </FormFrame>
  );
}
