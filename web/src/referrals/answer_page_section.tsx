import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { IssuedAnswerPage, Referral } from '../api/types';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, longDate, shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { referralQuery } from './queries';

/** The whole address as the other side types or follows it. */
export function addressOf(page: IssuedAnswerPage): string {
  return location.origin + page.path;
}

export function useIssuing(referral: Referral) {
  const queries = useQueryClient();
  const [issued, setIssued] = useState<IssuedAnswerPage | null>(null);
  const [error, setError] = useState<unknown>(null);
  const issue = async () => {
    setError(null);
    try {
      setIssued(await ask(api.POST('/api/referrals/{id}/page', { params: { path: { id: referral.id } }, body: { days: null } } as never)) as unknown as IssuedAnswerPage);
      void queries.invalidateQueries({ queryKey: referralQuery(referral.id).queryKey });
    } catch (problem) {
      setError(problem);
    }
  };
  return { issued, issue, error };
}

/** A page on which the other side answers without an account: issued here, its code told on another way than its address. */
export function AnswerPageSection({ referral, writes }: { referral: Referral; writes: boolean }) {
  const { t } = useTranslation('referrals');
  const language = useDateLanguage();
  const { issued, issue, error } = useIssuing(referral);
  const { page } = referral;
  if (!writes && !page) return null;
  const day = (at: string) => `${longDate(inJapan(at).date, language)} ${inJapan(at).time}`;
  return (
    <Section id="page" title={t('page.title')} note={t('page.what')}>
      <ProblemNotice error={error} />
      {page && (
        <p>
          {t('page.issued', { day: day(page.issued_at), until: shortDate(inJapan(page.expires_at).date, language) })}{' '}
          {page.withdrawn_at ? t('page.withdrawn') : page.used_at ? t('page.used', { day: day(page.used_at) }) : page.opened_at ? t('page.opened', { day: day(page.opened_at) }) : t('page.not_opened')}{' '}
          {page.failures > 0 && t('page.failures', { count: page.failures })}
        </p>
      )}
      {issued && (
        <div className="notice info" role="status">
          <p>{t('page.told_once')}</p>
          <dl className="kv">
            <dt>{t('page.address')}</dt>
            <dd className="prose">{addressOf(issued)}</dd>
            <dt>{t('page.code')}</dt>
            <dd className="reply-code n">{issued.code}</dd>
          </dl>
          <p className="note">{t('page.apart')}</p>
        </div>
      )}
      {writes && (
        <p className="no-print">
          <Button small onPress={() => void issue()}>
            {t(page ? 'page.again' : 'page.issue')}
          </Button>
        </p>
      )}
    </Section>
  );
}
