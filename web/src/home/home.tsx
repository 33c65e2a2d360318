import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { Board, Card, Stage } from '../api/types';
import { entries } from '../app/navigation';
import { usePlace } from '../app/place';
import { usePreference } from '../app/preference';
import type { Search } from '../app/router';
import { useMay, useSession } from '../app/session';
import { unfinished } from '../consultations/filters';
import { useCodes } from '../packs/codes';
import { useNumber } from '../records/words';
import { screenOf } from '../threads/walk';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { addDays, answerDate, longDate, shortDate, weekday } from '../ui/japanese_date';
import { useTitle } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import './home.css';

type Scope = 'mine' | 'desk' | 'all';

export default function Home() {
  const may = useMay();
  if (may('issues.read') || may('consultations.read')) return <Start />;
  const other = entries.find((entry) => entry.to !== '/' && entry.needs?.some(may));
  return <Navigate to={other?.to ?? '/settings'} replace />;
}

function Start() {
  const { t } = useTranslation(['home', 'common']);
  useTitle(t('title'));
  const language = useDateLanguage();
  const { session } = useSession();
  const navigate = useNavigate();
  const place = usePlace();
  const search = useSearch({ strict: false }) as Search;
  const [kept, keep] = usePreference<Scope>('home.scope', 'desk');
  const wanted = (['mine', 'desk', 'all'].includes(search.scope ?? '') ? search.scope : kept) as Scope;
  const scope: Scope = wanted === 'desk' && !place.desk ? 'all' : wanted;
  const query = { ...(scope === 'desk' && place.desk ? { desk: place.desk.id } : {}), ...(scope === 'mine' ? { mine: 'true' } : {}) };
  const { data, error, refetch } = useQuery({ queryKey: ['home', query], queryFn: () => ask(api.GET('/api/home', { params: { query } } as never)) as Promise<Board> });
  const choose = (next: Scope) => {
    keep(next);
    void navigate({ to: '/', search: { scope: next }, replace: true });
  };
  // Without it the lists would fall back to the desk of the header.
  const filter: Search = { desk: query.desk ?? 'all' };
  const scopes: { value: Scope; label: string }[] = [{ value: 'mine', label: t('scope.mine') }, ...(place.desk ? [{ value: 'desk' as const, label: place.desk.name }] : []), { value: 'all', label: t('scope.all') }];
  const nothing = data && data.stages.every((stage) => stage.total === 0) && data.undos.length + data.answers.length + data.due_today.length + data.due_week.length + data.stuck.length === 0;

  return (
    <>
      <div className="title">
        <h1>{t('title')}</h1>
        {data && <p className="sub">{answerDate(data.today, language)}</p>}
        <div className="acts">
          <div className="seg" role="group" aria-label={t('scope.label')}>
            {scopes.map((one) => (
              <button key={one.value} type="button" aria-pressed={scope === one.value} onClick={() => choose(one.value)}>
                {one.label}
              </button>
            ))}
          </div>
        </div>
      </div>
      <ProblemNotice error={error}>
        <Button onPress={() => void refetch()}>{t('common:try_again')}</Button>
      </ProblemNotice>
      {!data && !error && <Skeleton lines={14} />}
      {nothing && <Fresh scope={scope} />}
      {data && !nothing && (
        <>
          <Undos cards={data.undos} />
          {data.answers.length > 0 && <Answers cards={data.answers} more={{ ...filter, task: 'to_settle', ...(scope === 'mine' ? { mine: 'true' } : {}) }} />}
          <div className="due">
            <Due id="due-today" title={t('today.title')} cards={data.due_today} today={data.today} empty={t('today.none')} note="" more={{ ...filter, due_by: data.today, state: unfinished.join(), fiscal_year: 'all', ...(scope === 'mine' ? { receiver: session.user_id } : {}) }} />
            <Due
              id="due-week"
              title={t('week.title')}
              cards={data.due_week}
              today={data.today}
              empty={t('week.none')}
              note={t('week.until', { day: shortDate(addDays(data.today, (7 - weekday(data.today)) % 7), language) })}
              more={{ ...filter, due_by: addDays(data.today, (7 - weekday(data.today)) % 7), state: unfinished.join(), fiscal_year: 'all', ...(scope === 'mine' ? { receiver: session.user_id } : {}) }}
            />
          </div>
          <div className="homegrid">
            <section aria-labelledby="board-h">
              <h2 className="vh" id="board-h">
                {t('stages')}
              </h2>
              <div className="board">
                {data.stages.map((stage) => (
                  <StageColumn key={stage.stage} stage={stage} filter={filter} mine={scope === 'mine' ? session.user_id : undefined} />
                ))}
              </div>
            </section>
            <Stuck board={data} />
          </div>
        </>
      )}
    </>
  );
}

