import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { encode } from 'uqr';
import { api, ask } from '../api/client';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { ProblemNotice } from '../ui/problem_notice';
import './gate.css';

/** Secret as picture and text, a code to confirm it, recovery codes shown once. */
export function TotpSetup({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('access');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const start = useMutation({ mutationFn: () => ask(api.POST('/api/session/totp')) });
  const confirm = useMutation({ mutationFn: () => ask(api.PUT('/api/session/totp', { body: { code: code.normalize('NFKC').replace(/\s/g, '') } })) });

  if (confirm.data) {
    return (
      <div>
        <div className="notice info">
          <h3>{t('totp.recovery')}</h3>
          <p className="sm">{t('totp.recovery_what')}</p>
        </div>
        <ul className="codes">
          {confirm.data.codes.map((one) => (
            <li key={one} className="n">
              {one}
            </li>
          ))}
        </ul>
        <p className="title">
          <Button icon="print" onPress={() => window.print()}>
            {t('totp.print_codes')}
          </Button>
          <Button kind="primary" onPress={onDone}>
            {t('totp.kept')}
          </Button>
        </p>
      </div>
    );
  }
  if (!start.data) {
    return (
      <div>
        <ProblemNotice error={start.error} />
        <p>{t('totp.why')}</p>
        <p className="f">
          <Button kind="primary" onPress={() => start.mutate()}>
            {t('totp.start')}
          </Button>
        </p>
      </div>
    );
  }
  return (
    <form
      noValidate
      className="narrow"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (code.trim()) confirm.mutate();
        else document.getElementById('f-code')?.focus();
      }}
    >
      <ProblemNotice error={confirm.error} />
      <p>{t('totp.scan')}</p>
      <div className="qr">
        <Qr text={start.data.uri} />
        <dl className="kv">
          <dt>{t('totp.secret')}</dt>
          <dd className="b">{start.data.secret.replace(/(.{4})/g, '$1 ')}</dd>
          <dt>{t('totp.uri')}</dt>
          <dd>{start.data.uri}</dd>
        </dl>
      </div>
      <TextField id="f-code" label={t('totp.confirm_code')} inputMode="numeric" autoComplete="one-time-code" value={code} onChange={setCode} error={tried && !code.trim() ? t('write_code') : undefined} />
      <p className="f">
        <Button kind="primary" type="submit">
          {t('totp.confirm')}
        </Button>
      </p>
    </form>
  );
}

function Qr({ text }: { text: string }) {
  const { t } = useTranslation('access');
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('totp.picture')} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
