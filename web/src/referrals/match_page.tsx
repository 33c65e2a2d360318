import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Match, CaseMatchState } from '../api/types';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { PageProblem } from '../records/page_problem';
import { useOptions } from '../records/words';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { Dialog } from '../ui/dialog';
import { SelectField, TextField } from '../ui/field';
import { PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { useToast } from '../ui/toast';
import { CandidatesSection } from './candidates';
import { caseMatchesQuery, matchFields, matchQuery, useAsked } from './queries';
import { ReferralLines } from './referral_lines';
import { useMatchWords } from './words';
import './referrals.css';

export default function MatchPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(matchQuery(id));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} match={data} /> : <Skeleton lines={14} />;
}

/** What is looked for, who could take it, who was asked. */
function Page({ match }: { match: Match }) {
  const { t } = useTranslation(['referrals', 'records', 'common']);
  const may = useMay();
  const codes = useCodes();
  const { say, label } = useMatchWords();
  const [to, setTo] = useState<CaseMatchState | null>(null);
  const all = useQuery(caseMatchesQuery(match.consultation_id));
  const asks = all.data?.find((one) => one.match.id === match.id)?.referrals ?? [];
  const writes = may('referrals.write');
  const searching = match.state === 'searching';
  const written = matchFields.filter((field) => say(field, match.text));
  return (
    <>
      <PageTitle
        title={t('match.title', { service: codes.label('resource_service', match.text.service) })}
        crumbs={[
          { to: '/referrals', label: t('title') },
          { to: `/consultations/${match.consultation_id}`, label: [match.number, match.subject].filter(Boolean).join(' ') },
        ]}
        state={<StateChip kind="match" state={match.state} />}
        actions={
          writes && (
            <>
              {searching && (
                <ButtonLink to="/matches/$id/edit" params={{ id: match.id }}>
                  {t('match.change')}
                </ButtonLink>
              )}
              {searching ? <Button onPress={() => setTo('not_found')}>{t('match.close')}</Button> : <Button onPress={() => setTo('searching')}>{t('match.again')}</Button>}
            </>
          )
        }
      />
      <div className="page-acts no-print">
        {match.version > 1 && (
          <ButtonLink small kind="plain" to="/matches/$id/history" params={{ id: match.id }}>
            {t('records:versions.link')}
          </ButtonLink>
        )}
        <PrintButton />
      </div>
      {match.state === 'not_found' && (
        <p className="notice" role="note">
          {t('match.gave_up', { reason: codes.label('refusal_reason', match.reason) })} {match.words}
        </p>
      )}
      <Section id="conditions" title={t('match.conditions')}>
        <dl className="kv large">
          {written.map((field) => (
            <Pair key={field} label={label(field)} value={say(field, match.text)} />
          ))}
        </dl>
      </Section>
      <Section id="asks" title={t('asks')} note={t('count', { count: asks.length })}>
        <ProblemNotice error={all.error} />
        {asks.length === 0 && <p className="note">{t(searching && writes ? 'no_asks_yet' : 'no_asks')}</p>}
        <ReferralLines rows={asks} writes={writes} />
      </Section>
      <CandidatesSection match={match} asks={asks} writes={writes && searching} />
      {to && <StateDialog match={match} first={to} onClose={() => setTo(null)} />}
    </>
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

/** How a search ends, or that it goes on. A search that found nothing says why: that is what the region lacks. */
function StateDialog({ match, first, onClose }: { match: Match; first: CaseMatchState; onClose: () => void }) {
  const { t } = useTranslation(['referrals', 'problems', 'common']);
  const toast = useToast();
  const asked = useAsked();
  const options = useOptions();
  const [state, setState] = useState<CaseMatchState>(first);
  const [reason, setReason] = useState('');
  const [words, setWords] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const again = first === 'searching';
  const choices: CaseMatchState[] = again ? ['searching'] : ['not_found', 'found', 'dropped'];
  const save = async () => {
    if (busy) return;
    if (state === 'not_found' && !reason) {
      setMissing(true);
      document.getElementById('match-reason')?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    try {
      await ask(api.PUT('/api/matches/{id}/state', { params: { path: { id: match.id } }, body: { state, reason: state === 'not_found' ? reason : null, words }, ...ifMatch(match.version) } as never));
      asked(match.consultation_id);
      toast(t(`common:state.match.${state}`));
      onClose();
    } catch (problem) {
      setError(problem);
      asked(match.consultation_id);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t(again ? 'match.again' : 'match.close')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void save()}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      {again && <p>{t('match.again_what')}</p>}
      {!again && (
        <fieldset className="f">
          <legend>{t('match.how_ended')}</legend>
          <div className="opts c3">
            {choices.map((one) => (
              <label className="opt" key={one}>
                <input type="radio" name="match-state" checked={state === one} onChange={() => setState(one)} />
                <StateChip kind="match" state={one} plain />
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {state === 'not_found' && (
        <SelectField
          id="match-reason"
          label={t('match.reason')}
          required
          help={t('match.reason_help')}
          none={t('common:not_chosen')}
          options={options('refusal_reason', reason)}
          value={reason}
          onChange={setReason}
          error={missing && !reason ? t('problems:field.choose') : undefined}
        />
      )}
      <TextField label={t('match.words')} maxLength={400} value={words} onChange={setWords} />
      <ProblemNotice error={error} />
    </Dialog>
  );
}
