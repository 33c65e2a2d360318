import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import { ProblemError } from '../api/problem';
import type { FieldProblem, Referral, ReferralAnswer, ReferralOutcome } from '../api/types';
import { useOptions } from '../records/words';
import { Button } from '../ui/button';
import { ChoiceList } from '../ui/choice_list';
import { DateField } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { ErrorSummary } from '../ui/error_summary';
import { TextArea, TextField } from '../ui/field';
import { addDays, today } from '../ui/japanese_date';
import { fieldMessage, formErrors, ProblemNotice } from '../ui/problem_notice';
import { unreadable } from '../ui/read_field';
import { useToast } from '../ui/toast';
import { answers, outcomes, referralQuery, useAsked } from './queries';

/** How long after the beginning somebody asks how it goes. */
const usualFollowUp = 30;

interface StepProps {
  referral: Referral;
  onClose: () => void;
}

/** Sending one step: what is missing is said beside its field, a refusal stays in the dialog. */
function useSending(referral: Referral, path: string, onClose: () => void) {
  const { t } = useTranslation(['referrals', 'problems']);
  const { t: problems } = useTranslation('problems');
  const toast = useToast();
  const asked = useAsked();
  const queries = useQueryClient();
  const [faults, setFaults] = useState<FieldProblem[]>([]);
  const [unread, setUnread] = useState<ReturnType<typeof unreadable>>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (body: object, missing: string[], done: string) => {
    if (busy) return;
    const unclear = unreadable();
    setUnread(unclear);
    setFaults(missing.map((name) => ({ pointer: `/${name}`, reason: 'required', limit: '' })));
    setAttempt((times) => times + 1);
    if (missing.length + unclear.length > 0) return;
    setBusy(true);
    setError(null);
    try {
      const saved = (await ask(api.PUT(path as '/api/referrals/{id}/answer', { params: { path: { id: referral.id } }, body, ...ifMatch(referral.version) } as never))) as unknown as Referral;
      queries.setQueryData(referralQuery(referral.id).queryKey, saved);
      asked(referral.consultation_id);
      toast(done);
      onClose();
    } catch (problem) {
      if (problem instanceof ProblemError && problem.fields.length > 0) {
        setFaults(problem.fields);
        setAttempt((times) => times + 1);
      } else {
        setError(problem);
        asked(referral.consultation_id);
      }
      setBusy(false);
    }
  };
  const field = (name: string) => {
    const fault = faults.find((one) => one.pointer.split('/').includes(name));
    return { id: `f-step-${name}`, label: t(`referrals:field.${name}`), error: fault && fieldMessage(problems, fault) };
  };
  const errors = [...unread, ...formErrors(problems, faults, (name) => t(`referrals:field.${name}`), (name) => `f-step-${name}`)];
  const notices = (
    <>
      <ErrorSummary errors={errors} attempt={attempt} />
      <ProblemNotice error={error} />
    </>
  );
  return { send, field, notices };
}

