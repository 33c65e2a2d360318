import { useTranslation } from 'react-i18next';
import { useSession, useTakeSession } from '../app/session';
import { Gate } from './gate';
import { PasswordForm } from './password_form';

export default function FirstPassword() {
  const { t } = useTranslation('access');
  const { session, signOut } = useSession();
  const take = useTakeSession();
  return (
    <Gate title={t('first.title')} demonstration={session.demonstration}>
      <p>{t('first.what', { name: session.name })}</p>
      <PasswordForm onChanged={take} />
      <button type="button" className="btn small plain" onClick={() => void signOut()}>
        {t('leave')}
      </button>
    </Gate>
  );
}
