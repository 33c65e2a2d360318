import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { ProblemError } from '../api/problem';
import type { SessionView } from '../api/types';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { ProblemNotice } from '../ui/problem_notice';

/** Name and password; the field for the code appears when the server asks for one. */
export function SignInForm({ login: fixed, onSignedIn }: { login?: string; onSignedIn: (session: SessionView) => void | Promise<void> }) {
  const { t } = useTranslation('access');
  const [login, setLogin] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [askCode, setAskCode] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setMissing(true);
    if (!login.trim() || !password || (askCode && !code.trim())) {
      document.getElementById(!login.trim() ? 'login' : !password ? 'password' : 'code')?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    try {
      await onSignedIn(await ask(api.POST('/api/session', { body: { login: login.trim(), password, code: code.normalize('NFKC').replace(/\s/g, '') } })));
    } catch (problem) {
      if (problem instanceof ProblemError && problem.reason === 'totp_required') {
        setAskCode(true);
        setMissing(false);
        setTimeout(() => document.getElementById('code')?.focus());
      } else setError(problem);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <ProblemNotice error={error} />
      {fixed ? (
        <p>
          {t('login')}: <b>{fixed}</b>
        </p>
      ) : (
        <TextField id="login" label={t('login')} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus value={login} onChange={setLogin} error={missing && !login.trim() ? t('write_login') : undefined} />
      )}
      <TextField id="password" label={t('password')} type="password" autoComplete="current-password" autoFocus={Boolean(fixed)} value={password} onChange={setPassword} error={missing && !password ? t('write_password') : undefined} />
      {askCode && (
        <TextField id="code" label={t('code')} help={t('code_help')} inputMode="numeric" autoComplete="one-time-code" value={code} onChange={setCode} error={missing && !code.trim() ? t('write_code') : undefined} />
      )}
      <p className="f">
        <Button kind="primary" type="submit">
          {busy ? t('signing_in') : t('sign_in')}
        </Button>
      </p>
    </form>
  );
}
