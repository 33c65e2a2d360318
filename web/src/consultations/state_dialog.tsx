import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Consultation, ConsultationState } from '../api/types';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/field';
import { fieldMessage, ProblemNotice } from '../ui/problem_notice';
import { fieldOf } from '../api/problem';
import { useToast } from '../ui/toast';
import { useTakeConsultation } from './queries';
import { useSheetWords } from './sheet_words';

/** Says what the step means and asks for the reason where the record needs one. */
export function StateDialog({ consultation, to, onClose }: { consultation: Consultation; to: ConsultationState; onClose: () => void }) {
  const { t } = useTranslation(['consultations', 'problems']);
  const { label } = useSheetWords();
  const toast = useToast();
  const take = useTakeConsultation();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const step = to === 'closed' ? 'close' : to === 'on_hold' ? 'hold' : consultation.state === 'closed' ? 'reopen' : 'resume';
  const needsReason = step === 'reopen';
  const fields = error instanceof ProblemError ? error.fields : [];

  const change = async (state: ConsultationState, from: Consultation, why: string): Promise<Consultation> => {
    const changed = await ask(api.PUT('/api/consultations/{id}/state', { params: { path: { id: from.id } }, body: { state, reason: why }, ...ifMatch(from.version) }));
    take(changed);
    return changed;
  };

  const go = async () => {
    setTried(true);
    if (busy || (needsReason && !reason.trim())) return;
    setBusy(true);
    setError(null);
    try {
      const changed = await change(to, consultation, reason.trim());
      onClose();
      const undo = step === 'hold' || step === 'resume' ? () => void change(consultation.state, changed, '').catch(() => {}) : undefined;
      toast(t(`consultations:action.${step}_done`), { undo });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t(`consultations:action.${step}`)}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void go()}>
            {t(`consultations:action.${step}`)}
          </Button>
        </>
      }
    >
      <ProblemNotice error={error}>
        {fields.length > 0 && (
          <ul>
            {fields.map((field) => (
              <li key={field.pointer}>
                {label(fieldOf(field.pointer))}: {fieldMessage(t as never, field)}
              </li>
            ))}
          </ul>
        )}
        {fields.length > 0 && (
          <Link to="/consultations/$id/edit" params={{ id: consultation.id }}>
            {t('common:edit')}
          </Link>
        )}
      </ProblemNotice>
      <p>{t(`consultations:action.${step}_what`)}</p>
      <TextArea
        id="f-reason"
        label={t('consultations:field.reason')}
        required={needsReason}
        value={reason}
        onChange={setReason}
        maxLength={400}
        error={tried && needsReason && !reason.trim() ? t('consultations:form.write_reason') : undefined}
      />
    </Dialog>
  );
}
