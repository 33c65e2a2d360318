import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { DateField } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import type { Saving } from './saving';

/** The frame of the dialogs of this page: errors on top, the day it ended below, save. */
export function PlaceForm({ title, saving, onSave, onClose, ended, children }: { title: string; saving: Saving; onSave: () => void; onClose: () => void; ended?: { value: string | null; onChange: (day: string | null) => void }; children: ReactNode }) {
  const { t } = useTranslation('admin');
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={onSave}>
            {t('common:save')}
          </Button>
        </>
      }
    >
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
