import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { CommonPoint, Consultation, ConsultationSheet, SimilarCase, SimilarCases as Answer } from '../api/types';
import { useKeys } from '../app/keys';
import { useCodes } from '../packs/codes';
import { useNumber } from '../records/words';
import { useNames } from '../regions/regions';
import { screenOf } from '../threads/walk';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { shortDate } from '../ui/japanese_date';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { CompareCases, type Present } from './compare_cases';
import { RailSection } from './rail_section';
import { usePaused } from './use_paused';
import './similar_cases.css';

const pause = 900;
const mostPoints = 8;

/** Cases like the sheet that is being typed. */
export function SimilarToSheet({ sheet, ownId, folds }: { sheet: ConsultationSheet; ownId: string | null; folds: boolean }) {
  // Only what is compared: who called and what was done about it change nothing.
  const { subject, request, background, illness, elements, topic, subtopic, scenes, relisted, treatments, age_band, household, care_level, district_id } = sheet;
  const asked = usePaused({ subject, request, background, illness, elements, topic, subtopic, scenes, relisted, treatments, age_band, household, care_level, district_id }, pause);
  const written = asked.elements.length > 0 || asked.topic !== null || [asked.subject, asked.request, asked.background, asked.illness].some((text) => text.trim().length > 1);
  const { data, error, isPending } = useQuery({
    queryKey: ['consultations', 'similar', ownId, asked],
    queryFn: (): Promise<Answer> => ask(api.POST('/api/consultations/similar', { body: { id: ownId, sheet: asked as ConsultationSheet } })),
    enabled: written,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    staleTime: 60_000,
  });
  return <Cases answer={written ? data : undefined} error={error} pending={written && isPending} present={{ sheet }} newTab folds={folds} />;
}

/** Cases like one that was written before. */
export function SimilarToCase({ consultation }: { consultation: Consultation }) {
  const { id, sheet, number } = consultation;
  const { data, error, isPending } = useQuery({
    queryKey: ['consultations', 'similar', id],
    queryFn: (): Promise<Answer> => ask(api.GET('/api/consultations/{id}/similar', { params: { path: { id } } })),
    staleTime: 60_000,
  });
  return <Cases answer={data} error={error} pending={isPending} present={{ sheet, number }} />;
}

interface CasesProps {
  answer: Answer | undefined;
  error: unknown;
  pending: boolean;
  present: Present;
  newTab?: boolean;
  folds?: boolean;
}

function Cases({ answer, error, pending, present, newTab, folds = false }: CasesProps) {
  const { t } = useTranslation('consultations');
  const items = answer?.items ?? [];
  // The cases as they stood: an answer that comes in meanwhile puts no other one under the reader's eyes.
  const [compared, setCompared] = useState<{ items: SimilarCase[]; at: number } | null>(null);
  const compare = (at: number) => setCompared({ items, at });
  // While a call is written down, a letter alone is text.
  useKeys(items.length > 0 ? [{ key: newTab ? 'Alt+v' : 'v', label: t('alike.compare_title'), run: () => compare(0) }] : []);
  return (
    <>
      <RailSection id="alike" title={t('alike.title')} note={items.length > 0 ? t('alike.order') : undefined} folds={folds} line={items.length > 0 ? t('alike.count', { count: items.length }) : undefined}>
        <ProblemNotice error={error} />
        {pending && !error && <Skeleton lines={3} />}
        {!pending && !error && items.length === 0 && <p className="note">{answer?.asked ? t('alike.none') : t('alike.choose')}</p>}
        {answer?.indexing && <p className="note">{t('alike.indexing')}</p>}
        {items.map((one, at) => (
          <Case key={one.id ?? at} one={one} newTab={newTab} onCompare={() => compare(at)} keys={at > 0 ? undefined : newTab ? ['Alt', 'V'] : ['v']} />
        ))}
      </RailSection>
      {compared && <CompareCases present={present} items={compared.items} at={compared.at} newTab={newTab} onGo={(at) => setCompared({ ...compared, at })} onClose={() => setCompared(null)} />}
    </>
  );
}

function Case({ one, newTab, onCompare, keys }: { one: SimilarCase; newTab?: boolean; onCompare: () => void; keys: string[] | undefined }) {
  const { t } = useTranslation('consultations');
  const language = useDateLanguage();
  const names = useNames();
  const codes = useCodes();
  const number = useNumber();
  const target = newTab ? { target: '_blank' } : {};
  const about = [codes.label('age_band', one.age_band), codes.label('household', one.household), codes.label('care_level', one.care_level)].filter(Boolean);
  const done = [codes.label('result', one.result), one.support_text].filter(Boolean);
  return (
    <article className="like">
      <div className="lh">
        {one.id ? (
          <Link to="/consultations/$id" params={{ id: one.id }} className="b" {...target}>
            {one.subject || one.number}
          </Link>
        ) : (
          <span className="b">
            <Icon name="lock" /> {t('alike.other_desk')}
          </span>
        )}
        {one.state && <StateChip kind="consultation" state={one.state} plain />}
      </div>
      <p className="sub">{one.id ? [one.number, shortDate(one.received_on, language), names.region(one.district_id)].filter(Boolean).join(' ') : t('alike.background_only')}</p>
      <dl>
        <dt>{t('alike.same')}</dt>
        <dd className="tags">
          {one.points.slice(0, mostPoints).map((point) => (
            <Point key={`${point.kind} ${point.scheme} ${point.code} ${point.text}`} point={point} />
          ))}
        </dd>
        {about.length > 0 && (
          <>
            <dt>{t('subject_person')}</dt>
            <dd>{about.join(t('and'))}</dd>
          </>
        )}
        {one.background && (
          <>
            <dt>{t('field.background')}</dt>
            <dd className="clip">{one.background}</dd>
          </>
        )}
        {done.length > 0 && (
          <>
            <dt>{t('alike.after')}</dt>
            <dd className="clip">{done.join(' ')}</dd>
          </>
        )}
        {one.followings.length > 0 && (
          <>
            <dt>{t('alike.followings')}</dt>
            <dd>
              <ul>
                {one.followings.map((following) => (
                  <li key={following.id}>
                    <Link to={screenOf[following.kind]!} params={{ id: following.id } as never} {...target}>
                      {following.number && number(following.kind, following.number)} {following.title}
                    </Link>{' '}
                    <StateChip kind={following.kind} state={following.state} plain />
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      <Button small kind="plain" onPress={onCompare} keys={keys}>
        {t('alike.compare')}
        <span className="vh"> {one.number || t('alike.other_desk')}</span>
      </Button>
    </article>
  );
}

/** One thing both have in common, in words. */
function Point({ point }: { point: CommonPoint }) {
  const codes = useCodes();
  const names = useNames();
  switch (point.kind) {
    case 'code':
      return <span className={point.scheme === 'element' ? 'tag hit' : 'tag'}>{codes.label(point.scheme, point.code)}</span>;
    case 'district':
      return <span className="tag">{names.region(point.code)}</span>;
    case 'illness':
      return <span className="tag">{point.text}</span>;
    case 'word':
      return <q className="tag">{point.text}</q>;
  }
}
