import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Body, MeetingRow } from '../api/types';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { ListScreen } from '../records/list_screen';
import { bodiesQuery } from '../records/queries';
import { ButtonLink } from '../ui/button_link';
import type { Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import type { Filter } from '../ui/filter_sentence';
import { shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { StateChip } from '../ui/state_chip';
import { tree } from './body_tree';
import './meetings.css';

export default function MeetingList() {
  const { t } = useTranslation('meetings');
  const navigate = useNavigate();
  const may = useMay();
  const language = useDateLanguage();
  const bodies = useQuery(bodiesQuery());
  const columns = useMemo<Column<MeetingRow>[]>(
    () => [
      { name: 'state', label: t('state'), width: 108, always: true, cell: (row) => <StateChip kind="meeting" state={row.state} plain /> },
      { name: 'held_on', label: t('field.held_on'), width: 112, right: true, sort: ['held_on', '-held_on'], cell: (row) => shortDate(row.held_on, language) },
      {
        name: 'title',
        label: t('meeting'),
        main: true,
        always: true,
        cell: (row) => (
          <Link to="/meetings/$id" params={{ id: row.id }} tabIndex={-1}>
            {row.title || row.body_name}
          </Link>
        ),
      },
      { name: 'body', label: t('field.body_id'), width: 240, extra: true, cell: (row) => <span className="wrap">{row.body_name}</span> },
      { name: 'agenda', label: t('agenda.decided_short'), width: 104, right: true, cell: (row) => <span className="n">{`${row.decided_count} / ${row.agenda_count}`}</span> },
      { name: 'tasks', label: t('task.open_short'), width: 96, right: true, cell: (row) => (row.open_tasks > 0 ? t('count', { count: row.open_tasks }) : '—') },
    ],
    [t, language],
  );
  const filters = useMemo<Filter[]>(
    () => [
      { name: 'body', label: t('field.body_id'), any: t('filter.any_body'), after: t('filter.after_body'), options: tree(bodies.data ?? []).map(({ body, depth }) => ({ value: body.id, label: `${'　'.repeat(depth)}${body.text.name}` })) },
      { name: 'state', label: t('state'), any: t('filter.any_state'), options: ['planned', 'held', 'cancelled'].map((state) => ({ value: state, label: t(`common:state.meeting.${state}`) })) },
    ],
    [t, bodies.data],
  );
  const fixed = useMemo(() => ({ subject: () => t('filter.of_subject'), from: (day: string) => t('filter.from', { day: shortDate(day, language) }), to: (day: string) => t('filter.to', { day: shortDate(day, language) }) }), [t, language]);
  return (
    <div className="meeting-lists">
      <div className="min-w-0">
        <ListScreen<MeetingRow>
          name="meetings"
          api="/api/meetings"
          to="/meetings"
          title={t('title')}
          columns={columns}
          filters={filters}
          fixed={fixed}
          sort="-held_on"
          open={(row) => void navigate({ to: '/meetings/$id', params: { id: row.id } })}
          empty={t(bodies.data?.length === 0 ? 'none_no_body' : 'none_yet')}
          searchLabel={t('search')}
          make={
            may('meetings.write') &&
            (bodies.data?.length === 0 ? (
              <ButtonLink kind="primary" icon="plus" to="/bodies/new">
                {t('body.new')}
              </ButtonLink>
            ) : (
              <ButtonLink kind="primary" icon="plus" to="/meetings/new">
                {t('new')}
              </ButtonLink>
            ))
          }
        />
      </div>
      <Bodies bodies={bodies.data} error={bodies.error} />
    </div>
  );
}

/** 会議体 as a tree: how often, when next; a name narrows the list. */
function Bodies({ bodies, error }: { bodies: Body[] | undefined; error: unknown }) {
  const { t } = useTranslation(['meetings', 'records', 'common']);
  const may = useMay();
  const codes = useCodes();
  const language = useDateLanguage();
  const search = useSearch({ strict: false }) as Search;
  return (
    <Section
      id="bodies"
      title={t('meetings:body.title')}
      more={
        may('meetings.write') && (
          <ButtonLink kind="plain" small icon="plus" to="/bodies/new">
            {t('meetings:body.new')}
          </ButtonLink>
        )
      }
    >
      <ProblemNotice error={error} />
      {bodies?.length === 0 && <p className="note">{t('meetings:body.none')}</p>}
      <ul className="bodies">
        {tree(bodies ?? []).map(({ body, depth }) => (
          <li key={body.id} className={`d${Math.min(depth, 3)}${body.text.dormant ? ' dormant' : ''}`}>
            <p>
              <Link to="/meetings" search={{ body: body.id }} aria-current={search.body === body.id ? 'true' : undefined} activeProps={{}}>
                {body.text.name}
              </Link>{' '}
              {body.text.dormant && <span className="tag">{t('meetings:body.dormant')}</span>}
            </p>
            <p className="sub">
              {[
                codes.short('body_kind', body.text.kind),
                codes.short('layer', body.text.layer) === codes.short('body_kind', body.text.kind) ? '' : codes.short('layer', body.text.layer),
                body.text.frequency,
                body.meetings_this_year > 0 && t('meetings:body.this_year', { count: body.meetings_this_year }),
                body.next_on && t('meetings:body.next', { day: shortDate(body.next_on, language) }),
              ]
                .filter(Boolean)
                .join(t('meetings:and'))}{' '}
              <Link className="no-print" to="/bodies/$id/history" params={{ id: body.id }}>
                {t('records:versions.link')}
                <span className="vh"> {body.text.name}</span>
              </Link>{' '}
              {may('meetings.write') && (
                <Link className="no-print" to="/bodies/$id/edit" params={{ id: body.id }} >
                  {t('common:edit')}
                  <span className="vh"> {body.text.name}</span>
                </Link>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
