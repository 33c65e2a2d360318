import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThreadNode } from '../api/types';
import { useCodes } from '../packs/codes';
import { StateChip } from '../ui/state_chip';
import { screenOf } from './walk';

/** A record by kind and id; one that may not be opened is only named. */
export function RecordLink({ kind, id, readable = true, children, ...rest }: { kind: string; id: string; readable?: boolean; children: ReactNode; className?: string; 'aria-current'?: 'true' }) {
  const to = screenOf[kind];
  if (!readable || !to) return <span {...rest}>{children}</span>;
  return (
    <Link to={to} params={{ id } as never} {...rest}>
      {children}
    </Link>
  );
}

/** Only states the screen has a word for; of an answered ask what was answered, and why not. */
export function NodeState({ node }: { node: ThreadNode }) {
  const { t, i18n } = useTranslation(['threads', 'common']);
  const codes = useCodes();
  if (!node.state || !i18n.exists(`common:state.${node.kind}.${node.state}`)) return null;
  return (
    <>
      <StateChip kind={node.kind} state={node.state} plain />
      {node.answer && <> {[t(`threads:answer.${node.answer}`), codes.label('refusal_reason', node.reason)].filter(Boolean).join(' ')}</>}
    </>
  );
}
