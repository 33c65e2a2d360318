// What somebody without an account reads and answers: the one ask, in plain words, on a phone as well.
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerScreen } from '../answer_pages/answer_door';
import { api, ask } from '../api/client';
import { ProblemError } from '../api/problem';
import type { AskedReferral, FieldProblem, Label } from '../api/types';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { ErrorSummary } from '../ui/error_summary';
import { SelectField, TextArea, TextField } from '../ui/field';
import { longDate } from '../ui/japanese_date';
import { fieldMessage, formErrors, ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';

export default function ReferralAnswerScreen({ answerKey }: AnswerScreen) {
  const { t } = useTranslation('answer_pages');
  const asked = useQuery({ queryKey: ['asked', answerKey], queryFn: () => ask(api.POST('/api/referral-answers/open', { body: answerKey })) as Promise<AskedReferral>, retry: false, staleTime: Infinity });
  const [done, setDone] = useState<AskedReferral | null>(null);
  const referral = done ?? asked.data;
  if (asked.error && !referral) return <ProblemNotice error={asked.error} />;
  if (!referral) return <Skeleton lines={6} />;
  return (
    <>
      {referral.fictitious && <p className="kakuu">{t('fictitious')}</p>}
      {referral.answer && <Given referral={referral} fresh={done !== null} />}
      {!referral.answer && (
        <>
          <Asked referral={referral} />
          <Form referral={referral} answerKey={answerKey} onDone={setDone} />
        </>
      )}
      <Desk referral={referral} />
    </>
  );
}

function useWords(): (label: Label) => string {
  const { i18n } = useTranslation();
  return (label) => (i18n.language === 'en' && label.en ? label.en : label.ja);
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return children ? (
    <>
      <dt>{label}</dt>
      <dd className="prose">{children}</dd>
    </>
  ) : null;
}

function Asked({ referral }: { referral: AskedReferral }) {
  const { t } = useTranslation('answer_pages');
  const words = useWords();
  const language = useDateLanguage();
  const and = t('and');
  const when = [referral.days.map((day) => t(`day.${day}`)).join(and), referral.hours, referral.open_times.map(words).join(and)].filter(Boolean).join(' ');
  return (
    <section aria-labelledby="asked-h">
      <h2 id="asked-h">{t('asked.title', { service: words(referral.service) })}</h2>
      <p>{t('asked.to', { place: referral.place_name, name: referral.to_name })}</p>
      <dl className="kv large">
        {referral.facts.map((fact) => (
          <Line key={fact.name} label={t(`fact.${fact.name}`)}>
            {fact.words.map(words).join(and)}
          </Line>
        ))}
        <Line label={t('asked.treatments')}>{referral.treatments.map(words).join(and)}</Line>
        <Line label={t('asked.when')}>{when}</Line>
        <Line label={t('asked.starts_on')}>{referral.starts_on && longDate(referral.starts_on, language)}</Line>
        <Line label={t('asked.area')}>{referral.area}</Line>
        <Line label={t('asked.languages')}>{referral.languages.map(words).join(and)}</Line>
        <Line label={t('asked.costs')}>{referral.costs.map(words).join(and)}</Line>
        <Line label={t('asked.wishes')}>{referral.wishes}</Line>
        <Line label={t('asked.message')}>{referral.message}</Line>
        <Line label={t('asked.reply_by')}>{referral.reply_by && longDate(referral.reply_by, language)}</Line>
      </dl>
    </section>
  );
}

const choices = ['yes', 'conditional', 'no'] as const;

function Form({ referral, answerKey, onDone }: { referral: AskedReferral; answerKey: AnswerScreen['answerKey']; onDone: (done: AskedReferral) => void }) {
  const { t } = useTranslation('answer_pages');
  const { t: problems } = useTranslation('problems');
  const words = useWords();
  const [answer, setAnswer] = useState<(typeof choices)[number] | null>(null);
  const [reason, setReason] = useState('');
  const [said, setSaid] = useState('');
  const [name, setName] = useState('');
  const [faults, setFaults] = useState<FieldProblem[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const refused = answer === 'no';
  const fault = (field: string) => {
    const found = faults.find((one) => one.pointer.endsWith(field));
    return found && fieldMessage(problems, found);
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const missing = [...(answer ? [] : ['answer']), ...(refused && !reason ? ['reason'] : []), ...(answer === 'conditional' && !said.trim() ? ['answer_words'] : []), ...(name.trim() ? [] : ['answered_by'])];
    setFaults(missing.map((field) => ({ pointer: `/${field}`, reason: field === 'answer' || field === 'reason' ? 'choose' : 'required', limit: '' })));
    setAttempt((times) => times + 1);
    if (missing.length > 0) return;
    setBusy(true);
    setError(null);
    try {
      const body = { ...answerKey, answer: answer!, reason: refused ? reason : null, answer_words: said.trim(), answered_by: name.trim() };
      onDone((await ask(api.POST('/api/referral-answers', { body }))) as AskedReferral);
      window.scrollTo({ top: 0 });
    } catch (problem) {
      if (problem instanceof ProblemError && problem.fields.length > 0) {
        setFaults(problem.fields);
        setAttempt((times) => times + 1);
      } else setError(problem);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)} noValidate aria-labelledby="answer-h" className="answer-form">
      <h2 id="answer-h">{t('form.title')}</h2>
      <ErrorSummary errors={formErrors(problems, faults, (field) => t(`form.${field}`), (field) => `f-${field}`)} attempt={attempt} />
      <ProblemNotice error={error} />
      <fieldset className="f" aria-describedby={fault('/answer') ? 'f-answer-error' : undefined}>
        <legend>{t('form.answer')}</legend>
        {choices.map((one, at) => (
          <label key={one} className="opt big">
            <input id={at === 0 ? 'f-answer' : undefined} type="radio" name="answer" value={one} checked={answer === one} onChange={() => setAnswer(one)} aria-invalid={fault('/answer') ? true : undefined} />
            {t(`form.${one}`)}
          </label>
        ))}
        {fault('/answer') && (
          <p className="err" id="f-answer-error">
            {fault('/answer')}
          </p>
        )}
      </fieldset>
      {refused && (
        <SelectField
          id="f-reason"
          label={t('form.reason')}
          required
          none={t('form.choose')}
          value={reason}
          onChange={setReason}
          options={referral.reasons.map((one) => ({ value: one.code, label: words(one.label as Label) }))}
          error={fault('/reason')}
        />
      )}
      <TextArea id="f-answer_words" label={t(answer === 'conditional' ? 'form.conditions' : 'form.answer_words')} required={answer === 'conditional'} rows={4} maxLength={1000} value={said} onChange={setSaid} error={fault('/answer_words')} />
      <TextField id="f-answered_by" label={t('form.answered_by')} help={t('form.answered_by_help')} required maxLength={100} value={name} onChange={setName} error={fault('/answered_by')} />
      <p className="f">
        <Button kind="primary" type="submit">
          {t(busy ? 'form.sending' : 'form.send')}
        </Button>
      </p>
      <p className="note">{t('form.once')}</p>
    </form>
  );
}

function Given({ referral, fresh }: { referral: AskedReferral; fresh: boolean }) {
  const { t } = useTranslation('answer_pages');
  const words = useWords();
  const language = useDateLanguage();
  const reason = referral.reasons.find((one) => one.code === referral.reason);
  return (
    <section className="notice info" role="status" aria-labelledby="given-h">
      <h2 id="given-h">{t(fresh ? 'given.thanks' : 'given.already')}</h2>
      <p>{t('given.about', { service: words(referral.service), place: referral.place_name })}</p>
      <dl className="kv large">
        <Line label={t('form.answer')}>{t(`form.${referral.answer}`)}</Line>
        <Line label={t('form.reason')}>{reason && words(reason.label as Label)}</Line>
        <Line label={t('form.answer_words')}>{referral.answer_words}</Line>
        <Line label={t('given.on')}>{longDate(referral.answered_on, language)}</Line>
      </dl>
      <p>{t('given.change')}</p>
    </section>
  );
}

function Desk({ referral }: { referral: AskedReferral }) {
  const { t } = useTranslation('answer_pages');
  return (
    <section className="answer-desk" aria-labelledby="desk-h">
      <h2 id="desk-h">{t('desk.title')}</h2>
      <p className="prose">{referral.desk_header || referral.desk_name}</p>
      <p>{t('desk.person', { name: referral.asked_by })}</p>
      {referral.desk_phone && (
        <p>
          <a href={`tel:${referral.desk_phone.replace(/[^0-9+]/g, '')}`}>{referral.desk_phone}</a>
        </p>
      )}
    </section>
  );
}
