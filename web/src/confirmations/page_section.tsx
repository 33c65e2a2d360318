// The page on which a place answers without an account: issued here, its code told on another way than its address.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerPageStanding, IssuedAnswerPage } from '../api/types';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, longDate, shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';

/** The whole address as the other side types or follows it. */
export function addressOf(page: IssuedAnswerPage): string {
  return location.origin + page.path;
}

export function PageSection({ page, issue, withdraw, what }: { page?: AnswerPageStanding | null; issue?: () => Promise<IssuedAnswerPage>; withdraw?: () => Promise<void>; what: 'request' | 'vacancy' }) {
  const { t } = useTranslation('confirmations');
  const language = useDateLanguage();
  const [issued, setIssued] = useState<IssuedAnswerPage | null>(null);
  const [error, setError] = useState<unknown>(null);
  const day = (at: string) => `${longDate(inJapan(at).date, language)} ${inJapan(at).time}`;
  const run = async (work: () => Promise<void>) => {
    setError(null);
    try {
      await work();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Section id="page" title={t(`page.${what}`)} note={t(`page.${what}_what`)}>
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
            <dd className="prose page-address">{addressOf(issued)}</dd>
            <dt>{t('page.code')}</dt>
            <dd className="page-code n">{issued.code}</dd>
          </dl>
          <p className="note">{t('page.apart')}</p>
        </div>
      )}
      <p className="no-print acts-line">
        {issue && (
          <Button small onPress={() => void run(async () => setIssued(await issue()))}>
            {t(page ? 'page.again' : 'page.issue')}
          </Button>
        )}
        {withdraw && page && !page.withdrawn_at && (
          <Button
            small
            kind="plain"
            onPress={() =>
              void run(async () => {
                await withdraw();
                setIssued(null);
              })
            }
          >
            {t('page.withdraw')}
          </Button>
        )}
      </p>
    </Section>
  );
}
