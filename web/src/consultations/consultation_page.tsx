import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { FollowUpsSection, useNextFollowUp } from '../activities/follow_ups';
import { PhysicianSteps } from '../activities/physician_steps';
import { TimelineSection } from '../activities/timeline';
import { AnonymisedSection } from '../anonymisation/anonymised_section';
import type { Consultation, ConsultationState } from '../api/types';
import { DischargesSection } from '../discharges/case_section';
import { AttachmentsSection } from '../documents/attachments';
import { TermScope, TermText } from '../knowledge/term_text';
import { useKeys } from '../app/keys';
import { useMay } from '../app/session';
import { MatchesSection } from '../referrals/case_section';
import { useNames } from '../regions/regions';
import { ThreadRail } from '../threads/thread_rail';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { inJapan, longDate, minutesBetween, shortDate } from '../ui/japanese_date';
import { Facts, PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { UndoDialog, UndoNotice } from './finalisation';
import { FollowUp } from './follow_up';
import { PersonSection } from './person_section';
import { historyQuery, useConsultation } from './queries';
import { proxyOf, type SheetField } from './sheet';
import { useSheetWords } from './sheet_words';
import { SimilarToCase } from './similar_cases';
import { StateDialog } from './state_dialog';

const newIssue: string = '/issues/new';
/** Further papers of a case, by the end of their address. */
const letters = ['fax', 'inquiry'] as const;

export default function ConsultationPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useConsultation(id);
  if (error) return <ProblemNotice error={error} />;
  if (!data) return <Skeleton lines={14} />;
  return <Record consultation={data} />;
}

