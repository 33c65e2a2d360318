import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Confirmation } from '../api/types';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/field';
import { useToast } from '../ui/toast';
import { confirmationQuery, useLooked } from './queries';
import { useSending } from './sending';

export function WithdrawDialog({ request, onClose }: { request: Confirmation; onClose: () => void }) {
  const { t } = useTranslation(['confirmations', 'common']);
  const queries = useQueryClient();
  const looked = useLooked();
  const toast = useToast();
  const [reason, setReason] = useState('');
  const { send, field, notices } = useSending((name) => t(`confirmations:field.${name}`, { defaultValue: '' }));
  const save = () =>
    void send(async () => {
      const saved = (await ask(api.PUT('/api/confirmations/{id}/withdrawal', { params: { path: { id: request.id } }, body: { reason: reason.trim() }, ...ifMatch(request.version) } as never))) as unknown as Confirmation;
      queries.setQueryData(confirmationQuery(request.id).queryKey, saved);
      looked();
      toast(t('confirmations:withdraw.done'));
      onClose();
    });
  return (
    <Dialog
      title={t('confirmations:withdraw.title')}
      onClose={reason ? undefined : onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="danger" onPress={save}>
            {t('confirmations:withdraw.do')}
          </Button>
        </>
      }
    >
      {notices}
      <p>{t('confirmations:withdraw.what')}</p>
      <TextArea {...field('reason')} maxLength={400} value={reason} onChange={setReason} />
    </Dialog>
  );
}
