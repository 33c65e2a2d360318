import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VacancyNote, VacancyRow } from '../api/types';
import { useSending } from '../confirmations/sending';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { NoteForm } from './note_form';
import { noteOf, useTelling } from './queries';

/** What was told by phone, with number, conditions and how long it counts. */
export function TellDialog({ row, first, onClose }: { row: VacancyRow; first: VacancyNote['acceptance']; onClose: () => void }) {
  const { t } = useTranslation(['vacancies', 'common']);
  const { put } = useTelling();
  const [initial] = useState(() => ({ ...noteOf(first, row), conditions: row.acceptance === first ? row.conditions : '' }));
  const [note, setNote] = useState<VacancyNote>(initial);
  const { send, field, notices } = useSending((name) => t(`vacancies:field.${name}`, { defaultValue: '' }));
  const save = () =>
    void send(
      async () => {
        await put(row, note);
        onClose();
      },
      note.acceptance === 'conditional' && !note.conditions.trim() ? [{ field: 'conditions' }] : [],
    );
  return (
    <Dialog
      large
      title={t('vacancies:tell.title', { name: row.place_name })}
      onClose={note === initial ? onClose : undefined}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={save}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      {notices}
      <NoteForm note={note} onChange={setNote} field={field} />
    </Dialog>
  );
}
