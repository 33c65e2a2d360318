import { useTranslation } from 'react-i18next';
import { useSession } from '../app/session';
import { Dialog } from '../ui/dialog';
import { SignInForm } from './sign_in_form';

/** The session ended while somebody was at work: sign in here, and everything on the page stays. */
export default function SignInAgain() {
  const { t } = useTranslation('access');
  const { session, resume } = useSession();
  return (
    <Dialog title={t('again.title')}>
      <p>{t('again.what')}</p>
      <SignInForm login={session.login} onSignedIn={resume} />
    </Dialog>
  );
}
