import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import type { Discharge, DischargeText, FieldProblem } from '../api/types';
import type { Search } from '../app/router';
import { useSession } from '../app/session';
import { consultationQuery } from '../consultations/queries';
import { FormFrame } from '../records/form_frame';
import { PageProblem } from '../records/page_problem';
import { DeskField, PersonField } from '../records/pickers';
import { useRefresh } from '../records/queries';
import { idOf, useRecordForm } from '../records/record_form';
import { useOptions, useOwnDesk } from '../records/words';
import { DateField } from '../ui/date_field';
import { SelectField, TextArea, TextField } from '../ui/field';
import { Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { useDischargeWords } from './discharge_words';
import { PaperRows } from './paper_rows';
import { PartyRows } from './party_rows';
import { PlaceField } from './place_field';
import { dischargeQuery, emptyDischarge, emptyPaper, isClosed, useDueDays } from './queries';
import './discharges.css';

type Draft = DischargeText & { desk_id?: string | null; reason?: string };

/** New: ?consultation=<id> for a case, ?earlier=<id> for a re-admission. Existing: every field again. */
export default function DischargeForm() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const search = useSearch({ strict: false }) as Search;
  const known = useQuery({ ...dischargeQuery(id ?? search.earlier ?? ''), enabled: !!(id ?? search.earlier), refetchOnMount: 'always' });
  const about = useQuery({ ...consultationQuery(search.consultation ?? ''), enabled: !!search.consultation });
  const rules = useDueDays({ admitted_on: null, planned_on: null, decided_on: null, left_on: null });
  const error = known.error ?? about.error;
  if (error) return <PageProblem error={error} />;
  if (((id ?? search.earlier) && !known.data) || (search.consultation && !about.data) || !rules) return <Skeleton lines={14} />;
  const usual = rules.rules.filter((rule) => rule.usual).map((rule) => emptyPaper(rule.kind));
  const { data } = known;
  // Back in hospital: who takes part is known, the days and the papers begin anew.
  const again = search.earlier && data ? { subject: data.text.subject, hospital: data.text.hospital, hospital_place_id: data.text.hospital_place_id, wishes: data.text.wishes, family_wishes: data.text.family_wishes, difficulties: data.text.difficulties, parties: data.text.parties } : {};
  return <Form key={id ?? 'new'} discharge={id ? data : undefined} earlier={search.earlier} consultation={search.consultation} first={{ ...emptyDischarge(), papers: usual, subject: about.data?.sheet.subject ?? '', ...again }} />;
}

