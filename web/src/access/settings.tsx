import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { sessionQuery, useSession, useTakeSession } from '../app/session';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';
import { PasswordForm } from './password_form';
import { TotpSetup } from './totp_setup';

export default function Settings() {
  const { t } = useTranslation('access');
  const { session } = useSession();
  const take = useTakeSession();
  const toast = useToast();
  return (
    <div className="wide">
      <PageTitle title={t('settings')} />
      <Section id="me" title={t('me')}>
        <dl className="kv">
          <dt>{t('name')}</dt>
          <dd>{session.name}</dd>
          <dt>{t('login')}</dt>
          <dd>{session.login}</dd>
        </dl>
      </Section>
      <Section id="password-change" title={t('change_password')}>
        <PasswordForm
          onChanged={(next) => {
            take(next);
            toast(t('password_changed'));
          }}
        />
      </Section>
      <Section id="totp" title={t('totp.title')} note={session.totp_enabled ? t('totp.on') : t('totp.off')}>
        <Totp />
      </Section>
    </div>
  );
}

function Totp() {
  const { t } = useTranslation('access');
  const { session } = useSession();
  const queries = useQueryClient();
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/session/totp', { body: { code: code.normalize('NFKC').replace(/\s/g, '') } })),
    onSuccess: refresh,
  });
  if (!session.totp_enabled) return <TotpSetup onDone={() => void refresh()} />;
  return (
    <form
      noValidate
      className="narrow"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (code.trim()) remove.mutate();
      }}
    >
      <ProblemNotice error={remove.error} />
      <p>{t('totp.remove_what')}</p>
      <TextField id="f-remove" label={t('code')} inputMode="numeric" value={code} onChange={setCode} error={tried && !code.trim() ? t('write_code') : undefined} />
      <p className="f">
        <Button kind="danger" type="submit">
          {t('totp.remove')}
        </Button>
      </p>
    </form>
  );
}
