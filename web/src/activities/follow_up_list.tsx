// Everything that is still to be done, by day: a board to tick off, and a list to take along on paper.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { OpenFollowUp } from '../api/types';
import { usePlace } from '../app/place';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { useNames } from '../regions/regions';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { SelectField } from '../ui/field';
import { addDays, daysBetween, longDate, shortDate, today } from '../ui/japanese_date';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { useEntered } from './queries';
import { ConsultationTabs } from './tabs';
import './follow_up_list.css';

const periods = { today: 0, week: 7, month: 31 } as const;
type Period = keyof typeof periods | 'all';
const aPage = 200;
/** More than this nobody ticks off on paper; the period is then to be chosen shorter. */
const most = 1000;

interface Read {
  items: OpenFollowUp[];
  total: number;
  total_capped: boolean;
}

async function readAll(query: Record<string, string | boolean>): Promise<Read> {
  const items: OpenFollowUp[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const page = (await ask(api.GET('/api/follow-ups', { params: { query: { ...query, limit: aPage, ...(after ? { after } : {}) } } } as never))) as Read & { next: string | null };
    items.push(...page.items);
    after = items.length < most ? page.next : null;
    if (after === null) return { items, total: page.total, total_capped: page.total_capped };
  }
  return { items, total: items.length, total_capped: false };
}

export default function FollowUpList() {
  const { t } = useTranslation(['activities', 'common']);
  const navigate = useNavigate();
  const language = useDateLanguage();
  const place = usePlace();
  const names = useNames();
  const search = useSearch({ strict: false }) as Search;
  const desk = search.desk ?? place.desk?.id ?? 'all';
  const mine = search.mine === 'true';
  const period: Period = search.period === 'today' || search.period === 'month' || search.period === 'all' ? search.period : 'week';
  const now = today();
  const query = {
    ...(desk === 'all' ? {} : { desk }),
    ...(mine ? { mine: true } : {}),
    ...(period === 'all' ? {} : { until: addDays(now, periods[period]) }),
  };
  // Of a tick or its undo: the line may be gone when it fails.
  const [problem, setProblem] = useState<unknown>(null);
  const { data, error } = useQuery({ queryKey: ['follow-ups', query], queryFn: () => readAll(query) });
  const go = (next: Search) => void navigate({ to: '/consultations/follow-ups', search: { ...search, ...next }, replace: true });
  const groups = [
    { id: 'late', items: data?.items.filter((one) => one.due_on < now) ?? [] },
    { id: 'today', items: data?.items.filter((one) => one.due_on === now) ?? [] },
    { id: 'later', items: data?.items.filter((one) => one.due_on > now) ?? [] },
  ].filter((group) => group.items.length > 0);
  return (
    <div className="follow-up-list">
      <PageTitle title={t('activities:to_do.title')} actions={<PrintButton />} />
      <ConsultationTabs current="to_do" />
      <p className="print-only">
        {t('activities:to_do.printed', { day: longDate(now, language), desk: desk === 'all' ? t('activities:conference.every_desk') : names.desk(desk), period: t(`activities:to_do.period.${period}`) })}
      </p>
      <div className="to-do-head no-print">
        <SelectField label={t('activities:to_do.until')} value={period} onChange={(value) => go({ period: value })} options={(['today', 'week', 'month', 'all'] as const).map((one) => ({ value: one, label: t(`activities:to_do.period.${one}`) }))} />
        <SelectField label={t('activities:to_do.whose')} value={mine ? 'true' : 'false'} onChange={(value) => go({ mine: value })} options={[{ value: 'false', label: t('activities:to_do.everybody') }, { value: 'true', label: t('activities:to_do.mine') }]} />
        {place.desks.length > 1 && (
          <SelectField label={t('common:desk')} value={desk} onChange={(value) => go({ desk: value })} options={[{ value: 'all', label: t('activities:conference.every_desk') }, ...place.desks.map((one) => ({ value: one.id, label: one.name }))]} />
        )}
      </div>
      <ProblemNotice error={problem ?? error} />
      {!data && !error && <Skeleton lines={12} />}
      {data && data.items.length === 0 && <Empty>{t('activities:to_do.none')}</Empty>}
      {data && data.items.length > 0 && (
        <>
          <p role="status">
            <b className="n">{t(data.total_capped ? 'activities:to_do.count_capped' : 'activities:to_do.count', { count: data.total })}</b>
          </p>
          {data.total > data.items.length && <p className="notice">{t('activities:to_do.more', { shown: data.items.length })}</p>}
          {groups.map((group) => (
            <section key={group.id} aria-labelledby={`to-do-${group.id}`}>
              <h2 id={`to-do-${group.id}`}>
                {t(`activities:to_do.group.${group.id}`)} <span className="sub n">{t('activities:to_do.count', { count: group.items.length })}</span>
              </h2>
              <Table items={group.items} manyDesks={desk === 'all' && place.desks.length > 1} onProblem={setProblem} />
            </section>
          ))}
        </>
      )}
    </div>
  );
}

