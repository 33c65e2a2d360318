import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { AgendaItem, Meeting, Task } from '../api/types';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { DueMark } from '../records/due_mark';
import { meetingQuery, useRefresh } from '../records/queries';
import { useNumber } from '../records/words';
import { useNames } from '../regions/regions';
import { RecordLink } from '../threads/node_link';
import { ThreadStrip } from '../threads/thread_strip';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { inJapan, longDate, longTime, shortDate } from '../ui/japanese_date';
import { Facts, PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { PageProblem } from '../records/page_problem';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { useToast } from '../ui/toast';
import '../records/records.css';
import './meetings.css';
import { taskSteps } from './task_steps';

export default function MeetingPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(meetingQuery(id));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} meeting={data} /> : <Skeleton lines={14} />;
}

function Page({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation(['meetings', 'records', 'common']);
  const may = useMay();
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const toast = useToast();
  const [error, setError] = useState<unknown>(null);
  const writes = may('meetings.write');
  const { text } = meeting;
  const title = text.title || meeting.body_name;
  const decided = text.agenda.filter((item) => item.decision || item.outcome).length;
  const present = text.attendance.filter((one) => one.attended);
  const absent = text.attendance.filter((one) => !one.attended);
  const open = text.tasks.filter((task) => task.state !== 'done');
  const times = [longTime(text.started_at, language), longTime(text.ended_at, language)];

  const setTask = async (task: Task, state: Task['state']) => {
    setError(null);
    try {
      const next = (await ask(api.PUT('/api/meetings/{id}/tasks/{task}', { params: { path: { id: meeting.id, task: task.id! } }, body: { state }, ...ifMatch(meeting.version) } as never))) as Meeting;
      queries.setQueryData(['meetings', meeting.id], next);
      refresh('meetings');
      toast(t('task.changed', { state: t(`common:state.task.${state}`) }));
    } catch (problem) {
      setError(problem);
      void queries.invalidateQueries({ queryKey: ['meetings', meeting.id] });
    }
  };

  return (
    <div className="minutes">
      <PageTitle
        title={title}
        crumbs={[{ to: '/meetings', label: t('title') }]}
        state={<StateChip kind="meeting" state={text.state} />}
        actions={
          <>
            <PrintButton small={false} />
            {writes && (
              <ButtonLink kind="primary" to="/meetings/$id/edit" params={{ id: meeting.id }}>
                {t(text.state === 'planned' ? 'write' : 'edit')}
              </ButtonLink>
            )}
          </>
        }
      />
      <div className="page-acts no-print">
        <ButtonLink small kind="plain" to="/meetings/$id/history" params={{ id: meeting.id }}>
          {t('records:versions.link')}
        </ButtonLink>
      </div>
      <Facts
        facts={[
          { label: t('field.held_on'), value: longDate(text.held_on, language), sub: times.some(Boolean) ? t('from_to', { from: times[0], to: times[1] }) : '' },
          { label: t('field.body_id'), value: meeting.body_name },
          { label: t('field.place'), value: text.place, sub: codes.label('meeting_form', text.form) },
          { label: t('field.agenda'), value: t('count', { count: text.agenda.length }), sub: t('agenda.decided', { count: decided }) },
          { label: t('field.tasks'), value: open.length > 0 ? <a href="#tasks">{t('task.open', { count: open.length })}</a> : t('task.all_done'), sub: meeting.desk_id ? t('secretariat', { name: names.desk(meeting.desk_id) }) : '' },
        ]}
      />
      <Section id="agenda" title={t('field.agenda')}>
        {text.agenda.length === 0 && <p className="note">{t('agenda.none')}</p>}
        <ol className="agenda">
          {text.agenda.map((item, at) => (
            <Item key={item.id ?? at} item={item} at={at} />
          ))}
        </ol>
      </Section>
      <Section id="tasks" title={t('field.tasks')}>
        <ProblemNotice error={error} />
        {text.tasks.length === 0 && <p className="note">{t('task.none')}</p>}
        {text.tasks.length > 0 && (
          <table className="plain-t tasks">
            <thead>
              <tr>
                <th scope="col">{t('task.title')}</th>
                <th scope="col">{t('task.owner')}</th>
                <th scope="col">{t('task.due_on')}</th>
                <th scope="col">{t('state')}</th>
                {writes && (
                  <th scope="col" className="no-print">
                    {t('task.next')}
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {text.tasks.map((task, at) => (
                <tr key={task.id ?? at}>
                  <th scope="row">{task.title}</th>
                  <td>{task.owner_name || names.person(task.owner_id) || '—'}</td>
                  <td>
                    <DueMark on={task.due_on} done={task.state === 'done'} />
                  </td>
                  <td>
                    <StateChip kind="task" state={task.state} plain />
                  </td>
                  {writes && (
                    <td className="no-print">
                      {task.id &&
                        taskSteps[task.state].map((state) => (
                          <Button key={state} small kind="plain" aria-label={t('task.set', { task: task.title, state: t(`common:state.task.${state}`) })} onPress={() => void setTask(task, state)}>
                            {t('task.to', { state: t(`common:state.task.${state}`) })}
                          </Button>
                        ))}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
      <Section id="attendance" title={t('field.attendance')} note={t('attendance.count', { count: present.length })}>
        {text.attendance.length === 0 && <p className="note">{t('attendance.none')}</p>}
        <ul className="attendance">
          {present.map((one, at) => (
            <li key={at}>
              <b>{one.name}</b> <span className="sub">{[one.affiliation, codes.label('member_category', one.category)].filter(Boolean).join(t('and'))}</span>
            </li>
          ))}
        </ul>
        {absent.length > 0 && (
          <p className="sm">
            {t('attendance.absent')} {absent.map((one) => [one.name, one.affiliation].filter(Boolean).join(' ')).join(t('and'))}
          </p>
        )}
      </Section>
      {(text.minutes || text.state === 'held') && (
        <Section id="minutes" title={t('field.minutes')}>
          {text.minutes ? <p className="prose">{text.minutes}</p> : <p className="note">{t('records:not_written')}</p>}
        </Section>
      )}
      <div className="no-print">
        <ThreadStrip kind="meeting" id={meeting.id} />
      </div>
      <p className="sub">
        {t('records:created', { day: shortDate(inJapan(meeting.created_at).date, language), name: meeting.created_by_name })} {t('records:updated', { day: shortDate(inJapan(meeting.updated_at).date, language), name: meeting.updated_by_name })}
      </p>
      {writes && text.state === 'held' && may('issues.write') && (
        <p className="page-acts no-print mt-2">
          <ButtonLink small to="/issues/new" search={{ origin: 'meeting', origin_id: meeting.id }}>
            {t('to_issue')}
          </ButtonLink>
        </p>
      )}
    </div>
  );
}

function Item({ item, at }: { item: AgendaItem; at: number }) {
  const { t } = useTranslation('meetings');
  const codes = useCodes();
  const number = useNumber();
  return (
    <li>
      <span className="no n" aria-hidden="true">
        {at + 1}
      </span>
      <div>
        <h3>{item.title}</h3>
        {item.subject !== 'other' && item.subject_id && (
          <p className="sm">
            {t(`agenda.subject_${item.subject}`)}{' '}
            <RecordLink kind={item.subject} id={item.subject_id}>
              {number(item.subject, item.subject_number) || t('agenda.open_record')}
            </RecordLink>
          </p>
        )}
        {item.discussion && (
          <>
            <h4>{t('agenda.discussion')}</h4>
            <p className="prose">{item.discussion}</p>
          </>
        )}
        {(item.decision || item.outcome) && (
          <div className="decision">
            <h4>{t('agenda.decision')}</h4>
            {item.outcome && (
              <p className="st">
                <Icon name="check" /> {codes.label('agenda_outcome', item.outcome)}
              </p>
            )}
            {item.decision && <p className="prose">{item.decision}</p>}
          </div>
        )}
        {!item.decision && !item.outcome && <p className="sub">{t('agenda.undecided')}</p>}
      </div>
    </li>
  );
}
