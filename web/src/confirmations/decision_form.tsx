// What the place says otherwise, field by field: what was shown, what stands now, what it wants; a person decides each.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Confirmation } from '../api/types';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { useToast } from '../ui/toast';
import { useCardWords } from './card_words';
import { confirmationQuery, useLooked, type CardField } from './queries';
import { useSending } from './sending';

export function DecisionForm({ request, writes }: { request: Confirmation; writes: boolean }) {
  const { t } = useTranslation(['confirmations', 'records']);
  const { say, label } = useCardWords();
  const queries = useQueryClient();
  const looked = useLooked();
  const toast = useToast();
  const [decided, setDecided] = useState<Record<string, boolean>>({});
  const [reason, setReason] = useState('');
  const { send, field, notices, busy } = useSending((name) => label(name) || t(`confirmations:field.${name}`, { defaultValue: '' }));
  const { differences, text } = request;
  const answer = text.card;
  if (!answer) return null;
  const open = writes && request.state === 'answered';
  const refused = differences.filter((one) => decided[one.field] === false).map((one) => one.field);
  const approved = differences.filter((one) => decided[one.field] === true).map((one) => one.field);
  const save = () =>
    void send(
      async () => {
        const body = { approved, refused, local_version: request.local_version, reason: refused.length > 0 ? reason.trim() : '' };
        const saved = (await ask(api.PUT('/api/confirmations/{id}/decision', { params: { path: { id: request.id } }, body, ...ifMatch(request.version) } as never))) as unknown as Confirmation;
        queries.setQueryData(confirmationQuery(request.id).queryKey, saved);
        looked();
        toast(t('confirmations:decide.done'));
      },
      [
        ...differences.filter((one) => decided[one.field] === undefined).map((one) => ({ field: one.field, reason: 'choose' })),
        ...(refused.length > 0 && !reason.trim() ? [{ field: 'reason' }] : []),
      ],
    );
  return (
    <>
      {notices}
      {differences.length === 0 && <p>{t(open ? 'confirmations:decide.nothing' : 'confirmations:unchanged')}</p>}
      {differences.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('confirmations:decide.table')}>
          <table className="plain-t decide-t">
            <thead>
              <tr>
                <th scope="col">{t('confirmations:decide.field')}</th>
                <th scope="col">{t('confirmations:decide.now')}</th>
                <th scope="col">{t('confirmations:decide.answer')}</th>
                <th scope="col">{t('confirmations:decide.column')}</th>
              </tr>
            </thead>
            <tbody>
              {differences.map((one) => {
                const name = one.field as CardField;
                const wired = field(one.field);
                return (
                  <tr key={one.field}>
                    <th scope="row">{label(one.field)}</th>
                    <td className="prose">
                      {say(name, open ? request.now : request.shown) || t('confirmations:card.blank')}
                      {one.changed_since && open && <span className="sub changed-since">{t('confirmations:decide.changed_since', { value: say(name, request.shown) || t('confirmations:card.blank') })}</span>}
                    </td>
                    <td className="prose">
                      <b>{say(name, answer) || t('confirmations:card.blank')}</b>
                    </td>
                    <td>
                      {!open && one.approved !== null && one.approved !== undefined && t(one.approved ? 'confirmations:decide.approved' : 'confirmations:decide.refused')}
                      {!open && (one.approved === null || one.approved === undefined) && t('confirmations:decide.open')}
                      {open && (
                        <fieldset className="decide" id={wired.id} tabIndex={-1}>
                          <legend className="vh">{label(one.field)}</legend>
                          {([true, false] as const).map((value) => (
                            <label key={String(value)} className="opt">
                              <input type="radio" name={`decide-${one.field}`} checked={decided[one.field] === value} onChange={() => setDecided({ ...decided, [one.field]: value })} />
                              {t(value ? 'confirmations:decide.approve' : 'confirmations:decide.refuse')}
                            </label>
                          ))}
                          {wired.error && <p className="err">{wired.error}</p>}
                        </fieldset>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {open && refused.length > 0 && <TextField {...field('reason')} required help={t('confirmations:decide.reason_help')} maxLength={400} value={reason} onChange={setReason} />}
      {!open && text.reason && <p className="prose">{t('confirmations:decide.because', { reason: text.reason })}</p>}
      {open && (
        <p className="no-print acts-line">
          <Button kind="primary" onPress={save}>
            {t(busy ? 'confirmations:decide.saving' : differences.length > 0 ? 'confirmations:decide.save' : 'confirmations:decide.confirm')}
          </Button>
          {differences.length > 1 && (
            <Button onPress={() => setDecided(Object.fromEntries(differences.map((one) => [one.field, true])))}>{t('confirmations:decide.all')}</Button>
          )}
        </p>
      )}
    </>
  );
}
