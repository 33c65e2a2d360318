// The page of a place that stays open for months: what it said last, and a form for each of its services.
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerScreen } from '../answer_pages/answer_door';
import { api, ask } from '../api/client';
import type { Label, ToldOffer, ToldVacancies, VacancyNote } from '../api/types';
import { CheckedAge } from '../confirmations/checked_age';
import { Desk } from '../confirmations/correction_screen';
import { useSending } from '../confirmations/sending';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { longDate } from '../ui/japanese_date';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { NoteForm } from './note_form';
import '../confirmations/confirmations.css';
import './vacancies.css';

export default function ToldScreen({ answerKey }: AnswerScreen) {
  const { t } = useTranslation('vacancies');
  const language = useDateLanguage();
  const opened = useQuery({ queryKey: ['asked', 'vacancies', answerKey], queryFn: () => ask(api.POST('/api/vacancy-answers/open', { body: answerKey })) as Promise<ToldVacancies>, retry: false, staleTime: Infinity });
  const [told, setTold] = useState<ToldVacancies | null>(null);
  const [done, setDone] = useState('');
  const page = told ?? opened.data;
  if (opened.error && !page) return <ProblemNotice error={opened.error} />;
  if (!page) return <Skeleton lines={6} />;
  return (
    <>
      {page.fictitious && <p className="kakuu">{t('outside.fictitious')}</p>}
      <h2>{t('outside.title', { place: page.place_name })}</h2>
      <p>{t('outside.what', { from: page.municipality_name })}</p>
      <p className="note">{t('outside.until', { day: longDate(page.page_expires_on, language) })}</p>
      {page.services.length === 0 && <p>{t('outside.no_services')}</p>}
      {page.services.map((offer) => (
        <Offer
          key={`${offer.service}-${offer.told_on}-${done === offer.service}`}
          offer={offer}
          fresh={done === offer.service}
          answerKey={answerKey}
          onDone={(next) => {
            setTold(next);
            setDone(offer.service);
          }}
          open={page.services.length === 1}
        />
      ))}
      <Desk of={page} />
    </>
  );
}

function Offer({ offer, fresh, answerKey, onDone, open }: { offer: ToldOffer; fresh: boolean; answerKey: AnswerScreen['answerKey']; onDone: (told: ToldVacancies) => void; open: boolean }) {
  const { t, i18n } = useTranslation('vacancies');
  const language = useDateLanguage();
  const [writing, setWriting] = useState(open && !fresh);
  const [note, setNote] = useState<VacancyNote>({ acceptance: offer.acceptance ?? 'now', unit: offer.unit, free: null, conditions: offer.conditions, from_on: null, told_by: '', days: null } as VacancyNote);
  const { send, field, notices, busy } = useSending((name) => t(`field.${name}`, { defaultValue: '' }));
  const label = offer.label as Label;
  const name = i18n.language === 'en' && label.en ? label.en : label.ja;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(
      async () => {
        const next = (await ask(api.POST('/api/vacancy-answers', { body: { ...answerKey, service: offer.service, note } } as never))) as unknown as ToldVacancies;
        setWriting(false); // told twice on one day, it is the same section
        onDone(next);
      },
      note.acceptance === 'conditional' && !note.conditions.trim() ? [{ field: 'conditions' }] : [],
    );
  };
  return (
    <section className="offer" aria-labelledby={`offer-${offer.service}`}>
      <h3 id={`offer-${offer.service}`}>{name}</h3>
      {fresh && (
        <p className="notice info" role="status">
          {t('outside.thanks', { day: longDate(offer.expires_on, language) })}
        </p>
      )}
      <p>
        <StateChip kind="vacancy" state={offer.state} /> {offer.state !== 'expired' && offer.free !== null && t(`free.${offer.unit}`, { count: offer.free })} {offer.state !== 'expired' && offer.conditions} {offer.told_on && <CheckedAge day={offer.told_on} />}
      </p>
      {!writing && <Button onPress={() => setWriting(true)}>{t('outside.tell')}</Button>}
      {writing && (
        <form onSubmit={submit} noValidate>
          {notices}
          <NoteForm note={note} onChange={setNote} field={field} outside />
          <p className="f">
            <Button kind="primary" type="submit">
              {t(busy ? 'outside.sending' : 'outside.send')}
            </Button>
          </p>
        </form>
      )}
    </section>
  );
}
