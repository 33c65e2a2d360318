import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Indicator, Issue, Measure, ThreadNode } from '../api/types';
import { useMay } from '../app/session';
import { SeriesTable, withUnit } from '../indicators/series_table';
import { targetFor } from '../indicators/chart';
import { lastValue, seriesRows } from '../indicators/counted';
import { useCodes } from '../packs/codes';
import { TemplateLink } from '../packs/template_link';
import { DueMark } from '../records/due_mark';
import { periodLabel } from '../records/period';
import { indicatorQuery, issueHistoryQuery, issueQuery, measureQuery, threadQuery, useRefresh } from '../records/queries';
import { isMissing } from '../records/record_form';
import { issueNeeds, issueNeedsReason, issueSteps, StateDialog } from '../records/state_actions';
import { useNumber } from '../records/words';
import { Written } from '../records/written';
import { useNames } from '../regions/regions';
import { along } from '../threads/walk';
import { ThreadStrip } from '../threads/thread_strip';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { inJapan, longDate, shortDate } from '../ui/japanese_date';
import { Facts, PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { PageProblem } from '../records/page_problem';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { useToast } from '../ui/toast';
import { EvidenceSection } from './evidence';
import { History, NoteDialog } from './history';
import { ToMeetingDialog } from './to_meeting';
import './issues.css';

export default function IssuePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(issueQuery(id));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} issue={data} /> : <Skeleton lines={14} />;
}

