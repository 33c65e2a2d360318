import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import '../records/records.css';

const pages = { board: '/referrals', gaps: '/gaps' } as const;

/** From the asks to what is missing by their answers. */
export function ReferralTabs({ current }: { current: keyof typeof pages }) {
  const { t } = useTranslation('referrals');
  return (
    <nav className="tabs no-print" aria-label={t('tabs.label')}>
      {(Object.keys(pages) as (keyof typeof pages)[]).map((page) => (
        <Link key={page} to={pages[page]} aria-current={current === page ? 'page' : undefined} activeProps={{}} activeOptions={{ exact: true }}>
          {t(`tabs.${page}`)}
        </Link>
      ))}
    </nav>
  );
}
