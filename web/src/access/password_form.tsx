import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { problemOf } from '../api/problem';
import type { SessionView } from '../api/types';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { messagesByField, ProblemNotice } from '../ui/problem_notice';

export const shortestPassword = 8;

export function PasswordForm({ onChanged }: { onChanged: (session: SessionView) => void }) {
  const { t } = useTranslation(['access', 'problems']);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const messages = messagesByField(t as never, problemOf(error).fields ?? []);

  const wrong = {
    current: !current ? t('access:write_password') : undefined,
    next: [...next].length < shortestPassword ? t('access:too_short', { min: shortestPassword }) : undefined,
    again: next !== again ? t('access:not_the_same') : undefined,
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setError(null);
    const first = Object.entries(wrong).find(([, message]) => message)?.[0];
    if (first) {
      document.getElementById(`f-${first}`)?.focus();
      return;
    }
    try {
      onChanged(await ask(api.PUT('/api/session/password', { body: { current, next } })));
      setCurrent('');
      setNext('');
      setAgain('');
      setTried(false);
    } catch (problem) {
      setError(problem);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="narrow">
      <ProblemNotice error={error} />
      <TextField id="f-current" label={t('access:current_password')} type="password" autoComplete="current-password" value={current} onChange={setCurrent} error={messages.current ?? (tried ? wrong.current : undefined)} />
      <TextField id="f-next" label={t('access:next_password')} help={t('access:password_help', { min: shortestPassword })} type="password" autoComplete="new-password" value={next} onChange={setNext} error={messages.next ?? (tried ? wrong.next : undefined)} />
      <TextField id="f-again" label={t('access:next_again')} type="password" autoComplete="new-password" value={again} onChange={setAgain} error={tried ? wrong.again : undefined} />
      <p className="f">
        <Button kind="primary" type="submit">
          {t('access:change_password')}
        </Button>
      </p>
    </form>
  );
}