function Page({ issue }: { issue: Issue }) {
  const { t } = useTranslation(['issues', 'records', 'common', 'indicators']);
  const may = useMay();
  const codes = useCodes();
  const names = useNames();
  const number = useNumber();
  const language = useDateLanguage();
  const toast = useToast();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const history = useQuery(issueHistoryQuery(issue.id));
  const thread = useQuery(threadQuery('issue', issue.id));
  const [open, setOpen] = useState<'state' | 'note' | 'feedback' | 'meeting' | null>(null);
  const writes = may('issues.write');
  const { text } = issue;

  const nodes = thread.data ? along(thread.data) : [];
  const ids = (kind: string) => nodes.filter((node) => node.kind === kind && node.readable).map((node) => node.id);
  const indicators = useQueries({ queries: ids('indicator').slice(0, 6).map((one) => indicatorQuery(one)) }).flatMap((one) => (one.data ? [one.data] : []));
  const measures = useQueries({ queries: ids('measure').slice(0, 12).map((one) => measureQuery(one)) }).flatMap((one) => (one.data ? [one.data] : []));
  const direct = indicators.filter((one) => one.text.issue_ids.includes(issue.id));
  const lead = direct[0] ?? indicators[0];
  const evidence = issue.evidence.filter((one) => !one.candidate);
  const candidates = issue.evidence.length - evidence.length;
  const events = history.data ?? [];
  const feedback = events.filter((one) => one.kind === 'feedback');

  const take = (next: Issue) => {
    queries.setQueryData(['issues', issue.id], next);
    refresh('issues', 'consultation');
  };
  const step = async (state: Issue['state'], reason: string) => {
    take(await ask(api.PUT('/api/issues/{id}/state', { params: { path: { id: issue.id } }, body: { state, reason }, ...ifMatch(issue.version) } as never)));
    toast(t('records:step.done', { state: t(`common:state.issue.${state}`) }));
  };
  const districts = Object.entries(
    evidence.reduce<Record<string, number>>((sum, one) => {
      const name = names.region(one.background.district_id);
      return name ? { ...sum, [name]: (sum[name] ?? 0) + 1 } : sum;
    }, {}),
  );

  return (
    <>
      <PageTitle
        title={text.title}
        crumbs={[{ to: '/issues', label: t('title') }]}
        number={number('issue', issue.number)}
        state={<StateChip kind="issue" state={issue.state} />}
        actions={
          writes && (
            <>
              <Button onPress={() => setOpen('meeting')}>{t('to_meeting.action')}</Button>
              <Button kind="primary" onPress={() => setOpen('note')}>
                {t('history.write')}
              </Button>
            </>
          )
        }
      />
      <div className="page-acts no-print">
        {writes && (
          <>
            <Button small onPress={() => setOpen('state')}>
              {t('records:step.title')}
            </Button>
            <ButtonLink small to="/issues/$id/edit" params={{ id: issue.id }}>
              {t('common:edit')}
            </ButtonLink>
            {may('measures.write') && (
              <ButtonLink small to="/measures/new" search={{ issue: issue.id }}>
                {t('make_measure')}
              </ButtonLink>
            )}
            {may('indicators.write') && (
              <ButtonLink small to="/indicators/new" search={{ issue: issue.id }}>
                {t('make_indicator')}
              </ButtonLink>
            )}
          </>
        )}
        <ButtonLink small kind="plain" to="/issues/$id/history" params={{ id: issue.id }}>
          {t('records:versions.link')}
        </ButtonLink>
        <PrintButton />
      </div>
      <TemplateLink kind="issues" name={issue.text.title} />
      <Facts
        facts={[
          {
            label: t('field.scenes'),
            value: text.scenes.map((code) => codes.label('scene', code)).join(t('records:and')),
            sub: [codes.label('issue_kind', text.kind), text.layer && t('layer', { layer: codes.label('layer', text.layer) })].filter(Boolean).join(t('records:and')),
          },
          {
            label: t('evidence.title_short'),
            value: (
              <>
                <a href="#evidence">{t('evidence.cases', { count: evidence.length })}</a>
                {candidates > 0 && t('evidence.and_candidates', { count: candidates })}
              </>
            ),
            sub: districts.map(([name, count]) => `${name} ${count}`).join(t('records:and')),
          },
          { label: t('field.owner_id'), value: names.person(text.owner_id), sub: text.waiting_for ? t('waiting', { who: text.waiting_for }) : names.desk(issue.desk_id) },
          lead ? leadFact(lead, t('indicator_now'), t('target_is', { target: targetWords(lead, language) }), language) : { label: t('indicator_now'), value: t('no_indicator') },
          { label: t('field.due_on'), value: text.due_on ? <DueMark on={text.due_on} done={issue.state === 'solved'} /> : '', sub: text.due_on ? longDate(text.due_on, language) : '' },
        ]}
      />
      <ThreadStrip kind="issue" id={issue.id} />
      <div className="with-rail">
        <div className="min-w-0">
          <EvidenceSection issue={issue} writes={writes} onChange={take} />
          <Section id="about" title={t('form.what')} note={t('since', { day: shortDate(inJapan(issue.state_since).date, language), state: t(`common:state.issue.${issue.state}`) })}>
            {text.description && <p className="prose about">{text.description}</p>}
            <Written
              rows={[
                ...(['present', 'goal', 'gap'] as const).map((field): [string, string] => [t(`field.${field}`), text[field]]),
                [t('field.professions'), text.professions.map((code) => codes.label('profession', code)).join(t('records:and'))],
                [t('field.region_id'), names.region(text.region_id)],
              ]}
            />
          </Section>
          <Section id="causes" title={t('field.causes')} note={t('cause.note')}>
            {text.causes.length === 0 && <p className="note">{t('cause.none')}</p>}
            <ul className="causes">
              {[...text.causes]
                .sort((a, b) => Number(b.confirmed) - Number(a.confirmed))
                .map((cause, at) => (
                  <li key={at}>
                    <span className="st">
                      <Icon name={cause.confirmed ? 'saved' : 'none'} />
                      {t(cause.confirmed ? 'cause.confirmed' : 'cause.assumed')}
                    </span>
                    <div>
                      <p>{cause.text}</p>
                      {cause.source && <p className="sub">{cause.source}</p>}
                    </div>
                  </li>
                ))}
            </ul>
          </Section>
          {measures.length > 0 && <Measures measures={measures} />}
          {indicators.map((indicator) => (
            <Section
              key={indicator.id}
              id={`indicator-${indicator.id}`}
              title={t('indicator_of', { name: indicator.text.name })}
              more={
                <Link to="/indicators/$id" params={{ id: indicator.id }}>
                  {t('open_indicator')}
                </Link>
              }
            >
              <SeriesTable indicator={indicator} />
            </Section>
          ))}
        </div>
        <div className="rail">
          <Section
            id="history"
            title={t('history.title')}
            more={
              writes && (
                <Button kind="plain" small onPress={() => setOpen('note')}>
                  {t('history.write')}
                </Button>
              )
            }
          >
            <ProblemNotice error={history.error} />
            <History events={events.filter((one) => one.kind !== 'feedback')} />
          </Section>
          <Section
            id="feedback"
            title={t('history.feedback')}
            more={
              writes && (
                <Button kind="plain" small onPress={() => setOpen('feedback')}>
                  {t('history.write_feedback')}
                </Button>
              )
            }
          >
            {feedback.length === 0 ? <p className="note">{t('history.no_feedback')}</p> : <History events={feedback} />}
          </Section>
          <Meetings nodes={nodes} />
        </div>
      </div>
      {open === 'state' && <StateDialog kind="issue" from={issue.state} steps={issueSteps[issue.state]} needsReason={issueNeedsReason} onStep={step} advice={(to) => (to === 'planned' && measures.length === 0 ? t('advice.no_measure') : to === 'evaluating' && indicators.length === 0 ? t('advice.no_indicator') : null)} lacks={(to) => issueNeeds(to).filter((name) => isMissing(text[name])).map((name) => t(`field.${name}`))} edit={<ButtonLink small to="/issues/$id/edit" params={{ id: issue.id }}>{t('records:step.edit')}</ButtonLink>} onClose={() => setOpen(null)} />}
      {(open === 'note' || open === 'feedback') && <NoteDialog issue={issue} feedback={open === 'feedback'} onClose={() => setOpen(null)} />}
      {open === 'meeting' && <ToMeetingDialog issue={issue} onClose={() => setOpen(null)} />}
    </>
  );
}