function Record({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('consultations');
  const language = useDateLanguage();
  const names = useNames();
  const { value } = useSheetWords();
  const { sheet } = consultation;
  const text = (...fields: SheetField[]) => fields.map((field) => value(field, sheet)).filter(Boolean).join(t('and'));
  const time = sheet.started_at ? `${sheet.started_at}${sheet.ended_at ? `–${sheet.ended_at} (${t('form.minutes', { count: minutesBetween(sheet.started_at, sheet.ended_at) })})` : ''}` : '';
  const next = useNextFollowUp(consultation);
  const proxy = proxyOf(consultation);
  const may = useMay();
  const writes = may('consultations.write') && consultation.state !== 'draft';
  const physician = sheet.physician_asked_on || sheet.physician_advised_on || sheet.physician_assessment || sheet.physician_direction;
  return (
    <div className="wide">
      <PageTitle
        crumbs={[{ to: '/consultations', label: t('title') }]}
        number={consultation.number || t('common:state.consultation.draft')}
        state={<StateChip kind="consultation" state={consultation.state} />}
        title={sheet.subject || t('no_subject')}
        tab={[consultation.number, sheet.subject].filter(Boolean).join(' ')}
        actions={<Actions consultation={consultation} />}
      />
      <UndoNotice consultation={consultation} />
      <Facts
        facts={[
          { label: t('received'), value: longDate(sheet.received_on, language), sub: [text('method'), time].filter(Boolean).join(' ') },
          { label: t('caller'), value: text('caller_profession'), sub: consultation.masked ? t('masked') : [sheet.caller_affiliation, sheet.caller_name].filter(Boolean).join(' ') },
          { label: t('subject_person'), value: text('age_band', 'household', 'care_level'), sub: names.region(sheet.district_id) },
          { label: t('field.receiver_id'), value: names.person(sheet.receiver_id), sub: [names.desk(consultation.desk_id), proxy && t('proxy', { name: proxy })].filter(Boolean).join(' ') },
          { label: t('field.follow_up_on'), value: <FollowUp on={next.on} closed={consultation.state === 'closed'} long />, sub: next.note },
        ]}
      />
      <div className="with-rail">
        <TermScope>
          <Section id="request" title={t('field.request_long')} note={text('kind')}>
            <p className="prose"><TermText>{sheet.request || '—'}</TermText></p>
          </Section>
          <Section id="background" title={t('form.background')}>
            <Values sheet={sheet} fields={['age_band', 'household', 'care_level', 'district_id', 'illness', 'treatments', 'background', 'asked']} />
          </Section>
          <Section id="types" title={t('form.types')}>
            <Values sheet={sheet} fields={['topic', 'subtopic', 'scenes', 'relisted', 'urgency', 'difficulty']}>
              <dt>{t('field.elements')}</dt>
              <dd>
                <Elements consultation={consultation} />
              </dd>
            </Values>
          </Section>
          <Section id="support" title={t('form.support')}>
            <Values sheet={sheet} fields={['supports', 'support_text', 'result', 'result_on']} />
          </Section>
          <FollowUpsSection consultation={consultation} />
          <MatchesSection consultation={consultation} />
          <TimelineSection consultation={consultation} />
          {consultation.state !== 'draft' && may('discharges.read') && <DischargesSection consultation={consultation} />}
          <AttachmentsSection consultation={consultation.id} writes={writes} finalised={consultation.finalised} />
          <Section id="awareness" title={t('form.awareness')} more={<IssueLink consultation={consultation} />}>
            <p className="prose"><TermText>{sheet.awareness || '—'}</TermText></p>
          </Section>
          {physician && (
            <Section id="physician" title={t('form.physician')}>
              <PhysicianSteps sheet={sheet} />
              <Values sheet={sheet} fields={['physician_asked_on', 'physician_question', 'physician_advised_on', 'physician_assessment', 'physician_direction']} />
            </Section>
          )}
          <Section id="caller" title={t('caller')}>
            {consultation.masked ? (
              <p className="note">
                <Icon name="lock" /> {t('masked_what')}
              </p>
            ) : (
              <Values sheet={sheet} fields={['caller_name', 'caller_kana', 'caller_affiliation', 'caller_phone', 'caller_contact', 'caller_profession', 'caller_profession_note', 'method_note']} />
            )}
          </Section>
          <PersonSection consultation={consultation} />
          {consultation.state !== 'draft' && <SimilarToCase consultation={consultation} />}
        </TermScope>
        <div className="rail">
          <ThreadRail kind="consultation" id={consultation.id} />
          <AnonymisedSection consultation={consultation} />
          <History consultation={consultation} />
        </div>
      </div>
    </div>
  );
}

/** Only what was written; an empty sheet of labels helps nobody. */
function Values({ sheet, fields, children }: { sheet: Consultation['sheet']; fields: SheetField[]; children?: React.ReactNode }) {
  const { t } = useTranslation('consultations');
  const { value, label } = useSheetWords();
  const written = fields.filter((field) => value(field, sheet) !== '');
  if (written.length === 0 && !children) return <p className="note">{t('nothing_written')}</p>;
  return (
    <dl className="kv large">
      {written.map((field) => (
        <Pair key={field} label={label(field)} value={value(field, sheet)} />
      ))}
      {children}
    </dl>
  );
}

function Pair({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="prose">
        <TermText>{value}</TermText>
      </dd>
    </>
  );
}

function Elements({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('consultations');
  const { element } = useSheetWords();
  const { elements } = consultation.sheet;
  if (elements.length === 0) return <>{t('common:none')}</>;
  return (
    <div className="tags">
      {elements.map((one) => (
        <Link key={one.element} className="tag" to="/consultations" search={{ element: one.element, fiscal_year: 'all' }}>
          {element(one)}
        </Link>
      ))}
    </div>
  );
}

function IssueLink({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('consultations');
  const may = useMay();
  if (!may('issues.write') || consultation.state === 'draft') return null;
  return (
    <Link to={newIssue} search={{ from: consultation.id, ...(consultation.sheet.awareness ? { origin: 'awareness' } : {}) }}>
      {t('make_issue')}
    </Link>
  );
}

/** What can be done in which state; the first two stand beside the title, the rest in a menu. */
function Actions({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('consultations');
  const navigate = useNavigate();
  const may = useMay();
  const [to, setTo] = useState<ConsultationState | null>(null);
  const [undoing, setUndoing] = useState(false);
  const params = { id: consultation.id };
  const writes = may('consultations.write');
  const { state } = consultation;
  const working = state === 'open' || state === 'reopened';
  const edit = () => void navigate({ to: '/consultations/$id/edit', params });
  const print = () => void navigate({ to: '/consultations/$id/print', params });
  useKeys([
    ...(writes ? [{ key: 'e', label: state === 'closed' ? t('form.correct') : t('common:edit'), run: edit }] : []),
    { key: 'p', label: t('common:print'), run: print },
  ]);
  const rest = [
    ...(writes && working ? [{ id: 'hold', label: t('action.hold'), run: () => setTo('on_hold') }] : []),
    ...(writes && state === 'on_hold' ? [{ id: 'edit', label: t('common:edit'), run: edit }] : []),
    ...(may('issues.write') && state !== 'draft' ? [{ id: 'issue', label: t('make_issue'), run: () => void navigate({ to: newIssue, search: { from: consultation.id } }) }] : []),
    { id: 'print', label: t('common:print'), run: print },
    ...(consultation.masked ? [] : letters.map((letter) => ({ id: letter, label: t(`paper.${letter}`), run: () => void navigate({ to: `/consultations/$id/${letter}`, params }) }))),
    ...(writes && state === 'closed' ? [{ id: 'undo', label: t('undo.title'), run: () => setUndoing(true) }] : []),
    ...(writes && state !== 'draft' ? [{ id: 'anonymise', label: t('anonymisation:make'), run: () => void navigate({ to: '/consultations/$id/anonymise', params }) }] : []),
    { id: 'history', label: t('history.compare'), run: () => void navigate({ to: '/consultations/$id/history', params }) },
  ];
  return (
    <>
      <MenuTrigger>
        <AriaButton className="btn plain">
          {t('action.more')}
          <Icon name="down" />
        </AriaButton>
        <Popover className="pop" offset={4}>
          <Menu onAction={(key) => rest.find((item) => item.id === key)?.run()} aria-label={t('action.more')}>
            {rest.map((item) => (
              <MenuItem key={item.id} id={item.id}>
                {item.label}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      {writes && state === 'draft' && (
        <ButtonLink kind="primary" to="/consultations/$id/edit" params={params}>
          {t('action.continue')}
        </ButtonLink>
      )}
      {writes && working && (
        <>
          <ButtonLink to="/consultations/$id/edit" params={params}>
            {t('common:edit')}
          </ButtonLink>
          <Button kind="primary" onPress={() => setTo('closed')}>
            {t('action.close')}
          </Button>
        </>
      )}
      {writes && state === 'on_hold' && (
        <>
          <Button onPress={() => setTo('closed')}>{t('action.close')}</Button>
          <Button kind="primary" onPress={() => setTo(consultation.closed_at ? 'reopened' : 'open')}>
            {t('action.resume')}
          </Button>
        </>
      )}
      {writes && state === 'closed' && (
        <>
          <ButtonLink to="/consultations/$id/edit" params={params}>
            {t('form.correct')}
          </ButtonLink>
          <Button onPress={() => setTo('reopened')}>{t('action.reopen')}</Button>
        </>
      )}
      {to && <StateDialog consultation={consultation} to={to} onClose={() => setTo(null)} />}
      {undoing && <UndoDialog consultation={consultation} onClose={() => setUndoing(false)} />}
    </>
  );
}

function History({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('consultations');
  const language = useDateLanguage();
  const { data, error } = useQuery(historyQuery(consultation.id));
  const items = [...(data?.items ?? [])].sort((a, b) => b.version - a.version);
  return (
    <Section
      id="history"
      title={t('history.title')}
      more={
        items.length > 1 ? (
          <Link to="/consultations/$id/history" params={{ id: consultation.id }}>
            {t('history.compare')}
          </Link>
        ) : undefined
      }
    >
      <ProblemNotice error={error} />
      <ul className="tl">
        {items.slice(0, 12).map((item) => (
          <li key={item.version}>
            <span className="when" title={inJapan(item.at).time}>
              {shortDate(inJapan(item.at).date, language)}
            </span>
            <span>
              {t(`history.kind.${item.kind}`)}
              <span className="sub block">
                {inJapan(item.at).time} {item.by_name}
                {item.asked_by_name && t('history.asked_by', { name: item.asked_by_name })}
              </span>
              {item.reason && <span className="block">{t('history.reason', { reason: item.reason })}</span>}
            </span>
          </li>
        ))}
      </ul>
      {items.length > 12 && <p className="sub">{t('history.older', { count: items.length - 12 })}</p>}
    </Section>
  );
}
