import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../app/session';
import '../records/records.css';

const pages = { places: '/resources', due: '/confirmations', requests: '/confirmations/requests', rounds: '/confirmations/rounds', vacancies: '/vacancies' } as const;

/** From the directory to what keeps it true. */
export function FreshnessTabs({ current }: { current: keyof typeof pages }) {
  const { t } = useTranslation('confirmations');
  const may = useMay();
  const shown = (Object.keys(pages) as (keyof typeof pages)[]).filter((page) => page !== 'vacancies' || may('vacancies.read'));
  return (
    <nav className="tabs no-print" aria-label={t('tabs.label')}>
      {shown.map((page) => (
        <Link key={page} to={pages[page]} aria-current={current === page ? 'page' : undefined} activeProps={{}} activeOptions={{ exact: true }}>
          {t(`tabs.${page}`)}
        </Link>
      ))}
    </nav>
  );
}
