import { useTranslation } from 'react-i18next';
import type { SessionView } from '../api/types';
import { Gate } from './gate';
import { SignInForm } from './sign_in_form';

export function SignIn({ onSignedIn }: { onSignedIn: (session: SessionView) => Promise<void> }) {
  const { t } = useTranslation('access');
  return (
    <Gate title={t('sign_in')}>
      <SignInForm onSignedIn={onSignedIn} />
      <p className="note">{t('forgotten')}</p>
    </Gate>
  );
}
