import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReferralText } from '../api/types';
import { PageProblem } from '../records/page_problem';
import { differencesOf, Versions } from '../records/versions';
import { Skeleton } from '../ui/skeleton';
import { referralHistoryQuery } from './queries';
import { useReferralWords } from './words';

export default function ReferralHistory() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t } = useTranslation(['referrals', 'common']);
  const { say, label } = useReferralWords();
  const { data, error } = useQuery(referralHistoryQuery(id));
  if (error) return <PageProblem error={error} />;
  if (!data) return <Skeleton lines={14} />;
  const step = (kind: string) => t(`step.${kind}`, { defaultValue: t(`common:state.referral.${kind}`, { defaultValue: kind }) });
  return (
    <Versions<ReferralText>
      crumbs={[
        { to: '/referrals', label: t('title') },
        { to: `/referrals/${id}`, label: t('this') },
      ]}
      items={data.map((one) => ({ ...one, step: step(one.kind) })) as never}
      compare={(older, newer) => differencesOf(older, newer, say as never, label)}
    />
  );
}
