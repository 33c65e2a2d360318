import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import { ProblemError } from '../api/problem';
import type { MatchedPlace, MatchState, PlaceMatch } from '../api/types';
import { useKeys } from '../app/keys';
import type { Search } from '../app/router';
import { useCodes } from '../packs/codes';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { SelectField, TextField } from '../ui/field';
import { inJapan, shortDate } from '../ui/japanese_date';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { fieldMessage, ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { useHome, useMunicipalityName, useSourceName } from './queries';
import '../records/records.css';
import './resources.css';

const states = ['proposed', 'confirmed', 'refused'] as const;

/** 同じ場所の照合: pairs of places from two files, to be joined or kept apart, one after the other by keyboard. */
export default function MatchReview() {
  const { t } = useTranslation(['resources', 'problems']);
  const { t: p } = useTranslation('problems');
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const toast = useToast();
  const home = useHome();
  const municipality = useMunicipalityName();
  const state = states.find((one) => one === search.state) ?? 'proposed';
  const [typed, setTyped] = useState<string | null>(null);
  const area = typed ?? search.municipality ?? home?.code ?? '';
  const [problem, setProblem] = useState<unknown>(null);
  const [looking, setLooking] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ['place-matches', state, search.municipality ?? ''],
    queryFn: ({ pageParam }) => ask(api.GET('/api/place-matches', { params: { query: { state, municipality: search.municipality ? [search.municipality] : undefined, limit: 50, after: pageParam } } } as never)) as Promise<{ items: PlaceMatch[]; next: string | null; total: number; total_capped: boolean }>,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const first = list.data?.pages[0];
  const ids = useRef<string[]>([]);
  useEffect(() => {
    ids.current = items.map((one) => one.id);
  });
  const at = () => {
    const id = document.activeElement?.closest('[data-match]')?.getAttribute('data-match');
    return items.find((one) => one.id === id);
  };
  const go = (step: number) => {
    const here = ids.current.indexOf(at()?.id ?? '');
    const next = ids.current[Math.min(ids.current.length - 1, Math.max(0, here + step))];
    document.querySelector<HTMLElement>(`[data-match="${next}"]`)?.focus();
  };
  const decide = async (match: PlaceMatch | undefined, to: MatchState) => {
    if (!match || match.state === to) return;
    setProblem(null);
    const neighbour = ids.current[ids.current.indexOf(match.id) + 1] ?? ids.current[ids.current.indexOf(match.id) - 1];
    try {
      const done = (await ask(api.PUT('/api/place-matches/{id}/state', { params: { path: { id: match.id } }, body: { state: to }, ...ifMatch(match.version) } as never))) as PlaceMatch;
      toast(t(`match.done.${to}`), { undo: () => void decide(done, match.state) });
    } catch (failed) {
      setProblem(failed);
    }
    await queries.invalidateQueries({ queryKey: ['place-matches'] });
    void queries.invalidateQueries({ queryKey: ['places'] });
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-match="${neighbour}"]`)?.focus());
  };
  const look = async () => {
    if (looking) return;
    setLooking(true);
    setProblem(null);
    try {
      const found = (await ask(api.POST('/api/place-matches/search', { body: { municipality: area.trim() } } as never))) as { places: number; proposed: number; joined: number };
      toast(t('match.found', { places: found.places.toLocaleString(), proposed: found.proposed.toLocaleString(), joined: found.joined.toLocaleString() }));
      await queries.invalidateQueries({ queryKey: ['place-matches'] });
      void queries.invalidateQueries({ queryKey: ['places'] });
    } catch (failed) {
      setProblem(failed);
    }
    setLooking(false);
  };
  const wrong = problem instanceof ProblemError ? problem.fields.find((one) => one.pointer === '/municipality') : undefined;
  useKeys([
    { key: 'j', label: t('match.key.next'), run: () => go(1) },
    { key: 'k', label: t('match.key.before'), run: () => go(-1) },
    { key: 'y', label: t('match.confirm'), run: () => void decide(at(), 'confirmed') },
    { key: 'x', label: t('match.refuse'), run: () => void decide(at(), 'refused') },
  ]);
  return (
    <div className="wide">
      <PageTitle
        title={t('match.title')}
        crumbs={[
          { to: '/resources', label: t('title') },
          { to: '/official-imports', label: t('official.title') },
        ]}
        actions={<PrintButton />}
      />
      <p className="sub form-what">{t('match.what')}</p>
      <div className="row2 no-print">
        <TextField id="f-municipality" label={t('match.area')} help={t('match.area_help')} maxLength={6} value={area} error={wrong ? fieldMessage(p, wrong) : undefined} onChange={setTyped} />
        <div className="f acts-below">
          <Button kind="primary" onPress={() => void look()}>{t(looking ? 'match.looking' : 'match.look')}</Button>
        </div>
      </div>
      <SelectField
        id="f-state"
        label={t('match.state')}
        options={states.map((value) => ({ value, label: t(`match.state_of.${value}`) }))}
        value={state}
        onChange={(value) => void navigate({ to: '/place-matches', search: { ...search, state: value === 'proposed' ? undefined : value }, replace: true })}
      />
      {!wrong && <ProblemNotice error={problem ?? list.error} />}
      {list.isPending && <Skeleton lines={8} />}
      {first && items.length === 0 && <Empty>{t(`match.none.${state}`)}</Empty>}
      {first && items.length > 0 && <p className="sub match-count" role="status">{t('match.count', { number: `${first.total.toLocaleString()}${first.total_capped ? '+' : ''}` })}</p>}
      {items.map((match) => (
        <Pair key={match.id} match={match} place={municipality(match.municipality_code)} onDecide={(to) => void decide(match, to)} />
      ))}
      {list.hasNextPage && <p className="no-print"><Button onPress={() => void list.fetchNextPage()}>{t('official.more')}</Button></p>}
    </div>
  );
}

function Pair({ match, place, onDecide }: { match: PlaceMatch; place: string; onDecide: (to: MatchState) => void }) {
  const { t } = useTranslation('resources');
  const language = useDateLanguage();
  return (
    <article className="match" data-match={match.id} tabIndex={-1} aria-label={`${match.place.name} / ${match.other.name}`}>
      <p>
        <b className="n">{match.score}</b> {t('match.points')} <span className="sub">{place} · {match.likeness.map((why) => t(`match.likeness.${why}`)).join(t('day_separator'))}</span>
      </p>
      <div className="pair">
        <Side one={match.place} like={match.likeness} kept />
        <Side one={match.other} like={match.likeness} />
      </div>
      {match.decided_at && (
        <p className="sub">
          {match.by_number ? t('match.by_number') : t('match.decided', { day: shortDate(inJapan(match.decided_at).date, language), name: match.decided_by_name || t('official.command') })}
        </p>
      )}
      <div className="acts no-print">
        {match.state !== 'confirmed' && <Button small kind={match.state === 'proposed' ? 'primary' : undefined} onPress={() => onDecide('confirmed')}>{t('match.confirm')}</Button>}
        {match.state !== 'refused' && <Button small onPress={() => onDecide('refused')}>{t(match.state === 'confirmed' ? 'match.split' : 'match.refuse')}</Button>}
        {match.state !== 'proposed' && <Button small kind="plain" onPress={() => onDecide('proposed')}>{t('match.undo')}</Button>}
      </div>
    </article>
  );
}

function Side({ one, like, kept = false }: { one: MatchedPlace; like: string[]; kept?: boolean }) {
  const { t } = useTranslation('resources');
  const codes = useCodes();
  const source = useSourceName();
  const same = (...why: string[]) => (why.some((each) => like.includes(each)) ? 'same' : undefined);
  return (
    <dl>
      <dt className={same('name', 'name_part')}>
        <Link to="/resources/$id" params={{ id: one.id }}>{one.name}</Link>
      </dt>
      <dd className="sub">{source(one.source)} {one.source_key}{kept && ` · ${t('match.kept')}`}</dd>
      <dd className={same('address', 'address_part')}>{one.address || '—'}</dd>
      <dd className={same('phone')}>{one.phone || '—'}</dd>
      <dd className={same('corporation')}>{one.corporation}</dd>
      <dd className="sub">{one.services.map((code) => codes.short('resource_service', code)).join(' · ')}</dd>
    </dl>
  );
}
