import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, onceOnly } from '../api/client';
import type { ConfirmationMethod } from '../api/types';
import { useLocalMunicipality } from '../resources/queries';
import { Button } from '../ui/button';
import { ChoiceList } from '../ui/choice_list';
import { DateField } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/field';
import { addDays, today } from '../ui/japanese_date';
import { useToast } from '../ui/toast';
import { methods, useLooked } from './queries';
import { useSending } from './sending';

const usualDays = 14;

/** 確認のお願い for the chosen places. */
export function AskDialog({ places, onClose, onDone }: { places: ReadonlyMap<string, string>; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation(['confirmations', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const looked = useLooked();
  const whose = useLocalMunicipality();
  const [method, setMethod] = useState<ConfirmationMethod>('fax');
  const [due, setDue] = useState<string | null>(addDays(today(), usualDays));
  const [message, setMessage] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const { send, field, notices } = useSending((name) => t(`confirmations:field.${name}`, { defaultValue: name === 'place_ids' ? t('confirmations:ask.places') : '' }));
  const save = () =>
    void send(
      async () => {
        const made = (await ask(
          api.POST('/api/confirmations', { params: { query: { municipality_id: whose } }, body: { place_ids: [...places.keys()], method, message: message.trim(), due_on: due }, ...onceOnly(key) } as never),
        )) as unknown as { items: { id: string }[] };
        looked();
        toast(t('confirmations:ask.done', { count: made.items.length }));
        onDone();
        onClose();
        if (method === 'fax' || method === 'paper') void navigate({ to: '/confirmations/print', search: { id: made.items.map((one) => one.id).join(',') } });
        else void navigate({ to: '/confirmations/requests', search: {} });
      },
      due ? [] : [{ field: 'due_on' }],
    );
  return (
    <Dialog
      large
      title={t('confirmations:ask.title', { count: places.size })}
      onClose={message ? undefined : onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={save}>
            {t('confirmations:ask.save')}
          </Button>
        </>
      }
    >
      {notices}
      <p id="f-place_ids" tabIndex={-1}>
        {[...places.values()].slice(0, 5).join(t('confirmations:due.and'))}
        {places.size > 5 && t('confirmations:ask.more', { count: places.size - 5 })}
      </p>
      {field('place_ids').error && <p className="err">{t('confirmations:ask.open_already')}</p>}
      <div className="f">
        <ChoiceList {...field('method')} choices={methods.map((value) => ({ value, label: t(`confirmations:method.${value}`) }))} value={method} onChange={(next) => next && setMethod(next as ConfirmationMethod)} />
      </div>
      <DateField {...field('due_on')} required lean="future" value={due} onChange={setDue} />
      <TextArea {...field('message')} help={t('confirmations:ask.message_help')} maxLength={1000} rows={3} value={message} onChange={setMessage} />
    </Dialog>
  );
}
