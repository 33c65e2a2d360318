import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Confirmation, IssuedAnswerPage } from '../api/types';
import { useMay } from '../app/session';
import { PageProblem } from '../records/page_problem';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, longDate, shortDate } from '../ui/japanese_date';
import { Facts, PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { useToast } from '../ui/toast';
import { copy } from '../ui/remembered';
import { useCardWords } from './card_words';
import { DecisionForm } from './decision_form';
import { PageSection } from './page_section';
import { cardFields, confirmationHistoryQuery, confirmationQuery, useLooked, writtenCode } from './queries';
import { WithdrawDialog } from './withdraw_dialog';
import './confirmations.css';

export default function RequestPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(confirmationQuery(id));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} request={data} /> : <Skeleton lines={14} />;
}

/** One request from the day it went out to what was taken over of its answer. */
function Page({ request }: { request: Confirmation }) {
  const { t } = useTranslation(['confirmations', 'common']);
  const may = useMay();
  const language = useDateLanguage();
  const { say, label } = useCardWords();
  const [withdrawing, setWithdrawing] = useState(false);
  const step = useReminding(request);
  const { text, state } = request;
  const writes = may('resources.write');
  const open = state === 'sent' || state === 'expired';
  const shown = cardFields.filter((field) => say(field, request.shown));
  return (
    <div className="wide">
      <PageTitle
        title={request.place_name}
        crumbs={[{ to: '/confirmations/requests', label: t('requests.title') }]}
        number={writtenCode(request.reply_code)}
        state={<StateChip kind="confirmation" state={state} />}
        actions={
          writes &&
          (open || state === 'answered') && (
            <ButtonLink kind={open ? 'primary' : undefined} to="/confirmations/$id/answer" params={{ id: request.id }}>
              {t(open ? 'answer.write' : 'answer.again')}
            </ButtonLink>
          )
        }
      />
      <div className="page-acts no-print">
        {writes && open && (
          <ButtonLink small to="/confirmations/print" search={{ id: request.id }} icon="print">
            {t('paper.open')}
          </ButtonLink>
        )}
        {writes && open && (
          <Button small onPress={() => void step.remind()}>
            {t('remind.do')}
          </Button>
        )}
        {writes && (open || state === 'answered') && (
          <Button small kind="plain" onPress={() => setWithdrawing(true)}>
            {t('withdraw.do')}
          </Button>
        )}
        <PrintButton />
      </div>
      <ProblemNotice error={step.error} />
      <Facts
        facts={[
          {
            label: t('field.place'),
            value: (
              <Link to="/resources/$id" params={{ id: request.place_id }}>
                {request.place_name}
              </Link>
            ),
            sub: request.address,
          },
          { label: t('field.method'), value: t(`method.${text.method}`), sub: [request.now.fax || request.public_fax, request.now.phone || request.public_phone].filter(Boolean).join(' / ') },
          { label: t('field.sent_on'), value: longDate(text.sent_on, language), sub: request.created_by_name },
          { label: t('field.due_on'), value: longDate(text.due_on, language), sub: text.reminded_on ? t('remind.on', { day: shortDate(text.reminded_on, language) }) : t('open_until', { day: shortDate(text.expires_on, language) }) },
          { label: t('field.answered_on'), value: text.answered_on ? longDate(text.answered_on, language) : t('no_answer'), sub: text.answered_on ? [t(text.by_page ? 'by_page' : 'by_desk'), text.answered_by].filter(Boolean).join(' ') : '' },
        ]}
      />
      {text.answered_on && (
        <Section id="answer" title={t('answer.title')} note={t(text.nothing_changed ? 'unchanged' : 'corrected')}>
          {text.words && <p className="prose">{text.words}</p>}
          <DecisionForm key={request.version} request={request} writes={writes} />
        </Section>
      )}
      {text.message && (
        <Section id="message" title={t('field.message')}>
          <p className="prose">{text.message}</p>
        </Section>
      )}
      {text.method === 'mail' && open && <MailText request={request} />}
      {writes && (open || request.page) && <PageOfRequest request={request} open={state === 'sent'} />}
      <Section id="card" title={t('card.title')} note={t('card.note')}>
        {shown.length === 0 && <p className="note">{t('card.empty')}</p>}
        <dl className="kv large">
          {shown.map((field) => (
            <Pair key={field} label={label(field)} value={say(field, request.shown)} />
          ))}
        </dl>
      </Section>
      <History request={request} />
      {withdrawing && <WithdrawDialog request={request} onClose={() => setWithdrawing(false)} />}
    </div>
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

function useReminding(request: Confirmation) {
  const { t } = useTranslation('confirmations');
  const queries = useQueryClient();
  const looked = useLooked();
  const toast = useToast();
  const [error, setError] = useState<unknown>(null);
  const remind = async () => {
    setError(null);
    try {
      const saved = (await ask(api.PUT('/api/confirmations/{id}/reminder', { params: { path: { id: request.id } }, body: { due_on: null }, ...ifMatch(request.version) } as never))) as unknown as Confirmation;
      queries.setQueryData(confirmationQuery(request.id).queryKey, saved);
      toast(t('remind.done'));
    } catch (problem) {
      setError(problem);
    }
    looked();
  };
  return { remind, error };
}

function PageOfRequest({ request, open }: { request: Confirmation; open: boolean }) {
  const queries = useQueryClient();
  const issue = async () => {
    const issued = (await ask(api.POST('/api/confirmations/{id}/page', { params: { path: { id: request.id } } } as never))) as unknown as IssuedAnswerPage;
    void queries.invalidateQueries({ queryKey: confirmationQuery(request.id).queryKey });
    return issued;
  };
  return <PageSection page={request.page} issue={open ? issue : undefined} what="request" />;
}

/** Words for a mail, to be copied: the code of the page goes another way. */
function MailText({ request }: { request: Confirmation }) {
  const { t } = useTranslation('confirmations');
  const { say, label } = useCardWords();
  const toast = useToast();
  const card = cardFields.map((field) => t('mail.line', { field: label(field), value: say(field, request.shown) || t('mail.nothing') })).join('\n');
  const words = t('mail.words', { place: request.place_name, message: request.text.message, card, due: longDate(request.text.due_on), code: writtenCode(request.reply_code), name: request.created_by_name });
  return (
    <Section id="mail" title={t('mail.title')} note={t('mail.note')}>
      <pre className="mail-words" tabIndex={0}>
        {words}
      </pre>
      <Button small onPress={() => {
          copy(words);
          toast(t('mail.copied'));
        }}>
        {t('mail.copy')}
      </Button>
    </Section>
  );
}

function History({ request }: { request: Confirmation }) {
  const { t } = useTranslation('confirmations');
  const language = useDateLanguage();
  const { data } = useQuery({ ...confirmationHistoryQuery(request.id), enabled: request.version > 1 });
  if (!data) return null;
  return (
    <Section id="history" title={t('history.title')}>
      <ol className="steps-list">
        {data.map((one) => (
          <li key={one.version}>
            {longDate(inJapan(one.at).date, language)} {inJapan(one.at).time} {t(`history.${one.kind}`)} {one.by_name || t('history.the_place')}
            {one.reason && <span className="sub"> {one.reason}</span>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
