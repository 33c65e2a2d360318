// What somebody of a place reads without an account: their own card, and a form to correct it. Each correction waits for a
// person of the municipality.
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerScreen } from '../answer_pages/answer_door';
import { api, ask } from '../api/client';
import type { AskedConfirmation, FacilityCard, Label } from '../api/types';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { TextArea, TextField } from '../ui/field';
import { longDate } from '../ui/japanese_date';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { CardForm } from './card_form';
import { cardFields, isList, type CardField } from './queries';
import { useSending } from './sending';
import './confirmations.css';

export default function CorrectionScreen({ answerKey }: AnswerScreen) {
  const { t } = useTranslation('confirmations');
  const asked = useQuery({ queryKey: ['asked', 'card', answerKey], queryFn: () => ask(api.POST('/api/confirmation-answers/open', { body: answerKey })) as Promise<AskedConfirmation>, retry: false, staleTime: Infinity });
  const [done, setDone] = useState<AskedConfirmation | null>(null);
  const request = done ?? asked.data;
  if (asked.error && !request) return <ProblemNotice error={asked.error} />;
  if (!request) return <Skeleton lines={6} />;
  return (
    <>
      {request.fictitious && <p className="kakuu">{t('outside.fictitious')}</p>}
      {request.answered_on ? <Given request={request} fresh={done !== null} /> : <Form request={request} answerKey={answerKey} onDone={setDone} />}
      <Desk of={request} person={request.asked_by} />
    </>
  );
}

function useLabels() {
  const { i18n } = useTranslation();
  return (label: Label) => (i18n.language === 'en' && label.en ? label.en : label.ja);
}

function Form({ request, answerKey, onDone }: { request: AskedConfirmation; answerKey: AnswerScreen['answerKey']; onDone: (done: AskedConfirmation) => void }) {
  const { t } = useTranslation('confirmations');
  const language = useDateLanguage();
  const say = useLabels();
  const [changing, setChanging] = useState<boolean | null>(null);
  const [card, setCard] = useState<FacilityCard>(request.card);
  const [words, setWords] = useState('');
  const [name, setName] = useState('');
  const { send, field, notices, busy } = useSending((one) => t(`card.${one}`, { defaultValue: '' }) || t(`field.${one}`, { defaultValue: '' }) || t('outside.choice'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(
      async () => {
        const body = { ...answerKey, nothing_changed: changing === false, card: changing ? card : null, words: words.trim(), answered_by: name.trim() };
        onDone((await ask(api.POST('/api/confirmation-answers', { body } as never))) as unknown as AskedConfirmation);
        window.scrollTo({ top: 0 });
      },
      [...(changing === null ? [{ field: 'choice', reason: 'choose' }] : []), ...(name.trim() ? [] : [{ field: 'answered_by' }])],
    );
  };
  const options = (name: string) => choicesOf(request, name).map((one) => ({ value: one.code, label: say(one.label as Label) }));
  const choice = field('choice');
  return (
    <form onSubmit={submit} noValidate aria-labelledby="asked-h">
      <h2 id="asked-h">{t('outside.title', { place: request.place_name })}</h2>
      <p>{t('outside.what', { from: request.municipality_name })}</p>
      <p>{t('outside.due', { day: longDate(request.due_on, language) })}</p>
      {request.message && <p className="prose">{request.message}</p>}
      {notices}
      <dl className="kv large">
        <Line label={t('outside.address')}>{request.address}</Line>
        <Line label={t('outside.public_phone')}>{request.public_phone}</Line>
        <Line label={t('outside.public_fax')}>{request.public_fax}</Line>
      </dl>
      {changing !== true && <Card card={request.card} request={request} />}
      <fieldset className="f" id={choice.id} tabIndex={-1}>
        <legend>{t('outside.choice')}</legend>
        {([false, true] as const).map((value) => (
          <label key={String(value)} className="opt big">
            <input type="radio" name="changing" checked={changing === value} onChange={() => setChanging(value)} />
            {t(value ? 'outside.change' : 'outside.nothing_changed')}
          </label>
        ))}
        {choice.error && <p className="err">{choice.error}</p>}
      </fieldset>
      {changing && (
        <>
          <p className="note">{t('outside.how')}</p>
          <CardForm card={card} onChange={setCard} choices={options} field={field} />
        </>
      )}
      <TextArea {...field('words')} help={t('outside.words_help')} maxLength={2000} rows={3} value={words} onChange={setWords} />
      <TextField {...field('answered_by')} help={t('outside.name_help')} required maxLength={100} value={name} onChange={setName} />
      <p className="f">
        <Button kind="primary" type="submit">
          {t(busy ? 'outside.sending' : 'outside.send')}
        </Button>
      </p>
      <p className="note">{t('outside.once')}</p>
    </form>
  );
}

const choicesOf = (request: AskedConfirmation, name: string) => request.choices.find((one) => one.field === name)?.items ?? [];

function Card({ card, request }: { card: FacilityCard; request: AskedConfirmation }) {
  const { t } = useTranslation(['confirmations', 'records']);
  const say = useLabels();
  const words = (name: string, codes: string[]) =>
    codes
      .map((code) => choicesOf(request, name).find((one) => one.code === code))
      .map((one) => (one ? say(one.label as Label) : ''))
      .join(t('records:and'));
  const value = (field: CardField): string => {
    if (isList(field)) return words(field, card[field]);
    if (field === 'contact') return card.contact ? words(field, [card.contact]) : '';
    return card[field];
  };
  return (
    <section aria-labelledby="card-h">
      <h2 id="card-h">{t('confirmations:outside.card')}</h2>
      <dl className="kv large">
        {cardFields.map((field) => (
          <Line key={field} label={t(`confirmations:card.${field}`)}>
            {value(field) || t('confirmations:card.blank')}
          </Line>
        ))}
      </dl>
    </section>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return children ? (
    <>
      <dt>{label}</dt>
      <dd className="prose">{children}</dd>
    </>
  ) : null;
}

function Given({ request, fresh }: { request: AskedConfirmation; fresh: boolean }) {
  const { t } = useTranslation('confirmations');
  const language = useDateLanguage();
  return (
    <>
      <section className="notice info" role="status" aria-labelledby="given-h">
        <h2 id="given-h">{t(fresh ? 'outside.thanks' : 'outside.already')}</h2>
        <p>{t('outside.answered', { day: longDate(request.answered_on, language), what: t(request.nothing_changed ? 'unchanged' : 'corrected') })}</p>
        {!request.nothing_changed && <p>{t('outside.waits')}</p>}
        {request.words && <p className="prose">{request.words}</p>}
      </section>
      <Card card={request.card} request={request} />
    </>
  );
}

/** Whom to call. */
export function Desk({ of, person }: { of: { desk_name: string; desk_header: string; desk_phone: string; municipality_name: string }; person?: string }) {
  const { t } = useTranslation('confirmations');
  return (
    <section className="answer-desk" aria-labelledby="desk-h">
      <h2 id="desk-h">{t('outside.desk')}</h2>
      <p className="prose">{of.desk_header || of.desk_name || of.municipality_name}</p>
      {person && <p>{t('outside.person', { name: person })}</p>}
      {of.desk_phone && (
        <p>
          <a href={`tel:${of.desk_phone.replace(/[^0-9+]/g, '')}`}>{of.desk_phone}</a>
        </p>
      )}
    </section>
  );
}
