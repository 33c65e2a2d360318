import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Consultation } from '../api/types';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { StateChip } from '../ui/state_chip';
import { caseMatchesQuery } from './queries';
import { ReferralLines } from './referral_lines';
import './referrals.css';

/** On the page of a case: what was looked for on its behalf, and who was asked. */
export function MatchesSection({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('referrals');
  const may = useMay();
  const codes = useCodes();
  const language = useDateLanguage();
  const reads = may('referrals.read') && consultation.state !== 'draft';
  const { data, error } = useQuery({ ...caseMatchesQuery(consultation.id), enabled: reads });
  if (!reads) return null;
  return (
    <Section
      id="matches"
      title={t('title')}
      more={
        may('referrals.write') && (
          <ButtonLink small icon="plus" to="/matches/new" search={{ case: consultation.id }} className="no-print">
            {t('match.new')}
          </ButtonLink>
        )
      }
    >
      <ProblemNotice error={error} />
      {data?.length === 0 && <p className="note">{t('match.none_of_case')}</p>}
      {data?.map(({ match, referrals }) => (
        <div key={match.id} className="match-of-case">
          <p className="head">
            <StateChip kind="match" state={match.state} plain />{' '}
            <Link to="/matches/$id" params={{ id: match.id }}>
              {t('match.title', { service: codes.label('resource_service', match.text.service) })}
            </Link>{' '}
            <span className="sub">
              {shortDate(inJapan(match.created_at).date, language)} {t('match.had', { offered: match.offered, fitting: match.fitting })}
            </span>
          </p>
          <ReferralLines rows={referrals} />
        </div>
      ))}
    </Section>
  );
}
