import { useTranslation } from 'react-i18next';
import { useTakeSession } from '../app/session';
import { Gate } from './gate';
import { SignInForm } from './sign_in_form';

export default function SignIn() {
  const { t } = useTranslation('access');
  const take = useTakeSession();
  return (
    <Gate title={t('sign_in')}>
      <SignInForm onSignedIn={take} />
      <p className="note">{t('forgotten')}</p>
    </Gate>
  );
}
