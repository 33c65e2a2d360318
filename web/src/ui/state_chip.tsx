import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from './icon';

/** Symbol of every state; its word is common:state.<kind>.<state>. Never colour alone. */
const symbols: Record<string, Record<string, IconName>> = {
  consultation: { draft: 'draft', open: 'half', on_hold: 'hold', closed: 'full', reopened: 'redo' },
  issue: { sign: 'none', reviewing: 'quarter', planned: 'half', underway: 'three', evaluating: 'full', solved: 'check', continued: 'right', reconsidered: 'redo', on_hold: 'hold' },
  meeting: { planned: 'none', held: 'full', cancelled: 'stopped' },
  task: { todo: 'none', doing: 'half', done: 'full', returned: 'redo' },
  measure: { draft: 'none', coordination: 'quarter', approved: 'half', budgeted: 'half', underway: 'three', evaluating: 'full', finished: 'check', cancelled: 'stopped' },
  activity: { asked: 'none', arranged: 'half', done: 'full', declined: 'stopped' },
  referral: { prepared: 'draft', sent: 'none', received: 'quarter', answered: 'half', settled: 'full', followed: 'check', withdrawn: 'stopped' },
  match: { searching: 'half', found: 'check', not_found: 'late', dropped: 'stopped' },
  discharge: { planning: 'none', decided: 'half', discharged: 'three', ended: 'full', readmitted: 'redo', cancelled: 'stopped' },
  confirmation: { sent: 'none', answered: 'half', approved: 'check', refused: 'full', expired: 'late', withdrawn: 'stopped' },
  vacancy: { now: 'check', conditional: 'half', no: 'stopped', expired: 'late', unknown: 'none' },
  evaluation: { continue: 'right', change: 'redo', finish: 'check' },
};

export function StateChip({ kind, state, plain = false }: { kind: string; state: string; plain?: boolean }) {
  const { t } = useTranslation('common');
  return (
    <span className={plain ? 'st' : 'st chip'}>
      <Icon name={symbols[kind]?.[state] ?? 'none'} />
      {t(`state.${kind}.${state}`)}
    </span>
  );
}
