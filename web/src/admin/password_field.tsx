import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';

export const shortestPassword = 8;

/** Without letters and figures that look alike on paper. */
const letters = 'abcdefghijkmnpqrstuvwxyz';
const figures = '23456789';

export function madePassword(): string {
  const pick = (from: string, count: number) => Array.from(crypto.getRandomValues(new Uint32Array(count)), (value) => from[value % from.length]).join('');
  return [pick(letters, 4), pick(figures, 4), pick(letters, 4)].join('-');
}

/** The first password is handed over by word or on paper, so it is readable while it is written. */
export function PasswordField({ value, onChange, error }: { value: string; onChange: (value: string) => void; error?: string }) {
  const { t } = useTranslation('admin');
  return (
    <>
      <TextField id="f-password" label={t('user.password')} required value={value} onChange={onChange} error={error} help={t('user.password_help', { min: shortestPassword })} spellCheck={false} autoCapitalize="off" />
      <p className="mt-1">
        <Button small onPress={() => onChange(madePassword())}>
          {t('user.make_password')}
        </Button>
      </p>
    </>
  );
}
