// The whole thread on one page: a column for every station, a line for every link, every node a way to its record.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../app/keys';
import type { NodeKind, Thread, ThreadNode } from '../api/types';
import { threadQuery } from '../records/queries';
import { useNumber } from '../records/words';
import { useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { shortDate } from '../ui/japanese_date';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { NodeState, RecordLink } from './node_link';
import { along, columns, goesBack, keyOf, kinds, nextOf, previousOf } from './walk';
import './threads.css';

const listOf: Record<string, string> = { consultation: '/consultations', issue: '/issues', meeting: '/meetings', measure: '/measures', indicator: '/indicators', evaluation: '/evaluations', discharge: '/discharges', referral: '/referrals' };

export default function ThreadPage() {
  const { t } = useTranslation(['threads', 'common']);
  const { kind, id } = useParams({ strict: false }) as { kind: NodeKind; id: string };
  const { data, error } = useQuery(threadQuery(kind, id));
  const number = useNumber();
  const start = data?.nodes.find((node) => node.kind === kind && node.id === id);
  const name = start ? [number(kind, start.number), start.title].filter(Boolean).join(' ') : '';
  return (
    <div className="sheet-landscape wide">
      <PageTitle title={name ? t('page_title', { name }) : t('title')} crumbs={[{ to: listOf[kind] ?? '/', label: t(`kind.${kind}`) }]} actions={<PrintButton />} />
      <ProblemNotice error={error} />
      {!data && !error && <Skeleton />}
      {data && <Whole thread={data} />}
    </div>
  );
}

function Whole({ thread }: { thread: Thread }) {
  const { t } = useTranslation('threads');
  const [lit, setLit] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const stations = useMemo(() => columns(thread.nodes), [thread]);
  const shine = useMemo(() => {
    const [kind, id] = (lit ?? keyOf(thread.kind, thread.id)).split('/') as [NodeKind, string];
    return new Set(along(thread, kind, id).map((node) => keyOf(node.kind, node.id)));
  }, [thread, lit]);
  useKeys([{ key: '↑ ↓ ← →', label: t('keys_move') }]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-node]');
    if (!at) return;
    const [kind, id] = at.dataset.node!.split('/') as [NodeKind, string];
    const column = stations.find((station) => station.kind === kind)?.nodes ?? [];
    const row = column.findIndex((node) => node.id === id);
    const goal: Record<string, ThreadNode | undefined> = {
      ArrowDown: column[row + 1],
      ArrowUp: column[row - 1],
      ArrowRight: nextOf(thread, { kind, id })[0],
      ArrowLeft: previousOf(thread, { kind, id })[0],
    };
    if (!(event.key in goal)) return;
    event.preventDefault();
    const next = goal[event.key];
    if (next) box.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(keyOf(next.kind, next.id))}"] .node-name`)?.focus();
  };

  if (thread.nodes.length <= 1 && thread.edges.length === 0) return <Empty>{t('alone')}</Empty>;
  return (
    <>
      <p className="note no-print">{t('page_note')}</p>
      {thread.truncated && <p className="notice info">{t('truncated')}</p>}
      <div className={['web', stations.length > 7 ? 'eight' : stations.length > 6 ? 'seven' : ''].join(' ').trim()} ref={box} onKeyDown={onKeyDown} onMouseLeave={() => setLit(null)}>
        <Lines thread={thread} box={box} shine={shine} />
        {stations.map((station) => (
          <section key={station.kind} className={`station ${station.kind}`} aria-labelledby={`station-${station.kind}`}>
            <h2 id={`station-${station.kind}`}>
              {t(`kind.${station.kind}`)} <span className="sub n">{station.nodes.length > 0 ? t(`count.${station.kind}`, { count: station.nodes.length }) : t('none_yet')}</span>
            </h2>
            <ul>
              {station.nodes.map((node) => (
                <NodeCard key={node.id} node={node} thread={thread} lit={shine.has(keyOf(node.kind, node.id))} onLight={setLit} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <ul className="legend" aria-label={t('legend.title')}>
        <li>
          <svg viewBox="0 0 40 8" aria-hidden="true"><path d="M0 4h40" /></svg>
          {t('legend.solid')}
        </li>
        <li>
          <svg viewBox="0 0 40 8" aria-hidden="true"><path d="M0 4h40" className="back" /></svg>
          {t('legend.dashed')}
        </li>
        <li>
          <svg viewBox="0 0 40 8" aria-hidden="true"><path d="M0 4h40" className="maybe" /></svg>
          {t('legend.dotted')}
        </li>
      </ul>
    </>
  );
}

function NodeCard({ node, thread, lit, onLight }: { node: ThreadNode; thread: Thread; lit: boolean; onLight: (key: string | null) => void }) {
  const { t } = useTranslation('threads');
  const language = useDateLanguage();
  const number = useNumber();
  const key = keyOf(node.kind, node.id);
  const here = node.kind === thread.kind && node.id === thread.id;
  const next = nextOf(thread, node);
  const names = next.map((one) => [number(one.kind, one.number), one.title].filter(Boolean).join(' '));
  return (
    <li data-node={key} className={`node${here ? ' here' : ''}${lit ? ' lit' : ''}${node.candidate ? ' candidate' : ''}`} onMouseEnter={() => onLight(key)} onFocus={() => onLight(key)}>
      <p className="m">
        <span className="n">{number(node.kind, node.number)}</span>
        <span className="n">{shortDate(node.on, language)}</span>
      </p>
      <p className="name">
        <RecordLink kind={node.kind} id={node.id} readable={node.readable} className="node-name" aria-current={here ? 'true' : undefined}>
          {node.title || t('no_title')}
        </RecordLink>
      </p>
      {(node.state || node.candidate || here) && (
        <p className="sm">
          <NodeState node={node} /> {node.candidate && <span className="tag">{t('candidate')}</span>} {here && <span className="tag hit">{t('here')}</span>}
        </p>
      )}
      {node.background && <p className="bg prose">{node.background}</p>}
      {!node.readable && <p className="sub">{t('not_readable')}</p>}
      {names.length > 0 && (
        <p className="to">
          {t('leads_to')} {names.join(t('and'))}
        </p>
      )}
    </li>
  );
}


/** Drawn behind the boxes from where they stand; the same links stand in words in every box. */
function Lines({ thread, box, shine }: { thread: Thread; box: React.RefObject<HTMLDivElement | null>; shine: ReadonlySet<string> }) {
  const [drawn, setDrawn] = useState<{ lines: { key: string; path: string; back: boolean; maybe: boolean }[]; width: number; height: number }>({ lines: [], width: 0, height: 0 });
  const draw = useCallback(() => {
    const root = box.current;
    if (!root) return;
    const origin = root.getBoundingClientRect();
    const place = (key: string) => {
      const rect = root.querySelector(`[data-node="${CSS.escape(key)}"]`)?.getBoundingClientRect();
      return rect && { left: rect.left - origin.left, right: rect.right - origin.left, top: rect.top - origin.top, bottom: rect.bottom - origin.top, middle: rect.top - origin.top + Math.min(rect.height / 2, 40) };
    };
    const floor = root.scrollHeight - 12;
    const lines = thread.edges.flatMap((edge, at) => {
      const back = goesBack(edge);
      const ends = [place(keyOf(edge.from_kind, edge.from_id)), place(keyOf(edge.to_kind, edge.to_id))];
      if (!back && kinds.indexOf(edge.to_kind) < kinds.indexOf(edge.from_kind)) ends.reverse();
      const [a, b] = ends;
      if (!a || !b) return [];
      const maybe = thread.nodes.some((node) => node.kind === edge.from_kind && node.id === edge.from_id && node.candidate);
      const bend = Math.max(10, Math.min(48, (b.left - a.right) / 2));
      const low = floor - (at % 3) * 6;
      const path = back
        ? `M${a.right} ${a.middle} h6 V${low} H${b.left - 8} V${b.middle} h8`
        : edge.from_kind === edge.to_kind
          ? `M${a.left} ${a.middle} h-8 V${b.middle} h8`
          : `M${a.right} ${a.middle} C${a.right + bend} ${a.middle} ${b.left - bend} ${b.middle} ${b.left} ${b.middle}`;
      return [{ key: `${keyOf(edge.from_kind, edge.from_id)}>${keyOf(edge.to_kind, edge.to_id)}`, path, back, maybe }];
    });
    setDrawn({ lines, width: root.scrollWidth, height: root.scrollHeight });
  }, [thread, box]);

  // Not a layout effect: the box of the parent is known only after those of its children have run.
  useEffect(() => {
    draw();
    if (!box.current || typeof ResizeObserver === 'undefined') return;
    const watch = new ResizeObserver(() => draw());
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [draw, box]);

  return (
    <svg className="lines" width={drawn.width} height={drawn.height} aria-hidden="true">
      {drawn.lines.map((line, at) => {
        const [a, b] = line.key.split('>') as [string, string];
        return <path key={`${line.key}${at}`} d={line.path} className={[line.back ? 'back' : '', line.maybe ? 'maybe' : '', shine.has(a) && shine.has(b) ? 'lit' : ''].filter(Boolean).join(' ') || undefined} />;
      })}
    </svg>
  );
}
