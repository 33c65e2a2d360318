// Which state follows which, and the dialog that asks for words where a step needs them. The server decides; this only offers.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/problem';
import type { IssueState, MeasureState } from '../api/types';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/field';
import { fieldMessage, ProblemNotice } from '../ui/problem_notice';
import { StateChip } from '../ui/state_chip';

export const issueSteps: Record<IssueState, IssueState[]> = {
  sign: ['reviewing', 'solved', 'on_hold'],
  reviewing: ['planned', 'sign', 'solved', 'on_hold'],
  planned: ['underway', 'reviewing', 'on_hold'],
  underway: ['evaluating', 'planned', 'on_hold'],
  evaluating: ['solved', 'continued', 'reconsidered', 'underway'],
  solved: ['reviewing'],
  continued: ['planned', 'underway', 'evaluating', 'on_hold'],
  reconsidered: ['reviewing', 'planned', 'on_hold'],
  on_hold: ['sign', 'reviewing', 'planned', 'underway'],
};

const issueBack = new Set(['reviewing>sign', 'planned>reviewing', 'underway>planned', 'evaluating>underway', 'solved>reviewing']);

export function issueNeedsReason(from: IssueState, to: IssueState): boolean {
  return ['on_hold', 'solved', 'reconsidered'].includes(to) || issueBack.has(`${from}>${to}`);
}

export const measureSteps: Record<MeasureState, MeasureState[]> = {
  draft: ['coordination', 'cancelled'],
  coordination: ['approved', 'draft', 'cancelled'],
  approved: ['budgeted', 'underway', 'coordination', 'cancelled'],
  budgeted: ['underway', 'approved', 'cancelled'],
  underway: ['evaluating', 'budgeted', 'cancelled'],
  evaluating: ['finished', 'underway', 'coordination', 'cancelled'],
  finished: ['evaluating'],
  cancelled: ['draft'],
};

const measureOrder: MeasureState[] = ['draft', 'coordination', 'approved', 'budgeted', 'underway', 'evaluating', 'finished', 'cancelled'];

export function measureNeedsReason(from: MeasureState, to: MeasureState): boolean {
  return to === 'cancelled' || measureOrder.indexOf(to) < measureOrder.indexOf(from);
}

/** What an issue must say in a state, as the server asks for it. */
export function issueNeeds(state: IssueState): ('description' | 'goal')[] {
  if (state === 'reviewing') return ['description'];
  return ['planned', 'underway', 'evaluating', 'continued', 'reconsidered'].includes(state) ? ['description', 'goal'] : [];
}

/** What a measure must say in a state. */
export function measureNeeds(state: MeasureState): ('issue_ids' | 'starts_on' | 'ends_on' | 'evaluate_on')[] {
  if (state === 'draft' || state === 'cancelled') return [];
  return state === 'coordination' ? ['issue_ids'] : ['issue_ids', 'starts_on', 'ends_on', 'evaluate_on'];
}

interface Props<S extends string> {
  kind: string;
  from: S;
  steps: S[];
  needsReason: (from: S, to: S) => boolean;
  onStep: (to: S, reason: string) => Promise<unknown>;
  /** A word of advice beside a step: what should be there before it. */
  advice?: (to: S) => ReactNode;
  /** The fields the text still lacks for a step; they are named before it is tried. */
  lacks: (to: S) => string[];
  /** Where these fields are written. */
  edit: ReactNode;
}

/** The possible next states as a dialog: choose, say why, done. */
export function StateDialog<S extends string>({ kind, from, steps, needsReason, onStep, advice, lacks, edit, onClose }: Props<S> & { onClose: () => void }) {
  const { t } = useTranslation(['records', 'problems', 'common']);
  const [to, setTo] = useState<S>(steps[0]!);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const needs = needsReason(from, to);
  const lacking = lacks(to);
  const wrong = problemOf(error).fields?.find((field) => field.pointer === '/reason');
  const go = async () => {
    if (busy) return;
    if (needs && !reason.trim()) {
      setMissing(true);
      document.getElementById('state-reason')?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    try {
      await onStep(to, reason.trim());
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('step.title')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void go()}>
            {t('step.go', { state: t(`common:state.${kind}.${to}`) })}
          </Button>
        </>
      }
    >
      <p className="sm">
        {t('step.now')} <StateChip kind={kind} state={from} plain />
      </p>
      <fieldset className="f">
        <legend>{t('step.to')}</legend>
        <div className="opts c2">
          {steps.map((step) => (
            <label className="opt" key={step}>
              <input type="radio" name="to" checked={step === to} onChange={() => setTo(step)} />
              <StateChip kind={kind} state={step} plain />
            </label>
          ))}
        </div>
      </fieldset>
      {lacking.length > 0 && (
        <div className="notice" role="status">
          <p className="sm">{t('step.missing')}</p>
          <ul>
            {lacking.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
          <div className="acts">{edit}</div>
        </div>
      )}
      {advice?.(to) && <p className="note f">{advice(to)}</p>}
      <TextArea
        id="state-reason"
        label={t('step.reason')}
        required={needs}
        help={needs ? t('step.reason_needed') : t('step.reason_help')}
        maxLength={400}
        value={reason}
        onChange={setReason}
        error={wrong ? fieldMessage(t as never, wrong) : missing && needs && !reason.trim() ? t('problems:field.required') : undefined}
      />
      {error !== null && !wrong && <ProblemNotice error={error} />}
    </Dialog>
  );
}
