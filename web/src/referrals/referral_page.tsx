import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Consultation, Referral } from '../api/types';
import { useMay } from '../app/session';
import { consultationQuery } from '../consultations/queries';
import { useCodes } from '../packs/codes';
import { PageProblem } from '../records/page_problem';
import { useNames } from '../regions/regions';
import { ThreadRail } from '../threads/thread_rail';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { inJapan, longDate, shortDate, today } from '../ui/japanese_date';
import { Facts, PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { copy } from '../ui/remembered';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { useToast } from '../ui/toast';
import { AnswerPageSection } from './answer_page_section';
import { ageOf, referralQuery, useAsked, waits } from './queries';
import { AnswerDialog, FollowUpDialog, OutcomeDialog, WithdrawDialog } from './step_dialogs';
import { toldConditions, toldOfPerson } from './told';
import { ToldSection } from './told_section';
import { useMatchWords, useReferralWords } from './words';
import './referrals.css';

type Open = 'answer' | 'outcome' | 'follow_up' | 'withdraw' | null;

export default function ReferralPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(referralQuery(id));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} referral={data} /> : <Skeleton lines={14} />;
}

/** One ask from its first word to how it went. */
function Page({ referral }: { referral: Referral }) {
  const { t } = useTranslation(['referrals', 'records', 'common']);
  const may = useMay();
  const codes = useCodes();
  const language = useDateLanguage();
  const match = useMatchWords();
  const { say, label } = useReferralWords();
  const [open, setOpen] = useState<Open>(null);
  const step = useStep(referral);
  const { text, state } = referral;
  const writes = may('referrals.write');
  const close = () => setOpen(null);
  // What was told says it all, until something has changed since or a mail is to be written.
  const toTell = referral.told.length === 0 || referral.differs.length > 0 || (waits(state) && text.method === 'mail');
  const service = codes.label('resource_service', referral.match.service);
  const conditions = toldConditions.filter((field) => match.say(field, referral.match));
  const said = (['answer', 'reason', 'answer_words', 'answered_on', 'answered_by'] as const).filter((field) => say(field, text));
  const came = (['outcome', 'outcome_reason', 'outcome_words', 'outcome_on', 'follow_up_on', 'followed_on', 'follow_up_words'] as const).filter((field) => say(field, text));
  const told = (['message', 'shown', 'person_label'] as const).filter((field) => say(field, text));
  const canAnswer = waits(state) || (state === 'answered' && text.answer === 'none');
  const canFollow = state === 'settled' && text.outcome === 'began';
  return (
    <div className="wide">
      <PageTitle
        title={referral.place_name}
        crumbs={[
          { to: '/referrals', label: t('title') },
          { to: `/matches/${referral.match_id}`, label: t('match.title', { service }) },
        ]}
        state={<StateChip kind="referral" state={state} />}
        actions={
          writes && (
            <>
              {(state === 'prepared' || state === 'sent') && <Button onPress={() => void step.sent()}>{t(state === 'sent' ? 'step.received_do' : 'step.sent_do')}</Button>}
              {canAnswer && (
                <Button kind="primary" onPress={() => setOpen('answer')}>
                  {t('step.answer_do')}
                </Button>
              )}
              {state === 'answered' && (
                <Button kind="primary" onPress={() => setOpen('outcome')}>
                  {t('step.outcome_do')}
                </Button>
              )}
              {canFollow && (
                <Button kind="primary" onPress={() => setOpen('follow_up')}>
                  {t('step.follow_up_do')}
                </Button>
              )}
            </>
          )
        }
      />
      <div className="page-acts no-print">
        {writes && waits(state) && (
          <ButtonLink small to="/referrals/$id/fax" params={{ id: referral.id }} icon="print">
            {t('paper.open')}
          </ButtonLink>
        )}
        {writes && state !== 'withdrawn' && (
          <ButtonLink small kind="plain" to="/referrals/$id/edit" params={{ id: referral.id }}>
            {t('correct')}
          </ButtonLink>
        )}
        {writes && referral.version > 1 && (
          <Button small kind="plain" onPress={() => void step.undo()}>
            {t('undo')}
          </Button>
        )}
        {writes && waits(state) && (
          <Button small kind="plain" onPress={() => setOpen('withdraw')}>
            {t('withdraw')}
          </Button>
        )}
        {referral.version > 1 && (
          <ButtonLink small kind="plain" to="/referrals/$id/history" params={{ id: referral.id }}>
            {t('records:versions.link')}
          </ButtonLink>
        )}
        <PrintButton />
      </div>
      <ProblemNotice error={step.error} />
      <Facts
        facts={[
          {
            label: t('field.case'),
            value: (
              <Link to="/consultations/$id" params={{ id: referral.consultation_id }}>
                {[referral.number, referral.subject].filter(Boolean).join(' ')}
              </Link>
            ),
          },
          {
            label: t('field.place'),
            value: (
              <Link to="/resources/$id" params={{ id: referral.place_id }}>
                {referral.place_name}
              </Link>
            ),
            sub: [service, referral.distance_km !== null && t('candidates.km', { distance: referral.distance_km.toFixed(1) })].filter(Boolean).join(' '),
          },
          { label: t('field.method'), value: t(`method.${text.method}`), sub: [text.to_name, text.reached_at].filter(Boolean).join(' ') },
          {
            label: t('field.sent_on'),
            value: text.sent_on ? longDate(text.sent_on, language) : t('not_sent'),
            sub: waits(state) && text.sent_on ? t('waiting_days', { count: ageOf({ sent_on: text.sent_on, created_at: referral.created_at }, today()) }) : '',
          },
          { label: t('field.reply_by'), value: longDate(text.reply_by, language), sub: referral.created_by_name },
        ]}
      />
      <div className="with-rail">
        <div>
          <Section id="answer" title={t('section.answer')} note={referral.by_page ? t('by_page') : undefined}>
            {said.length === 0 && <p className="note">{t('no_answer_yet')}</p>}
            <Pairs fields={said} say={(field) => say(field, text)} label={label} />
          </Section>
          <Section id="outcome" title={t('section.outcome')}>
            {came.length === 0 && <p className="note">{t('no_outcome_yet')}</p>}
            <Pairs fields={came} say={(field) => say(field, text)} label={label} />
          </Section>
          {toTell && (
            <Section id="told" title={t('section.told')} note={t('section.told_note')}>
              {referral.masked && (
                <p className="note">
                  <Icon name="lock" /> {t('masked')}
                </p>
              )}
              <Pairs fields={conditions} say={(field) => match.say(field, referral.match)} label={match.label} />
              <Pairs fields={told} say={(field) => say(field, text)} label={label} />
              {told.length === 0 && <p className="note">{t('nothing_shown')}</p>}
              {waits(state) && text.method === 'mail' && <MailText referral={referral} />}
            </Section>
          )}
          <ToldSection referral={referral} writes={writes && (state === 'sent' || state === 'received')} onTellAgain={step.tellAgain} />
          <AnswerPageSection referral={referral} writes={writes && waits(state)} />
        </div>
        <div className="rail">
          <ThreadRail kind="consultation" id={referral.consultation_id} self={{ kind: 'referral', id: referral.id }} />
          <p className="sub">{t('written', { name: referral.updated_by_name, day: shortDate(inJapan(referral.updated_at).date, language), time: inJapan(referral.updated_at).time })}</p>
        </div>
      </div>
      {open === 'answer' && <AnswerDialog referral={referral} onClose={close} />}
      {open === 'outcome' && <OutcomeDialog referral={referral} onClose={close} />}
      {open === 'follow_up' && <FollowUpDialog referral={referral} onClose={close} />}
      {open === 'withdraw' && <WithdrawDialog referral={referral} onClose={close} />}
    </div>
  );
}