/** The list behind a number of the board; the total of stage 2 has none, since it holds cases and issues. */
export function listOf(stage: number, state: string | undefined, filter: Search, mine: string | undefined): { to: string; search: Search } | null {
  const cases = (search: Search) => ({ to: '/consultations', search: { ...filter, fiscal_year: 'all', ...search, ...(mine ? { receiver: mine } : {}) } });
  const issues = (search: Search) => ({ to: '/issues', search: { ...filter, ...search, ...(mine ? { owner: mine } : {}) } });
  if (stage === 1 && !state) return cases({ state: unfinished.join() });
  const standing: Record<string, string> = { received: 'received', open: 'worked_on', discussed_cases: 'on_agenda', awaiting_advice: 'awaiting_advice' };
  if (stage <= 2 && state && standing[state]) return cases({ standing: standing[state] });
  if (stage === 1) return cases({ state });
  if (stage === 2) return state ? issues({ on_agenda: 'true' }) : null;
  const all: Record<number, string> = { 3: 'sign,reviewing,on_hold', 4: 'planned,underway', 5: 'evaluating' };
  return issues({ state: state ?? all[stage]! });
}

function CardLink({ card }: { card: Card }) {
  const { t } = useTranslation('home');
  const to = screenOf[card.kind];
  return to ? (
    <Link to={to} params={{ id: card.id } as never}>
      {card.title || card.number || t(`kind.${card.kind}`)}
    </Link>
  ) : (
    <span>{card.title}</span>
  );
}

const shownDue = 8;

function Due({ id, title, cards, today, empty, note, more }: { id: string; title: string; cards: Card[]; today: string; empty: string; note: string; more: Search }) {
  const { t } = useTranslation('home');
  const may = useMay();
  const language = useDateLanguage();
  const number = useNumber();
  const codes = useCodes();
  /** Of a discharge the paper that is due, of an activity its kind. */
  const who = (card: Card) => (card.kind === 'discharge' ? codes.short('discharge_paper', card.who) : card.kind === 'activity' ? codes.short('activity_kind', card.who) : card.who);
  const [all, setAll] = useState(false);
  const shown = all ? cards : cards.slice(0, shownDue);
  return (
    <section className="sec" aria-labelledby={id}>
      <div className="sec-h">
        <h2 id={id}>{title}</h2>
        <span className="sub">
          {note} {t('count', { count: cards.length })}
        </span>
        {may('consultations.read') && (
          <Link className="more" to="/consultations" search={more}>
            {t('as_list')}
          </Link>
        )}
      </div>
      {cards.length === 0 && <p className="note none">{empty}</p>}
      <ul>
        {shown.map((card) => (
          <li key={`${card.kind}${card.id}${card.title}`}>
            <span className="n when">
              {card.days > 0 ? (
                <span className="late">
                  <Icon name="late" /> {t('late', { count: card.days })}
                </span>
              ) : card.on === today ? (
                <span className="today">{t('today.word')}</span>
              ) : (
                shortDate(card.on, language)
              )}
            </span>
            <span className="what">
              <CardLink card={card} />
            </span>
            <span className="who">
              {number(card.kind, card.number) || t(`kind.${card.kind}`)} {who(card)}
            </span>
          </li>
        ))}
      </ul>
      {cards.length > shown.length && (
        <Button kind="plain" small className="no-print" onPress={() => setAll(true)}>
          {t('show_all', { count: cards.length })}
        </Button>
      )}
    </section>
  );
}

