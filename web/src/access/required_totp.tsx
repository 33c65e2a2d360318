import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionQuery, useSession } from '../app/session';
import { Gate } from './gate';
import { TotpSetup } from './totp_setup';

export default function RequiredTotp() {
  const { t } = useTranslation('access');
  const { session, signOut } = useSession();
  const queries = useQueryClient();
  return (
    <Gate title={t('totp.required_title')} demonstration={session.demonstration}>
      <TotpSetup onDone={() => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })} />
      <button type="button" className="btn small plain" onClick={() => void signOut()}>
        {t('leave')}
      </button>
    </Gate>
  );
}
