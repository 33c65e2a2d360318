import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, onceOnly } from '../api/client';
import type { ConfirmationMethod, DueReason, SurveyRound } from '../api/types';
import { useKeys } from '../app/keys';
import { useCodes } from '../packs/codes';
import { useCodedRegions, useHome, useLocalMunicipality } from '../resources/queries';
import { Button } from '../ui/button';
import { ChoiceList } from '../ui/choice_list';
import { DateField } from '../ui/date_field';
import { SelectField, TextArea, TextField } from '../ui/field';
import { addDays, fiscalYearLabel, fiscalYearOf, today } from '../ui/japanese_date';
import { MultiSelect } from '../ui/multi_select';
import { PageTitle, Section } from '../ui/page';
import { useToast } from '../ui/toast';
import { methods, reasons, useLooked } from './queries';
import { useSending } from './sending';
import './confirmations.css';

const usualDays = 21;

/** A round: which places, when, how; each that is due gets its request at once. */
export default function RoundNew() {
  const { t, i18n } = useTranslation(['confirmations', 'resources', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const looked = useLooked();
  const codes = useCodes();
  const home = useHome();
  const whose = useLocalMunicipality();
  const regions = useCodedRegions();
  const [key] = useState(() => crypto.randomUUID());
  const [title, setTitle] = useState(() => t('confirmations:rounds.usual_title', { year: fiscalYearLabel(fiscalYearOf(today()), i18n.language === 'en' ? 'en' : 'ja') }));
  const [begun, setBegun] = useState<string | null>(today());
  const [due, setDue] = useState<string | null>(addDays(today(), usualDays));
  const [note, setNote] = useState('');
  const [message, setMessage] = useState('');
  const [method, setMethod] = useState<ConfirmationMethod>('fax');
  const [why, setWhy] = useState<DueReason[]>([]);
  const [months, setMonths] = useState('12');
  const [service, setService] = useState<string[]>([]);
  const [area, setArea] = useState<string | null>(null);
  const municipality = area ?? home?.code ?? '';
  const places = { why, months: Number(months), municipality: municipality ? [municipality] : [], service, words: '' };
  const count = useQuery({
    queryKey: ['due', 'count', places, whose],
    queryFn: async () =>
      (await ask(api.GET('/api/confirmations/due', { params: { query: { why: why.join(',') || undefined, months, municipality: municipality || undefined, service: service.join(',') || undefined, municipality_id: whose, limit: 1 } } } as never))) as unknown as { total: number; total_capped: boolean },
    placeholderData: (before) => before,
  }).data;
  const { send, field, notices, busy } = useSending((name) => t(`confirmations:field.${name}`, { defaultValue: '' }));
  const save = () =>
    void send(
      async () => {
        const body = { text: { title: title.trim(), begun_on: begun, due_on: due, note: note.trim(), closed: false }, method, message: message.trim(), places };
        const made = (await ask(api.POST('/api/survey-rounds', { params: { query: { municipality_id: whose } }, body, ...onceOnly(key) } as never))) as unknown as SurveyRound;
        looked();
        toast(t('confirmations:rounds.made', { count: made.progress.all }));
        void navigate({ to: '/confirmations/rounds/$id', params: { id: made.id } });
      },
      [...(title.trim() ? [] : [{ field: 'title' }]), ...(begun ? [] : [{ field: 'begun_on' }]), ...(due ? [] : [{ field: 'due_on' }])],
    );
  useKeys([{ key: 'Ctrl+Enter', label: t('common:save'), run: save }]);
  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        save();
      }}
    >
      <PageTitle title={t('confirmations:rounds.new_title')} crumbs={[{ to: '/confirmations/rounds', label: t('confirmations:rounds.title') }]} />
      {notices}
      <TextField {...field('title')} required maxLength={100} value={title} onChange={setTitle} />
      <div className="row2">
        <DateField {...field('begun_on')} required lean="past" value={begun} onChange={setBegun} />
        <DateField {...field('due_on')} required lean="future" value={due} onChange={setDue} />
      </div>
      <Section id="places" title={t('confirmations:rounds.places')} note={t('confirmations:rounds.places_note')}>
        <div id="f-places" tabIndex={-1}>
          <SelectField
            id="f-municipality"
            label={t('resources:municipality')}
            none={t('resources:filter.everywhere')}
            options={regions.map((one) => ({ value: one.code, label: one.name }))}
            value={municipality}
            onChange={setArea}
          />
          <MultiSelect id="f-service" label={t('resources:services')} options={codes.choices('resource_service').map((one) => ({ value: one.code, label: codes.label('resource_service', one.code) }))} value={service} onChange={setService} />
          <div className="f">
            <ChoiceList id="f-why" label={t('confirmations:due.why')} help={t('confirmations:rounds.why_help')} many columns={2} choices={reasons.map((value) => ({ value, label: t(`confirmations:why.${value}`) }))} value={why} onChange={(next) => setWhy(next as DueReason[])} />
          </div>
          <SelectField id="f-months" label={t('confirmations:due.months')} options={['3', '6', '12', '24', '36'].map((value) => ({ value, label: t('confirmations:due.months_of', { count: Number(value) }) }))} value={months} onChange={setMonths} />
          {field('places').error && <p className="err">{t('confirmations:rounds.no_places')}</p>}
        </div>
        <p role="status">{count && t('confirmations:rounds.fitting', { count: count.total })}</p>
      </Section>
      <Section id="how" title={t('confirmations:rounds.how')}>
        <div className="f">
          <ChoiceList {...field('method')} choices={methods.map((value) => ({ value, label: t(`confirmations:method.${value}`) }))} value={method} onChange={(next) => next && setMethod(next as ConfirmationMethod)} />
        </div>
        <TextArea {...field('message')} help={t('confirmations:ask.message_help')} maxLength={1000} rows={3} value={message} onChange={setMessage} />
        <TextArea {...field('note')} help={t('confirmations:rounds.note_help')} maxLength={1000} rows={2} value={note} onChange={setNote} />
      </Section>
      <p className="acts-line">
        <Button kind="primary" type="submit" keys={['Ctrl', 'Enter']}>
          {t(busy ? 'confirmations:decide.saving' : 'confirmations:rounds.save')}
        </Button>
        <Button onPress={() => void navigate({ to: '/confirmations/rounds' })}>{t('common:cancel')}</Button>
      </p>
    </form>
  );
}
