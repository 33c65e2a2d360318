// つながり: the thread of one record in six boxes, on the page of the record itself.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { NodeKind, Thread, ThreadNode } from '../api/types';
import { threadQuery } from '../records/queries';
import { useNumber } from '../records/words';
import { useDateLanguage } from '../ui/date_field';
import { shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { NodeState, RecordLink } from './node_link';
import { along, columns, goesBack } from './walk';
import './threads.css';

const shownInBox = 2;

export function ThreadStrip({ kind, id }: { kind: NodeKind; id: string }) {
  const { t } = useTranslation('threads');
  const { data, error } = useQuery(threadQuery(kind, id));
  if (error) return null;
  return (
    <Section
      id="thread"
      title={t('title')}
      note={t('note')}
      more={
        <Link to="/threads/$kind/$id" params={{ kind, id }}>
          {t('whole')}
        </Link>
      }
    >
      {data ? <Strip thread={data} /> : <div className="strip-wait" />}
    </Section>
  );
}

function Strip({ thread }: { thread: Thread }) {
  const { t } = useTranslation('threads');
  const nodes = along(thread);
  const ids = new Set(nodes.map((node) => node.id));
  const back = thread.edges.filter((edge) => goesBack(edge) && ids.has(edge.from_id));
  const next = thread.nodes.filter((node) => back.some((edge) => edge.to_id === node.id && edge.to_kind === node.kind));
  return (
    <>
      <ol className="strip">
        {columns(nodes).map((column) => (
          <Box key={column.kind} thread={thread} {...column} />
        ))}
      </ol>
      <div className="strip-back">
        {next.length > 0 ? (
          <span>
            {t('next_issue')} {next.map((node) => <NextIssue key={node.id} node={node} />)}
          </span>
        ) : (
          <span>{t('back_to_review')}</span>
        )}
      </div>
    </>
  );
}

function NextIssue({ node }: { node: ThreadNode }) {
  const number = useNumber();
  return (
    <RecordLink kind={node.kind} id={node.id} readable={node.readable}>
      {number(node.kind, node.number)} {node.title}
    </RecordLink>
  );
}

function Box({ thread, kind, nodes }: { thread: Thread; kind: NodeKind; nodes: ThreadNode[] }) {
  const { t } = useTranslation('threads');
  const here = kind === thread.kind;
  const firm = nodes.filter((node) => !node.candidate);
  const maybe = nodes.length - firm.length;
  const current = nodes.filter((node) => here && node.id === thread.id);
  const shown = [...current, ...[...firm].reverse().filter((node) => !current.includes(node))].slice(0, shownInBox);
  return (
    <li className={`strip-box${here ? ' here' : ''}${nodes.length === 0 ? ' none' : ''}`}>
      <div className="strip-h">
        <h3>{t(`kind.${kind}`)}</h3>
        <span className="sub n">{here && current.length > 0 ? t('here') : nodes.length > 0 ? t(`count.${kind}`, { count: firm.length }) : t('none_yet')}</span>
      </div>
      <ul>
        {shown.map((node) => (
          <StripNode key={node.id} node={node} current={here && node.id === thread.id} />
        ))}
      </ul>
      {(firm.length > shown.length || maybe > 0) && (
        <Link className="strip-more" to="/threads/$kind/$id" params={{ kind: thread.kind, id: thread.id }}>
          {[firm.length > shown.length && t('more', { count: firm.length - shown.length }), maybe > 0 && t('candidates', { count: maybe })].filter(Boolean).join(t('and'))}
        </Link>
      )}
    </li>
  );
}

function StripNode({ node, current }: { node: ThreadNode; current: boolean }) {
  const language = useDateLanguage();
  const number = useNumber();
  const name = node.kind === 'consultation' && node.number ? `${node.number} ${node.title}` : node.title;
  return (
    <li>
      {current ? <b>{number(node.kind, node.number) || name}</b> : <RecordLink kind={node.kind} id={node.id} readable={node.readable}>{node.kind === 'issue' ? `${number('issue', node.number)} ${name}` : name}</RecordLink>}
      <span className="sub">
        {node.on && <span className="n">{shortDate(node.on, language)}</span>} <NodeState node={node} />
      </span>
    </li>
  );
}