function Pairs<F extends string>({ fields, say, label }: { fields: readonly F[]; say: (field: F) => string; label: (field: string) => string }) {
  if (fields.length === 0) return null;
  return (
    <dl className="kv large">
      {fields.map((field) => (
        <Pair key={field} label={label(field)} value={say(field)} />
      ))}
    </dl>
  );
}

function Pair({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="prose">{value}</dd>
    </>
  );
}

/** Steps that ask for no words. */
function useStep(referral: Referral) {
  const { t } = useTranslation('referrals');
  const toast = useToast();
  const asked = useAsked();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const run = async (call: () => Promise<unknown>, done: string) => {
    setError(null);
    try {
      queries.setQueryData(referralQuery(referral.id).queryKey, (await call()) as Referral);
      toast(done);
    } catch (problem) {
      setError(problem);
    }
    asked(referral.consultation_id);
  };
  const params = { path: { id: referral.id } };
  return {
    error,
    sent: () => run(() => ask(api.PUT('/api/referrals/{id}/sent', { params, body: { sent_on: null, received_on: referral.text.sent_on ? today() : null }, ...ifMatch(referral.version) } as never)), t(referral.text.sent_on ? 'step.was_received' : 'step.was_sent')),
    tellAgain: () => run(() => ask(api.POST('/api/referrals/{id}/told-again', { params, ...ifMatch(referral.version) } as never)), t('told.again_done')),
    undo: () => run(() => ask(api.POST('/api/referrals/{id}/undo', { params, ...ifMatch(referral.version) } as never)), t('undone')),
  };
}

/** The words of a mail, for the desk's own mail program. */
function MailText({ referral }: { referral: Referral }) {
  const { t } = useTranslation('referrals');
  const { data, error } = useQuery(consultationQuery(referral.consultation_id));
  const names = useNames();
  const codes = useCodes();
  const match = useMatchWords();
  const language = useDateLanguage();
  const [copied, setCopied] = useState(false);
  if (error) return <ProblemNotice error={error} />;
  if (!data) return <Skeleton lines={6} />;
  const person = toldOfPerson(referral.text, data as Consultation, codes.label, names.region).join(t('and'));
  const lines = [
    t('mail.greeting', { place: referral.place_name, name: referral.text.to_name }),
    '',
    t('mail.begin'),
    ...(person ? [`${t('mail.person')}: ${person}`] : []),
    ...toldConditions.filter((field) => match.say(field, referral.match)).map((field) => `${match.label(field)}: ${match.say(field, referral.match)}`),
    ...(referral.text.message ? ['', referral.text.message] : []),
    ...(referral.text.reply_by ? ['', t('mail.reply_by', { day: longDate(referral.text.reply_by, language) })] : []),
  ].join('\n');
  return (
    <div className="mail-text no-print">
      <h3>{t('mail.title')}</h3>
      <pre className="prose">{lines}</pre>
      <Button
        small
        onPress={() => {
          copy(lines);
          setCopied(true);
        }}
      >
        {t(copied ? 'mail.copied' : 'mail.copy')}
      </Button>
    </div>
  );
}
