import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThreadNode } from '../api/types';
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

/** Only states the screen has a word for. */
export function NodeState({ node }: { node: ThreadNode }) {
  const { i18n } = useTranslation('common');
  return node.state && i18n.exists(`common:state.${node.kind}.${node.state}`) ? <StateChip kind={node.kind} state={node.state} plain /> : null;
}
