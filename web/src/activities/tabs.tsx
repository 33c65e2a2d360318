import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import '../records/records.css';

const pages = { list: '/consultations', to_do: '/consultations/follow-ups', register: '/consultations/activities', conference: '/consultations/conference' } as const;

/** From the consultations to what was done about them, and to those that wait for a physician. */
export function ConsultationTabs({ current }: { current: keyof typeof pages }) {
  const { t } = useTranslation('activities');
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