function StepDialog({ title, touched, onClose, save, danger, children }: { title: string; touched: boolean; onClose: () => void; save: { label: string; run: () => void }; danger?: boolean; children: ReactNode }) {
  const { t } = useTranslation('common');
  return (
    <Dialog
      large
      title={title}
      onClose={touched ? undefined : onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button kind={danger ? 'danger' : 'primary'} onPress={save.run}>
            {save.label}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}

/** What the other side said; no and no answer say why, for that is what the region lacks. */
export function AnswerDialog({ referral, onClose }: StepProps) {
  const { t } = useTranslation(['referrals', 'common']);
  const options = useOptions();
  const { send, field, notices } = useSending(referral, '/api/referrals/{id}/answer', onClose);
  const [answer, setAnswer] = useState<ReferralAnswer | null>(null);
  const [reason, setReason] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const [on, setOn] = useState<string | null>(today());
  const [by, setBy] = useState('');
  const refused = answer === 'no' || answer === 'none';
  const save = () => {
    const missing = [...(answer ? [] : ['answer']), ...(refused && !reason ? ['reason'] : []), ...(answer === 'conditional' && !words.trim() ? ['answer_words'] : [])];
    void send({ answer, reason: refused ? reason : null, answer_words: words.trim(), answered_on: on, answered_by: by.trim() }, missing, t('step.was_answered'));
  };
  return (
    <StepDialog title={t('step.answer_title', { place: referral.place_name })} touched={words !== ''} onClose={onClose} save={{ label: t('common:save'), run: save }}>
      {notices}
      <ChoiceList {...field('answer')} required columns={4} choices={answers.map((one) => ({ value: one, label: t(`answer.${one}`) }))} value={answer} onChange={(one) => setAnswer(one as ReferralAnswer | null)} />
      {refused && <ChoiceList {...field('reason')} required help={t('step.reason_help')} columns={3} choices={options('refusal_reason', reason)} value={reason} onChange={setReason} />}
      <TextArea {...field('answer_words')} required={answer === 'conditional'} rows={3} maxLength={1000} value={words} onChange={setWords} />
      <div className="row2">
        <TextField {...field('answered_by')} maxLength={100} value={by} onChange={setBy} />
        <DateField {...field('answered_on')} lean="past" value={on} onChange={setOn} />
      </div>
    </StepDialog>
  );
}

/** What came of the answer, and when to ask how it goes. */
export function OutcomeDialog({ referral, onClose }: StepProps) {
  const { t } = useTranslation(['referrals', 'common']);
  const options = useOptions();
  const { send, field, notices } = useSending(referral, '/api/referrals/{id}/outcome', onClose);
  const accepted = referral.text.answer === 'yes' || referral.text.answer === 'conditional';
  const [outcome, setOutcome] = useState<ReferralOutcome | null>(accepted ? null : 'failed');
  const [reason, setReason] = useState<string | null>(referral.text.reason);
  const [words, setWords] = useState('');
  const [on, setOn] = useState<string | null>(today());
  const [follow, setFollow] = useState<string | null>(addDays(today(), usualFollowUp));
  const began = outcome === 'began';
  const failed = outcome === 'failed';
  const save = () => {
    const missing = [...(outcome ? [] : ['outcome']), ...(failed && !reason ? ['outcome_reason'] : [])];
    void send({ outcome, outcome_reason: failed ? reason : null, outcome_words: words.trim(), outcome_on: on, follow_up_on: began ? follow : null }, missing, t('step.was_settled'));
  };
  return (
    <StepDialog title={t('step.outcome_title', { place: referral.place_name })} touched={words !== ''} onClose={onClose} save={{ label: t('common:save'), run: save }}>
      {notices}
      <ChoiceList {...field('outcome')} required columns={3} choices={outcomes.filter((one) => accepted || one !== 'began').map((one) => ({ value: one, label: t(`outcome.${one}`) }))} value={outcome} onChange={(one) => setOutcome(one as ReferralOutcome | null)} />
      {failed && <ChoiceList {...field('outcome_reason')} required columns={3} choices={options('refusal_reason', reason)} value={reason} onChange={setReason} />}
      <TextField {...field('outcome_words')} maxLength={400} value={words} onChange={setWords} />
      <div className="row2">
        <DateField {...field('outcome_on')} lean="past" value={on} onChange={setOn} />
        {began && <DateField {...field('follow_up_on')} help={t('step.follow_up_help')} lean="future" value={follow} onChange={setFollow} />}
      </div>
    </StepDialog>
  );
}

/** How it goes after it began; once more, or done. */
export function FollowUpDialog({ referral, onClose }: StepProps) {
  const { t } = useTranslation(['referrals', 'common']);
  const { send, field, notices } = useSending(referral, '/api/referrals/{id}/follow-up', onClose);
  const [words, setWords] = useState(referral.text.follow_up_words);
  const [again, setAgain] = useState<string | null>(null);
  const save = () => void send({ follow_up_words: words.trim(), followed_on: null, follow_up_on: again }, words.trim() ? [] : ['follow_up_words'], t('step.was_followed'));
  return (
    <StepDialog title={t('step.follow_up_title', { place: referral.place_name })} touched={words !== referral.text.follow_up_words} onClose={onClose} save={{ label: t('common:save'), run: save }}>
      {notices}
      <TextArea {...field('follow_up_words')} required rows={3} maxLength={1000} value={words} onChange={setWords} />
      <DateField {...field('follow_up_on')} label={t('step.follow_up_again')} help={t('step.follow_up_again_help')} lean="future" value={again} onChange={setAgain} />
    </StepDialog>
  );
}

export function WithdrawDialog({ referral, onClose }: StepProps) {
  const { t } = useTranslation('referrals');
  const { send, field, notices } = useSending(referral, '/api/referrals/{id}/withdrawal', onClose);
  const [reason, setReason] = useState('');
  const save = () => void send({ reason: reason.trim() }, reason.trim() ? [] : ['reason'], t('withdrawn'));
  return (
    <StepDialog title={t('withdraw_title', { place: referral.place_name })} touched={reason !== ''} onClose={onClose} save={{ label: t('withdraw'), run: save }} danger>
      {notices}
      <p>{t('withdraw_what')}</p>
      <TextArea {...field('reason')} label={t('why')} required rows={2} maxLength={400} value={reason} onChange={setReason} />
    </StepDialog>
  );
}