/** Closings that a colleague asks to undo: they wait for a second person, and this one may be it. */
function Undos({ cards }: { cards: Card[] }) {
  const { t } = useTranslation('home');
  const language = useDateLanguage();
  if (cards.length === 0) return null;
  return (
    <section className="sec due whole undos" aria-labelledby="undos-h">
      <div className="sec-h">
        <h2 id="undos-h">{t('undos.title')}</h2>
        <span className="sub">
          {t('undos.what')} {t('count', { count: cards.length })}
        </span>
      </div>
      <ul>
        {cards.map((card) => (
          <li key={card.id}>
            <span className="n when">{shortDate(card.on, language)}</span>
            <span className="what">
              <CardLink card={card} />
            </span>
            <span className="who">
              {card.number} {t('undos.asked_by', { name: card.who })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Places that would take somebody: the desk decides whose answer to take, the longest waiting first. */
function Answers({ cards, more }: { cards: Card[]; more: Search }) {
  const { t } = useTranslation('home');
  const [all, setAll] = useState(false);
  const shown = all ? cards : cards.slice(0, shownDue);
  return (
    <section className="sec due whole answers" aria-labelledby="answers-h">
      <div className="sec-h">
        <h2 id="answers-h">{t('answers.title')}</h2>
        <span className="sub">
          {t('answers.what')} {t('count', { count: cards.length })}
        </span>
        <Link className="more" to="/referrals" search={more}>
          {t('answers.as_list')}
        </Link>
      </div>
      <ul>
        {shown.map((card) => (
          <li key={card.id}>
            <span className="n when">{card.days > 0 ? t('answers.days', { count: card.days }) : t('answers.today')}</span>
            <span className="what">
              <CardLink card={card} />
            </span>
            <span className="who">
              {card.number} {t(`answers.answer.${card.who}`)}
            </span>
          </li>
        ))}
      </ul>
      {cards.length > shown.length && (
        <Button kind="plain" small className="no-print" onPress={() => setAll(true)}>
          {t('show_all', { count: cards.length })}
        </Button>
      )}
    </section>
  );
}

function StageColumn({ stage, filter, mine }: { stage: Stage; filter: Search; mine: string | undefined }) {
  const { t, i18n } = useTranslation(['home', 'common']);
  const may = useMay();
  const id = `stage-${stage.stage}`;
  const word = (state: string) => (i18n.exists(`home:state.${state}`) ? t(`home:state.${state}`) : t(`common:state.issue.${state}`));
  const [first, second] = stage.newest;
  const whole = listOf(stage.stage, undefined, filter, mine);
  const opens = (to: string) => may(to === '/consultations' ? 'consultations.read' : 'issues.read');
  return (
    <section className="stage" aria-labelledby={id}>
      <header>
        <span className="no" aria-hidden="true">
          {stage.stage}
        </span>
        <h3 id={id}>{t(`home:stage.${stage.stage}`)}</h3>
        {stage.stage < 5 && (
          <span className="arw">
            <Icon name={stage.stage === 2 ? 'both' : 'right'} />
            <span className="vh">{t(stage.stage === 2 ? 'home:arrow.both' : 'home:arrow.next')}</span>
          </span>
        )}
      </header>
      <div className="sum">
        {whole && opens(whole.to) ? (
          <Link className="big n" to={whole.to} search={whole.search} aria-label={t('home:count', { count: stage.total })}>
            {stage.total.toLocaleString('en-US')}
            <small>{t('home:unit')}</small>
          </Link>
        ) : (
          <span className="big n">
            {stage.total.toLocaleString('en-US')}
            <small>{t('home:unit')}</small>
          </span>
        )}
        <ul>
          {stage.states
            .filter((one) => one.count > 0)
            .map((one) => {
              const list = listOf(stage.stage, one.state, filter, mine);
              return (
                <li key={one.state}>
                  {word(one.state)}{' '}
                  {list && opens(list.to) ? (
                    <Link className="n" to={list.to} search={list.search} aria-label={`${word(one.state)} ${t('home:count', { count: one.count })}`}>
                      {one.count}
                    </Link>
                  ) : (
                    <span className="n">{one.count}</span>
                  )}
                </li>
              );
            })}
        </ul>
      </div>
      <h4>{stage.oldest ? t('home:oldest') : t('home:no_card')}</h4>
      <StageCard card={stage.oldest ?? undefined} />
      {first ? <h4>{t('home:newest')}</h4> : <p className="h4" />}
      <StageCard card={first} />
      <StageCard card={second} />
      {stage.total > 0 && whole && opens(whole.to) ? (
        <Link className="all" to={whole.to} search={whole.search}>
          {t('home:all', { count: stage.total })}
        </Link>
      ) : stage.total > 0 && stage.stage === 2 && may('meetings.read') ? (
        <Link className="all" to="/meetings" search={{ state: 'planned' }}>
          {t('home:all_meetings')}
        </Link>
      ) : (
        <span className="all" />
      )}
    </section>
  );
}

function StageCard({ card }: { card: Card | undefined }) {
  const language = useDateLanguage();
  const number = useNumber();
  if (!card) return <div className="card" />;
  return (
    <div className="card">
      <CardLink card={card} />
      <div className="m">
        <span className="n">{number(card.kind, card.number)}</span>
        <span className="n">{shortDate(card.on, language)}</span>
      </div>
    </div>
  );
}

function Stuck({ board }: { board: Board }) {
  const { t } = useTranslation('home');
  const number = useNumber();
  const language = useDateLanguage();
  return (
    <section className="sec stuck" aria-labelledby="stuck-h">
      <div className="sec-h">
        <h2 id="stuck-h">{t('stuck.title')}</h2>
        <span className="more sub">{t('count', { count: board.stuck_total })}</span>
      </div>
      {board.stuck.length === 0 && <p className="note">{t('stuck.none')}</p>}
      <ul>
        {board.stuck.map((card) => (
          <li key={`${card.kind}${card.id}`}>
            <span className="d">
              {t('days', { count: card.days })}
              <span>{t(`kind.${card.kind}`)}</span>
            </span>
            <div>
              <CardLink card={card} />
              <p className="w">{[number(card.kind, card.number), card.who || (card.on ? longDate(card.on, language) : '')].filter(Boolean).join(' ')}</p>
            </div>
          </li>
        ))}
      </ul>
      <p className="note">{t('stuck.what')}</p>
    </section>
  );
}

/** A fresh installation, or a desk on its first day: what to do first. */
function Fresh({ scope }: { scope: Scope }) {
  const { t } = useTranslation(['home', 'common']);
  const may = useMay();
  const steps = [
    { name: 'consultation', to: '/consultations/new', needs: 'consultations.write' },
    { name: 'issue', to: '/issues/new', needs: 'issues.write' },
    { name: 'body', to: '/bodies/new', needs: 'meetings.write' },
  ].filter((step) => may(step.needs));
  return (
    <section className="sec" aria-labelledby="fresh-h">
      <div className="sec-h">
        <h2 id="fresh-h">{t(scope === 'mine' ? 'home:fresh.mine' : 'home:fresh.title')}</h2>
      </div>
      <p className="note">{t('home:fresh.what')}</p>
      <ol className="fresh">
        {steps.map((step, at) => (
          <li key={step.name}>
            <span className="no" aria-hidden="true">
              {at + 1}
            </span>
            <div>
              <h3>{t(`home:fresh.${step.name}.title`)}</h3>
              <p className="sm">{t(`home:fresh.${step.name}.what`)}</p>
              <ButtonLink small kind={at === 0 ? 'primary' : 'outline'} to={step.to}>
                {t(`home:fresh.${step.name}.action`)}
              </ButtonLink>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