function Form({ discharge, earlier, consultation, first }: { discharge: Discharge | undefined; earlier: string | undefined; consultation: string | undefined; first: DischargeText }) {
  const { t } = useTranslation(['discharges', 'records', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const options = useOptions();
  const { session } = useSession();
  const { first: ownDesk } = useOwnDesk();
  const closed = discharge !== undefined && isClosed(discharge.state);
  const [initial] = useState<Draft>(() => (discharge ? { ...discharge.text, reason: '' } : { ...first, owner_id: session.user_id, desk_id: ownDesk }));
  const { say, label } = useDischargeWords();
  const path = { path: { id: discharge?.id ?? '' } };
  const form = useRecordForm<Draft, Discharge>({
    initial,
    version: discharge?.version,
    save: async ({ desk_id, reason, ...text }, version, once) => {
      if (discharge) return ask(api.PUT('/api/discharges/{id}', { params: path, body: { text, reason: reason ?? '' }, ...ifMatch(version) } as never)) as Promise<Discharge>;
      return ask(api.POST('/api/discharges', { body: { consultation_id: consultation ?? null, desk_id: consultation || earlier ? null : (desk_id ?? null), earlier_id: earlier ?? null, text }, ...onceOnly(once) } as never)) as Promise<Discharge>;
    },
    reread: async () => {
      const now = await ask(api.GET('/api/discharges/{id}', { params: path }));
      return { text: { ...now.text, reason: '' }, version: now.version, byName: now.updated_by_name, at: now.updated_at };
    },
    check: (text) => {
      const missing: FieldProblem[] = [];
      const need = (name: string, there: unknown) => there || missing.push({ pointer: `/${name}`, reason: 'required', limit: '' });
      need('subject', text.subject.trim());
      need('hospital', text.hospital.trim());
      if (text.decided_on && !text.left_on) need('planned_on', text.planned_on);
      if (text.decided_on || text.left_on) need('destination', text.destination);
      if (earlier) need('admitted_on', text.admitted_on);
      if (closed) need('reason', text.reason?.trim());
      return missing;
    },
    label,
    onSaved: (saved) => {
      queries.setQueryData(['discharges', saved.id], saved);
      refresh('discharges', 'consultation');
      toast(t(discharge ? 'records:saved' : 'records:registered'));
      void navigate({ to: '/discharges/$id', params: { id: saved.id } });
    },
  });
  const { text, change } = form;
  const due = useDueDays(text);
  const field = (name: keyof Draft & string) => ({ id: idOf(name), label: label(name), error: form.error(name) });
  return (
    <FormFrame
      title={t(discharge ? 'edit' : earlier ? 'new_again' : 'new')}
      crumbs={[{ to: '/discharges', label: t('title') }]}
      form={form}
      save={t(discharge ? 'common:save' : 'register')}
      onCancel={() => (discharge || earlier ? void navigate({ to: '/discharges/$id', params: { id: (discharge?.id ?? earlier)! } }) : consultation ? void navigate({ to: '/consultations/$id', params: { id: consultation } }) : void navigate({ to: '/discharges' }))}
      say={say}
      fieldLabel={label}
    >
      {earlier && <p className="note">{t('again_what')}</p>}
      <Section id="what" title={t('form.what')}>
        <TextField {...field('subject')} required help={t('form.subject_help')} maxLength={200} value={text.subject} onChange={(subject) => change({ subject })} />
        <div className="row2">
          <PlaceField {...field('hospital')} required service="hospital" help={t('place.help')} value={text.hospital} onChange={(hospital, place) => change({ hospital, hospital_place_id: place?.id ?? null })} />
          <TextField {...field('ward')} maxLength={100} value={text.ward} onChange={(ward) => change({ ward })} />
        </div>
      </Section>
      <Section id="days" title={t('form.days')} note={t('form.days_note')}>
        <div className="row2">
          <DateField {...field('admitted_on')} required={!!earlier} value={text.admitted_on} onChange={(day) => change({ admitted_on: day })} />
          <DateField {...field('planned_on')} lean="future" value={text.planned_on} onChange={(day) => change({ planned_on: day })} />
        </div>
        <div className="row2">
          <DateField {...field('decided_on')} help={t('form.decided_help')} value={text.decided_on} onChange={(day) => change({ decided_on: day })} />
          <DateField {...field('left_on')} help={t('form.left_help')} value={text.left_on} onChange={(day) => change({ left_on: day })} />
        </div>
        <div className="row2">
          <SelectField {...field('destination')} required={!!(text.decided_on || text.left_on)} none={t('common:not_chosen')} options={options('discharge_destination', text.destination)} value={text.destination ?? ''} onChange={(code) => change({ destination: code || null })} />
          <TextField {...field('destination_name')} maxLength={200} value={text.destination_name} onChange={(name) => change({ destination_name: name })} />
        </div>
      </Section>
      <Section id="papers" title={label('papers')} note={t('form.papers_note')}>
        <PaperRows papers={text.papers} due={due} error={(row, part) => form.error('papers', row, part)} onChange={(papers) => change({ papers })} />
      </Section>
      <Section id="parties" title={label('parties')} note={t('form.parties_note')}>
        <PartyRows parties={text.parties} error={(row, part) => form.error('parties', row, part)} onChange={(parties) => change({ parties })} />
      </Section>
      <Section id="wishes" title={t('form.wishes')}>
        <TextArea {...field('wishes')} maxLength={2000} value={text.wishes} onChange={(wishes) => change({ wishes })} />
        <TextArea {...field('family_wishes')} maxLength={2000} value={text.family_wishes} onChange={(wishes) => change({ family_wishes: wishes })} />
        <TextArea {...field('difficulties')} maxLength={4000} value={text.difficulties} onChange={(difficulties) => change({ difficulties })} />
        <TextArea {...field('course')} maxLength={4000} rows={5} value={text.course} onChange={(course) => change({ course })} />
      </Section>
      <Section id="who" title={t('form.who')}>
        <div className="row2">
          <PersonField {...field('owner_id')} value={text.owner_id} onChange={(owner) => change({ owner_id: owner })} />
          {!discharge && !consultation && !earlier ? <DeskField label={t('records:desk')} value={text.desk_id ?? null} onChange={(desk_id) => change({ desk_id })} /> : <span />}
        </div>
        {discharge && <TextField {...field('reason')} required={closed} help={closed ? t('form.reason_help') : undefined} maxLength={400} value={text.reason ?? ''} onChange={(reason) => change({ reason })} />}
      </Section>
    </FormFrame>
  );
}