function Table({ items, manyDesks, onProblem }: { items: OpenFollowUp[]; manyDesks: boolean; onProblem: (problem: unknown) => void }) {
  const { t } = useTranslation(['activities', 'common', 'consultations']);
  const may = useMay();
  return (
    <div className="to-do-wrap">
      <table className="plain-t to-do">
        <thead>
          <tr>
            <th scope="col" className="tick print-cell">
              {t('activities:to_do.tick')}
            </th>
            <th scope="col" className="day">
              {t('activities:follow_up.due_on')}
            </th>
            <th scope="col">{t('activities:follow_up.note')}</th>
            <th scope="col">{t('activities:field.consultation')}</th>
            <th scope="col" className="owner">
              {t('activities:follow_up.owner')}
            </th>
            {manyDesks && (
              <th scope="col" className="desk">
                {t('common:desk')}
              </th>
            )}
            <th scope="col" className="print-cell memo">
              {t('activities:to_do.memo')}
            </th>
            {may('consultations.write') && (
              <th scope="col" className="no-print do">
                <span className="vh">{t('activities:follow_up.done')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <Line key={one.id} one={one} manyDesks={manyDesks} onProblem={onProblem} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ one, manyDesks, onProblem }: { one: OpenFollowUp; manyDesks: boolean; onProblem: (problem: unknown) => void }) {
  const { t } = useTranslation(['activities', 'common', 'consultations']);
  const language = useDateLanguage();
  const may = useMay();
  const codes = useCodes();
  const names = useNames();
  const toast = useToast();
  const queries = useQueryClient();
  const entered = useEntered();
  const [busy, setBusy] = useState(false);
  const late = daysBetween(one.due_on, today());

  const settle = async (version: number, done: boolean) => {
    await ask(api.PUT('/api/follow-ups/{id}/done', { params: { path: { id: one.id } }, body: { done }, ...ifMatch(version) } as never));
    entered(one.consultation_id);
    await queries.invalidateQueries({ queryKey: ['follow-ups'] });
  };
  const tick = async () => {
    if (busy) return;
    setBusy(true);
    onProblem(null);
    const failed = (error: unknown) => {
      onProblem(error);
      void queries.invalidateQueries({ queryKey: ['follow-ups'] });
    };
    try {
      await settle(one.version, true);
      toast(t('activities:follow_up.was_done'), { undo: () => void settle(one.version + 1, false).catch(failed) });
    } catch (error) {
      failed(error);
    }
    setBusy(false);
  };
  return (
    <tr>
      <td className="tick print-cell" aria-hidden="true">
        □
      </td>
      <td className="n day">
        {shortDate(one.due_on, language)}
        {late > 0 && <span className="late block">{t('activities:to_do.late', { count: late })}</span>}
      </td>
      <td>
        {one.note || t('activities:follow_up.without_note')}
      </td>
      <td>
        <Link to="/consultations/$id" params={{ id: one.consultation_id }}>
          <span className="n">{one.number}</span> {one.subject || t('consultations:no_subject')}
        </Link>
        {one.urgency && one.urgency !== 'normal' && <span className="sub block">{codes.label('urgency', one.urgency)}</span>}
      </td>
      <td className="owner">{one.owner_name || '—'}</td>
      {manyDesks && <td className="desk">{names.desk(one.desk_id)}</td>}
      <td className="print-cell memo" aria-hidden="true" />
      {may('consultations.write') && (
        <td className="no-print do">
          <Button small onPress={() => void tick()}>
            {t('activities:follow_up.done')}
            <span className="vh"> {`${one.number} ${one.note}`}</span>
          </Button>
        </td>
      )}
    </tr>
  );
}
