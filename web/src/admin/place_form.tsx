import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { DateField } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import type { KeptFields } from '../records/kept_text';
import { RestoredNotice } from '../records/restored_notice';
import type { Saving } from './saving';

interface Props<T> {
  title: string;
  /** What is written; a reload does not lose it. */
  draft: KeptFields<T>;
  saving: Saving;
  onSave: () => void;
  onClose: () => void;
  ended?: { value: string | null; onChange: (day: string | null) => void };
  children: ReactNode;
}

/** The frame of the dialogs of this page: errors on top, the day it ended below, save. */
export function PlaceForm<T>({ title, draft, saving, onSave, onClose, ended, children }: Props<T>) {
  const { t } = useTranslation('admin');
  const giveUp = () => {
    draft.forget();
    onClose();
  };
  return (
    <Dialog
      title={title}
      onClose={giveUp}
      actions={
        <>
          <Button onPress={giveUp}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={onSave}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <RestoredNotice at={draft.restoredAt} overtaken={draft.overtaken} onDiscard={draft.discard} />
      {saving.summary}
      {children}
      {ended && (
        <details className="fold-more f" open={ended.value !== null || saving.messages.ended_on !== undefined}>
          <summary>{t('place.end')}</summary>
          <DateField id="f-ended_on" label={t('place.ended_on')} value={ended.value} onChange={ended.onChange} lean="future" help={t('place.ended_help')} error={saving.messages.ended_on} />
        </details>
      )}
    </Dialog>
  );
}
