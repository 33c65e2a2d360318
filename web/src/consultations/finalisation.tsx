// A mistaken finalisation: one person asks to undo it and says why, a second one agrees.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Consultation, Finalisation } from '../api/types';
import { usePlace } from '../app/place';
import { useSession } from '../app/session';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/field';
import { inJapan, shortDate } from '../ui/japanese_date';
import { ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';
import { finalisationQuery, useTakeConsultation } from './queries';

/** What waits for a second person, above the record. */
export function UndoNotice({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('consultations');
  const language = useDateLanguage();
  const { session } = useSession();
  const place = usePlace();
  const toast = useToast();
  const take = useTakeConsultation();
  const queries = useQueryClient();
  // Only the people of the desk can ask or agree.
  const finalised = consultation.state === 'closed' && place.own.some((desk) => desk.id === consultation.desk_id);
  const { data, error: unread } = useQuery({ ...finalisationQuery(consultation.id, consultation.version), enabled: finalised });
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const asked = finalised ? data?.undo : null;
  // Who may not write in it is not told of it.
  const told = unread instanceof ProblemError && unread.reason === 'forbidden' ? null : unread;
  if (!asked) return <ProblemNotice error={problem ?? told} />;
  const own = asked.asked_by === session.user_id;

  const answer = async (outcome: 'undone' | 'declined' | 'withdrawn') => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const answered = await ask(api.PUT('/api/consultations/{id}/finalisation/undo', { params: { path: { id: consultation.id } }, body: { outcome }, ...ifMatch(consultation.version) }));
      take(answered);
      toast(t(`undo.was_${outcome}`));
    } catch (error) {
      setProblem(error);
    }
    for (const queryKey of [['consultation', consultation.id], ['home']]) void queries.invalidateQueries({ queryKey });
    setBusy(false);
  };
  const at = inJapan(asked.asked_at);
  return (
    <section className="notice undo-notice no-print" aria-labelledby="undo-asked">
      <p id="undo-asked">
        <b>{own ? t('undo.own', { day: shortDate(at.date, language), time: at.time }) : t('undo.asked', { name: asked.asked_by_name, day: shortDate(at.date, language), time: at.time })}</b>
      </p>
      <p className="prose">{t('history.reason', { reason: asked.reason })}</p>
      <p className="note">{t(own ? 'undo.own_what' : 'undo.asked_what')}</p>
      <ProblemNotice error={problem} />
      <p className="acts">
        {own ? (
          <Button onPress={() => void answer('withdrawn')}>{t('undo.withdraw')}</Button>
        ) : (
          <>
            <Button kind="primary" onPress={() => void answer('undone')}>
              {t('undo.agree')}
            </Button>
            <Button onPress={() => void answer('declined')}>{t('undo.decline')}</Button>
          </>
        )}
      </p>
    </section>
  );
}

/** Asks for it, with the reason that the second person reads. */
export function UndoDialog({ consultation, onClose }: { consultation: Consultation; onClose: () => void }) {
  const { t } = useTranslation(['consultations', 'common']);
  const queries = useQueryClient();
  const toast = useToast();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const go = async () => {
    setTried(true);
    if (busy || !reason.trim()) return;
    setBusy(true);
    setError(null);
    try {
      const asked: Finalisation = await ask(api.POST('/api/consultations/{id}/finalisation/undo', { params: { path: { id: consultation.id } }, body: { reason: reason.trim() }, ...ifMatch(consultation.version) }));
      queries.setQueryData(finalisationQuery(consultation.id, consultation.version).queryKey, asked);
      toast(t('consultations:undo.was_asked'));
      onClose();
    } catch (problem) {
      if (problem instanceof ProblemError) void queries.invalidateQueries({ queryKey: ['consultation', consultation.id] });
      setError(problem);
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t('consultations:undo.title')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void go()}>
            {t('consultations:undo.ask')}
          </Button>
        </>
      }
    >
      <ProblemNotice error={error} />
      <p>{t('consultations:undo.what')}</p>
      <TextArea
        id="f-reason"
        label={t('consultations:field.reason')}
        required
        value={reason}
        onChange={setReason}
        maxLength={400}
        error={tried && !reason.trim() ? t('consultations:form.write_reason') : undefined}
      />
    </Dialog>
  );
}
