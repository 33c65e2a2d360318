import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, onceOnly } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Candidate, FieldProblem, Match, ReferralMethod, ShownFact } from '../api/types';
import { Button } from '../ui/button';
import { ChoiceList } from '../ui/choice_list';
import { DateField } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { ErrorSummary } from '../ui/error_summary';
import { SelectField, TextArea, TextField } from '../ui/field';
import { addDays, today } from '../ui/japanese_date';
import { fieldMessage, formErrors, ProblemNotice } from '../ui/problem_notice';
import { unreadable } from '../ui/read_field';
import { useToast } from '../ui/toast';
import { methods, shownFacts, useAsked } from './queries';

interface Ask {
  place_id: string;
  method: ReferralMethod;
  to_name: string;
  reached_at: string;
}

const usualWait = 7;

/** How a place wants to be asked, as far as it says so. */
function usualMethod(place: Candidate): ReferralMethod {
  if (place.contact === 'fax') return 'fax';
  if (place.contact === 'mail') return 'mail';
  return 'phone';
}

function usualAddress(place: Candidate, method: ReferralMethod): string {
  if (method === 'fax') return place.fax;
  return method === 'mail' ? place.mail : method === 'phone' ? place.phone : '';
}

/** Asks one or several places: how each is reached, what is said to all of them, and what of the case they are told. */
export function AskForm({ match, places, onClose, onAsked }: { match: Match; places: Candidate[]; onClose: () => void; onAsked: () => void }) {
  const { t } = useTranslation(['referrals', 'common']);
  const { t: problems } = useTranslation('problems');
  const toast = useToast();
  const asked = useAsked();
  const [once] = useState(() => crypto.randomUUID());
  const [asks, setAsks] = useState<Ask[]>(() =>
    places.map((place) => {
      const method = usualMethod(place);
      return { place_id: place.place_id, method, to_name: '', reached_at: usualAddress(place, method) };
    }),
  );
  const [message, setMessage] = useState('');
  const [shown, setShown] = useState<string[]>([]);
  const [label, setLabel] = useState('');
  const [replyBy, setReplyBy] = useState<string | null>(() => addDays(today(), usualWait));
  const [sent, setSent] = useState(false);
  const [faults, setFaults] = useState<FieldProblem[]>([]);
  const [unread, setUnread] = useState<ReturnType<typeof unreadable>>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const put = (at: number, part: Partial<Ask>) => setAsks(asks.map((one, i) => (i === at ? { ...one, ...part } : one)));
  const fault = (name: string) => {
    const found = faults.find((one) => one.pointer.split('/').includes(name));
    return found && fieldMessage(problems, found);
  };
  const save = async () => {
    if (busy) return;
    const unclear = unreadable();
    setUnread(unclear);
    setAttempt((times) => times + 1);
    if (unclear.length > 0) return;
    setBusy(true);
    setError(null);
    setFaults([]);
    try {
      await ask(
        api.POST('/api/referrals', {
          body: { match_id: match.id, asks, message, shown: shown as ShownFact[], person_label: label.trim(), sent_on: sent ? today() : null, reply_by: replyBy },
          ...onceOnly(once),
        } as never),
      );
      asked(match.consultation_id);
      toast(t('ask.made', { count: asks.length }));
      onAsked();
    } catch (problem) {
      if (problem instanceof ProblemError && problem.fields.length > 0) {
        setFaults(problem.fields);
        setAttempt((times) => times + 1);
      } else setError(problem);
      setBusy(false);
    }
  };
  const errors = [...unread, ...formErrors(problems, faults, (name) => t(`field.${name}`), (name) => `f-ask-${name}`)];
  return (
    <Dialog
      large
      title={t('ask.title', { count: asks.length })}
      onClose={message || label ? undefined : onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void save()}>
            {t('ask.make')}
          </Button>
        </>
      }
    >
      <ErrorSummary errors={errors} attempt={attempt} />
      <ProblemNotice error={error} />
      <ul className="rows edit" id="f-ask-asks">
        {asks.map((one, at) => {
          const place = places[at]!;
          const wrong = faults.find((found) => found.pointer.startsWith(`/asks/${at}/`));
          return (
            <li key={one.place_id}>
              <p className="b">{place.name}</p>
              {wrong && <p className="err">{fieldMessage(problems, wrong)}</p>}
              {place.manners && <p className="note">{place.manners}</p>}
              <div className="row3">
                <SelectField
                  label={t('field.method')}
                  value={one.method}
                  options={methods.map((method) => ({ value: method, label: t(`method.${method}`) }))}
                  onChange={(method) => put(at, { method: method as ReferralMethod, reached_at: usualAddress(place, method as ReferralMethod) })}
                />
                <TextField label={t('field.reached_at')} maxLength={200} value={one.reached_at} onChange={(reached_at) => put(at, { reached_at })} />
                <TextField label={t('field.to_name')} maxLength={100} value={one.to_name} onChange={(to_name) => put(at, { to_name })} help={place.people} />
              </div>
            </li>
          );
        })}
      </ul>
      <TextArea id="f-ask-message" label={t('field.message')} help={t('ask.message_help')} maxLength={2000} rows={4} value={message} onChange={setMessage} error={fault('message')} />
      <ChoiceList id="f-ask-shown" label={t('field.shown')} help={t('ask.shown_help')} many columns={3} choices={shownFacts.map((fact) => ({ value: fact, label: t(`shown.${fact}`) }))} value={shown} onChange={setShown} />
      <div className="row2">
        <TextField id="f-ask-person_label" label={t('field.person_label')} help={t('ask.label_help')} maxLength={40} value={label} onChange={setLabel} error={fault('person_label')} />
        <DateField id="f-ask-reply_by" label={t('field.reply_by')} lean="future" value={replyBy} onChange={setReplyBy} error={fault('reply_by')} />
      </div>
      <label className="opt">
        <input type="checkbox" checked={sent} onChange={(event) => setSent(event.target.checked)} />
        {t('ask.sent')}
      </label>
      <p className="note">{t('ask.then')}</p>
    </Dialog>
  );
}