function targetWords(indicator: Indicator, language: 'ja' | 'en'): string {
  const last = seriesRows(indicator).pop();
  const target = targetFor(indicator.targets, last?.period ?? '');
  return target ? `${withUnit(target.value, indicator.text.unit)}(${periodLabel(target.period, language)})` : '—';
}

function leadFact(indicator: Indicator, label: string, target: string, language: 'ja' | 'en') {
  const last = lastValue(indicator);
  return {
    label,
    value: (
      <a href={`#indicator-${indicator.id}`}>
        {indicator.text.name} {withUnit(last?.value, indicator.text.unit)}
      </a>
    ),
    sub: [last && periodLabel(last.period, language), target].filter(Boolean).join(' '),
  };
}

function Measures({ measures }: { measures: Measure[] }) {
  const { t } = useTranslation('issues');
  return (
    <Section id="measures" title={t('measures')}>
      <ul className="line-list">
        {measures.map((measure) => (
          <li key={measure.id}>
            <Link to="/measures/$id" params={{ id: measure.id }}>
              {measure.text.title}
            </Link>
            <StateChip kind="measure" state={measure.state} plain />
            {measure.progress[0] && <span className="end n">{measure.progress[0].percent}%</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Meetings({ nodes }: { nodes: ThreadNode[] }) {
  const { t } = useTranslation('issues');
  const language = useDateLanguage();
  const meetings = nodes.filter((node) => node.kind === 'meeting').sort((a, b) => (b.on ?? '').localeCompare(a.on ?? ''));
  if (meetings.length === 0) return null;
  return (
    <Section id="meetings" title={t('meetings')}>
      <ul className="tl">
        {meetings.map((node) => (
          <li key={node.id}>
            <span className="when">{shortDate(node.on, language)}</span>
            {node.readable ? (
              <Link to="/meetings/$id" params={{ id: node.id }}>
                {node.title}
              </Link>
            ) : (
              node.title
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
