import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import '../records/records.css';

const pages = { board: '/discharges', list: '/discharges/list', figures: '/discharges/figures' } as const;

/** The board by week, all coordinations, and their figures. */
export function DischargeTabs({ current }: { current: keyof typeof pages }) {
  const { t } = useTranslation('discharges');
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
