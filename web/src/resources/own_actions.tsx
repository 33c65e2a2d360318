import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import { problemOf } from '../api/problem';
import { useMay } from '../app/session';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { DateField } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/field';
import { today } from '../ui/japanese_date';
import { fieldMessage, ProblemNotice } from '../ui/problem_notice';
import { stopsAtUnreadable } from '../ui/read_field';
import { useToast } from '../ui/toast';
import { ownPlaceQuery } from './queries';

/** Changing, closing and opening a place that the municipality registered. */
export function OwnActions({ id, closed }: { id: string; closed: boolean }) {
  const { t } = useTranslation('resources');
  const may = useMay();
  const [asking, setAsking] = useState(false);
  return (
    <>
      {may('resources.write') && (
        <>
          <ButtonLink small to="/own-places/$id/edit" params={{ id }}>{t('own.edit')}</ButtonLink>
          <Button small onPress={() => setAsking(true)}>{t(closed ? 'own.reopen' : 'own.close')}</Button>
        </>
      )}
      <ButtonLink small kind="plain" to="/own-places/$id/history" params={{ id }}>{t('own.history')}</ButtonLink>
      {asking && <StateDialog id={id} closed={closed} onClose={() => setAsking(false)} />}
    </>
  );
}

function StateDialog({ id, closed, onClose }: { id: string; closed: boolean; onClose: () => void }) {
  const { t } = useTranslation(['resources', 'problems', 'common']);
  const { t: p } = useTranslation('problems');
  const toast = useToast();
  const queries = useQueryClient();
  const { data } = useQuery({ ...ownPlaceQuery(id), refetchOnMount: 'always' });
  const [day, setDay] = useState<string | null>(today());
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wrong = (pointer: string) => problemOf(error).fields?.find((field) => field.pointer === pointer);
  const told = (pointer: string, missing: boolean) => {
    const field = wrong(pointer);
    return field ? fieldMessage(p, field) : tried && missing ? p('field.required') : undefined;
  };
  const go = async () => {
    if (busy || !data || stopsAtUnreadable()) return;
    setTried(true);
    if (!reason.trim() || (!closed && !day)) {
      document.getElementById(!closed && !day ? 'own-closed_on' : 'own-reason')?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    try {
      await ask(api.PUT('/api/own-places/{id}/state', { params: { path: { id } }, body: { state: closed ? 'open' : 'closed', closed_on: closed ? null : day, reason: reason.trim() }, ...ifMatch(data.version) } as never));
      for (const queryKey of [['places'], ['own-places']]) void queries.invalidateQueries({ queryKey });
      toast(t(closed ? 'own.reopened' : 'own.closed_done'));
      onClose();
    } catch (failed) {
      setError(failed);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t(closed ? 'own.reopen' : 'own.close')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void go()}>{t(closed ? 'own.reopen' : 'own.close')}</Button>
        </>
      }
    >
      <p className="sm">{t(closed ? 'own.reopen_what' : 'own.close_what')}</p>
      {!closed && <DateField id="own-closed_on" label={t('own.closed_on')} required lean="past" value={day} error={told('/closed_on', !day)} onChange={setDay} />}
      <TextArea id="own-reason" label={t('own.reason')} required rows={3} maxLength={1000} value={reason} error={told('/reason', !reason.trim())} onChange={setReason} />
      {error !== null && !wrong('/closed_on') && !wrong('/reason') && <ProblemNotice error={error} />}
    </Dialog>
  );
}
