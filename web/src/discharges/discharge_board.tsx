import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DischargeBoard, DischargeRow } from '../api/types';
import { usePlace } from '../app/place';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { addDays, shortDate, today } from '../ui/japanese_date';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { PaperMarks } from './paper_marks';
import { boardQuery } from './queries';
import { DischargeTabs } from './tabs';

const weeks = 4;
const days = 7;

/** Four weeks of discharges, each with how far its papers have come; what has no day and what is overdue stands below. */
export default function DischargeBoardPage() {
  const { t } = useTranslation(['discharges', 'common']);
  const navigate = useNavigate();
  const may = useMay();
  const language = useDateLanguage();
  const search = useSearch({ strict: false }) as Search;
  const { desk } = usePlace();
  const query: Search = { ...(search.desk === 'all' ? {} : search.desk ? { desk: search.desk } : desk ? { desk: desk.id } : {}), ...(search.mine ? { mine: 'true' } : {}), ...(search.from ? { from: search.from } : {}) };
  const { data, error, refetch } = useQuery(boardQuery(query));
  const go = (next: Search) => void navigate({ to: '/discharges', search: { ...search, ...next }, replace: true });
  const start = data?.weeks[0]?.from;
  return (
    <div className="sheet-landscape wide">
      <PageTitle
        title={t('title')}
        actions={
          <>
            <PrintButton />
            {may('discharges.write') && (
              <ButtonLink kind="primary" icon="plus" to="/discharges/new">
                {t('new')}
              </ButtonLink>
            )}
          </>
        }
      />
      <DischargeTabs current="board" />
      <div className="week-move no-print">
        <Button small onPress={() => start && go({ from: addDays(start, -days * weeks) })}>
          {t('board.earlier')}
        </Button>
        <Button small onPress={() => go({ from: undefined })}>
          {t('board.this_week')}
        </Button>
        <Button small onPress={() => start && go({ from: addDays(start, days * weeks) })}>
          {t('board.later')}
        </Button>
        <label className="opt">
          <input type="checkbox" checked={search.mine === 'true'} onChange={(event) => go({ mine: event.target.checked ? 'true' : undefined })} />
          {t('board.mine')}
        </label>
      </div>
      <ProblemNotice error={error}>
        <Button onPress={() => void refetch()}>{t('common:try_again')}</Button>
      </ProblemNotice>
      {!data && !error && <Skeleton lines={12} />}
      {data && (
        <>
          {data.truncated && <p className="notice info">{t('board.truncated')}</p>}
          {nothing(data) && (
            <Empty
              action={
                may('discharges.write') && (
                  <ButtonLink kind="primary" to="/discharges/new">
                    {t('new')}
                  </ButtonLink>
                )
              }
            >
              {t('board.nothing')}
            </Empty>
          )}
          <div className="weeks">
            {data.weeks.map((week) => {
              const now = week.from <= today() && today() <= week.until;
              const off = data.holidays.filter((day) => week.from <= day && day <= week.until);
              return (
                <section key={week.from} className={now ? 'week now' : 'week'} aria-labelledby={`week-${week.from}`}>
                  <h2 id={`week-${week.from}`}>
                    {t('board.week', { from: shortDate(week.from, language), to: shortDate(week.until, language) })} {now && <span className="tag">{t('board.now')}</span>} <span className="sub n">{t('board.count', { count: week.items.length })}</span>
                  </h2>
                  {off.length > 0 && <p className="sub">{t('board.holidays', { days: off.map((day) => shortDate(day, language)).join(t('common:list_and')) })}</p>}
                  {week.items.length === 0 && <p className="note">{t('board.none')}</p>}
                  <ul>
                    {week.items.map((row) => (
                      <BoardCard key={row.id} row={row} />
                    ))}
                  </ul>
                </section>
              );
            })}
          </div>
          <Apart title={t('board.overdue')} what={t('board.overdue_what')} rows={data.overdue} id="overdue" />
          <Apart title={t('board.undated')} what={t('board.undated_what')} rows={data.undated} id="undated" />
        </>
      )}
    </div>
  );
}

function nothing(board: DischargeBoard): boolean {
  return board.overdue.length + board.undated.length + board.weeks.reduce((sum, week) => sum + week.items.length, 0) === 0;
}

function Apart({ id, title, what, rows }: { id: string; title: string; what: string; rows: DischargeRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section className="sec apart" aria-labelledby={`${id}-h`}>
      <div className="sec-h">
        <h2 id={`${id}-h`}>{title}</h2>
        <span className="sub">{what}</span>
      </div>
      <ul>
        {rows.map((row) => (
          <BoardCard key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function BoardCard({ row }: { row: DischargeRow }) {
  const { t } = useTranslation('discharges');
  const language = useDateLanguage();
  const over = !row.left_on && row.planned_on !== null && row.planned_on < today();
  return (
    <li className="board-card">
      <p className="m">
        <span className={over ? 'late' : 'n'}>
          {over && <Icon name="late" />} {row.left_on ? t('board.left', { day: shortDate(row.left_on, language) }) : row.planned_on ? t('board.planned', { day: shortDate(row.planned_on, language) }) : t('board.no_day')}
        </span>
        <StateChip kind="discharge" state={row.state} plain />
        {row.readmission && <span className="tag">{t('readmission')}</span>}
      </p>
      <Link className="name" to="/discharges/$id" params={{ id: row.id }}>
        {row.subject}
      </Link>
      <p className="m">
        {row.hospital} {row.ward} {row.number && <span className="n">{row.number}</span>} {row.owner_name}
      </p>
      <PaperMarks papers={row.papers} />
    </li>
  );
}
