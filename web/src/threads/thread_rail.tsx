import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NodeKind, ThreadNode } from '../api/types';
import { threadQuery } from '../records/queries';
import { useNumber } from '../records/words';
import { useDateLanguage } from '../ui/date_field';
import { shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { NodeState, RecordLink } from './node_link';
import { kinds, seldom } from './walk';
import './thread_rail.css';

interface Props {
  kind: NodeKind;
  id: string;
  /** The record of the page, where its thread is that of another one: an ask's is that of its case. */
  self?: { kind: NodeKind; id: string };
}

/** What a record is tied to, station by station: 相談 → 地域課題 → 会議 → 対応策 → 指標 → 評価. */
export function ThreadRail({ kind, id, self = { kind, id } }: Props) {
  const { t } = useTranslation('threads');
  const { data, error } = useQuery(threadQuery(kind, id));
  const nodes = data?.nodes ?? [];
  return (
    <Section id="thread" title={t('title')}>
      <ProblemNotice error={error} />
      <ol className="thread">
        {kinds.map((station) => {
          const here = nodes.filter((node) => node.kind === station);
          if (seldom(station) && here.length === 0) return null;
          return (
            <li key={station} className={here.length === 0 ? 'none' : undefined}>
              <h3>{t(`kind.${station}`)}</h3>
              {here.length === 0 && <p className="sub">{t('not_yet')}</p>}
              {here.slice(0, 4).map((node) => (
                <NodeLine key={node.id} node={node} self={node.kind === self.kind && node.id === self.id} />
              ))}
              {here.length > 4 && <p className="sub">{t('more', { count: here.length - 4 })}</p>}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

function NodeLine({ node, self }: { node: ThreadNode; self: boolean }) {
  const { t } = useTranslation('threads');
  const language = useDateLanguage();
  const number = useNumber();
  return (
    <div className={self ? 'node here' : 'node'}>
      {self ? (
        <b>{t('here')}</b>
      ) : (
        <RecordLink kind={node.kind} id={node.id} readable={node.readable}>
          {[number(node.kind, node.number), node.title].filter(Boolean).join(' ')}
        </RecordLink>
      )}
      {!self && (
        <span className="sub">
          {shortDate(node.on, language)} <NodeState node={node} /> {node.candidate && t('candidate')}
        </span>
      )}
    </div>
  );
}
