import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { ThreadNode } from '../api/types';
import { useDateLanguage } from '../ui/date_field';
import { shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { StateChip } from '../ui/state_chip';
import './thread_rail.css';

export const stations: ThreadNode['kind'][] = ['consultation', 'issue', 'meeting', 'measure', 'indicator', 'evaluation'];

const folders: Record<ThreadNode['kind'], string> = { consultation: 'consultations', issue: 'issues', meeting: 'meetings', measure: 'measures', indicator: 'indicators', evaluation: 'evaluations' };

export function nodePath(node: Pick<ThreadNode, 'kind' | 'id'>): string {
  return `/${folders[node.kind]}/${node.id}`;
}

export function useThread(kind: ThreadNode['kind'], id: string) {
  return useQuery({ queryKey: ['thread', kind, id], queryFn: () => ask(api.GET('/api/thread/{kind}/{id}', { params: { path: { kind, id } } })) });
}

/** What a record is tied to, station by station: 相談 → 課題 → 会議 → 対応策 → 指標 → 評価. */
export function ThreadRail({ kind, id }: { kind: ThreadNode['kind']; id: string }) {
  const { t } = useTranslation('threads');
  const { data, error } = useThread(kind, id);
  const nodes = data?.nodes ?? [];
  return (
    <Section id="thread" title={t('title')}>
      <ProblemNotice error={error} />
      <ol className="thread">
        {stations.map((station) => {
          const here = nodes.filter((node) => node.kind === station);
          return (
            <li key={station} className={here.length === 0 ? 'none' : undefined}>
              <h3>{t(`station.${station}`)}</h3>
              {here.length === 0 && <p className="sub">{t('not_yet')}</p>}
              {here.slice(0, 4).map((node) => (
                <NodeLine key={node.id} node={node} self={node.kind === kind && node.id === id} />
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
  const text = [node.number, node.title].filter(Boolean).join(' ');
  return (
    <div className={self ? 'node here' : 'node'}>
      {self ? <b>{t('here')}</b> : node.readable ? <Link to={nodePath(node)}>{text}</Link> : <span>{text}</span>}
      {!self && (
        <span className="sub">
          {shortDate(node.on, language)} {node.state && node.kind !== 'indicator' && <StateChip kind={node.kind} state={node.state} plain />} {node.candidate && t('candidate')}
        </span>
      )}
    </div>
  );
}
