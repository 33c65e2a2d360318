// The page of somebody without an account: the link brings them here, the code opens it, and the module that asked shows
// its one question.
import { lazy, Suspense, useState, type ComponentType, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Gate } from '../access/gate';
import { api, ask } from '../api/client';
import type { AnswerKey, AnswerKind, AnswerPage } from '../api/types';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import './answer_pages.css';

export interface AnswerScreen {
  answerKey: AnswerKey;
  page: AnswerPage;
}

/** What is asked on the pages of a kind. Add the screen of a kind here before its pages are issued. */
const screens: Partial<Record<AnswerKind, ComponentType<AnswerScreen>>> = {
  referral_ask: lazy(() => import('../referrals/answer_screen')),
  place_confirmation: lazy(() => import('../confirmations/correction_screen')),
  place_vacancy: lazy(() => import('../vacancies/told_screen')),
};

export default function AnswerDoor() {
  const { t } = useTranslation('answer_pages');
  const [opened, setOpened] = useState<AnswerScreen | null>(null);
  const Asked = opened && screens[opened.page.kind];
  return (
    <div className="answer">
      <Gate title={t('title')}>{Asked ? <Suspense fallback={<Skeleton lines={4} />}><Asked {...opened} /></Suspense> : <CodeForm onOpened={setOpened} />}</Gate>
    </div>
  );
}

function CodeForm({ onOpened }: { onOpened: (opened: AnswerScreen) => void }) {
  const { t } = useTranslation('answer_pages');
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setMissing(!code.trim());
    if (!code.trim()) {
      document.getElementById('answer-code')?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    try {
      const answerKey = { token: location.pathname.split('/')[2] || '-', code };
      onOpened({ answerKey, page: await ask(api.POST('/api/answer-pages/open', { body: answerKey })) });
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>{t('what')}</p>
      <ProblemNotice error={error} />
      <TextField
        id="answer-code"
        label={t('code')}
        help={t('code_help')}
        inputMode="numeric"
        autoFocus
        maxLength={40}
        className="answer-code"
        value={code}
        onChange={setCode}
        error={missing && !code.trim() ? t('write_code') : undefined}
      />
      <p className="f">
        <Button kind="primary" type="submit">
          {busy ? t('opening') : t('open')}
        </Button>
      </p>
      <p className="note">{t('no_account')}</p>
    </form>
  );
}
