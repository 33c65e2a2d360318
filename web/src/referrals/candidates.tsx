import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Candidate, FitPoint, Match, ReferralRow } from '../api/types';
import { useCodes } from '../packs/codes';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { AskForm } from './ask_form';
import { candidatesQuery, waits } from './queries';

const shownFirst = 20;
/** As many as the server compares. */
const mostCompared = 500;

/** The places that offer the service, those that fit first, each with what fits and what does not. */
export function CandidatesSection({ match, asks, writes }: { match: Match; asks: readonly ReferralRow[]; writes: boolean }) {
  const { t } = useTranslation(['referrals', 'common']);
  const [beyond, setBeyond] = useState(false);
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  const [asking, setAsking] = useState(false);
  const { data, error, isPending, refetch } = useQuery(candidatesQuery(match.id, beyond));
  const items = data?.items ?? [];
  const shown = all ? items : items.slice(0, shownFirst);
  const waiting = new Set(asks.filter((one) => waits(one.state)).map((one) => one.place_id));
  const picked = items.filter((one) => chosen.includes(one.place_id) && !waiting.has(one.place_id));
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <Section
      id="candidates"
      title={t('candidates.title')}
      note={data && t('candidates.count', { count: items.length, fitting: data.fitting })}
      more={
        <label className="opt inline no-print">
          <input type="checkbox" checked={beyond} onChange={(event) => setBeyond(event.target.checked)} />
          {t('candidates.beyond')}
        </label>
      }
    >
      <ProblemNotice error={error}>
        <Button onPress={() => void refetch()}>{t('common:try_again')}</Button>
      </ProblemNotice>
      {isPending && <Skeleton lines={8} />}
      {data && items.length === 0 && <Empty action={!beyond && <Button onPress={() => setBeyond(true)}>{t('candidates.look_beyond')}</Button>}>{t(beyond ? 'candidates.none_beyond' : 'candidates.none')}</Empty>}
      {items.length > 0 && (
        <>
          <p className="note">{t(data?.with_distance ? 'candidates.what_distance' : 'candidates.what')}</p>
          {items.length >= mostCompared && <p className="note">{t('candidates.limited', { count: items.length })}</p>}
          <ul className="candidates">
            {shown.map((one) => (
              <CandidateLine key={one.place_id} one={one} waiting={waiting.has(one.place_id)} chosen={chosen.includes(one.place_id)} onToggle={writes ? () => toggle(one.place_id) : undefined} />
            ))}
          </ul>
          {items.length > shown.length && (
            <Button kind="plain" small className="no-print" onPress={() => setAll(true)}>
              {t('candidates.all', { count: items.length })}
            </Button>
          )}
          {writes && (
            <div className="form-bar no-print">
              <span className="save" role="status">
                {picked.length > 0 ? t('candidates.chosen', { count: picked.length }) : t('candidates.choose')}
              </span>
              <Button kind="primary" onPress={() => (picked.length > 0 ? setAsking(true) : document.querySelector<HTMLInputElement>('.candidates input')?.focus())}>
                {t('candidates.ask')}
              </Button>
            </div>
          )}
        </>
      )}
      {asking && (
        <AskForm
          match={match}
          places={picked}
          onClose={() => setAsking(false)}
          onAsked={() => {
            setAsking(false);
            setChosen([]);
          }}
        />
      )}
    </Section>
  );
}

function CandidateLine({ one, waiting, chosen, onToggle }: { one: Candidate; waiting: boolean; chosen: boolean; onToggle?: () => void }) {
  const { t } = useTranslation('referrals');
  const codes = useCodes();
  const language = useDateLanguage();
  const id = `candidate-${one.place_id}`;
  return (
    <li className={one.misses > 0 ? 'misses' : undefined}>
      <div className="pick">{onToggle && !waiting && <input type="checkbox" id={id} aria-label={t('candidates.pick', { name: one.name })} checked={chosen} onChange={onToggle} />}</div>
      <div>
        <p className="head">
          <Link to="/resources/$id" params={{ id: one.place_id }}>
            {one.name}
          </Link>
          {one.distance_km !== null && <span className="sub n">{t('candidates.km', { distance: one.distance_km.toFixed(1) })}</span>}
          {waiting && <span className="tag">{t('candidates.waiting')}</span>}
        </p>
        <p className="points">
          {one.points.map((point) => (
            <Point key={point.condition} point={point} />
          ))}
          {one.points.length === 0 && <span className="sub">{t('candidates.no_conditions')}</span>}
        </p>
        {one.earlier && !waiting && (
          <p className="sub">
            <Link to="/referrals/$id" params={{ id: one.earlier.referral_id }}>
              {t('candidates.earlier', { day: shortDate(one.earlier.on, language), answer: t(`answer.${one.earlier.answer || 'waiting'}`) })}
            </Link>{' '}
            {codes.label('refusal_reason', one.earlier.reason)}
          </p>
        )}
      </div>
      <dl className="ways">
        <Way label={t('candidates.contact')} value={[codes.label('resource_contact', one.contact), one.phone, one.fax && `FAX ${one.fax}`].filter(Boolean).join(' ')} />
        <Way label={t('candidates.hours')} value={one.hours} />
        <Way label={t('candidates.capacity')} value={one.capacity} />
        <Way label={t('candidates.manners')} value={one.manners} />
        <Way label={t('candidates.admission')} value={one.admission} />
        <Way label={t('candidates.checked')} value={one.checked_on ? shortDate(one.checked_on, language) : one.has_local ? '' : t('candidates.public_only')} />
      </dl>
    </li>
  );
}

function Way({ label, value }: { label: string; value: string }) {
  return value ? (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  ) : null;
}

const marks = { fits: 'check', unknown: 'none', misses: 'stopped' } as const;

const schemes: Record<string, string> = { treatments: 'treatment', open_times: 'open_time', languages: 'language', costs: 'cost' };

/** One condition: its mark, its word, and what is missing or said. */
function Point({ point }: { point: FitPoint }) {
  const { t } = useTranslation('referrals');
  const codes = useCodes();
  const missing = point.missing.map((one) => (point.condition === 'days' ? t(`day.${one}`) : codes.label(schemes[point.condition] ?? 'treatment', one))).join(t('and'));
  return (
    <span className={`point ${point.fit}`}>
      <Icon name={marks[point.fit]} />
      {t(`condition.${point.condition}`)} {t(`fit.${point.fit}`)}
      {missing && t('fit.missing', { what: missing })}
    </span>
  );
}
