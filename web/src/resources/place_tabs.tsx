import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import '../records/records.css';

const pages = { list: '/resources', map: '/resources/map', due: '/confirmations', requests: '/confirmations/requests', rounds: '/confirmations/rounds', vacancies: '/vacancies' } as const;
type Page = keyof typeof pages;

/** The directory as a list and on a map, to which the conditions go along, and what keeps it true. */
export function PlaceTabs({ current, search = {} }: { current: Page; search?: Search }) {
  const { t } = useTranslation('resources');
  const may = useMay();
  const shown = (Object.keys(pages) as Page[]).filter((page) => page !== 'vacancies' || may('vacancies.read'));
  return (
    <nav className="tabs no-print" aria-label={t('tabs.label')}>
      {shown.map((page) => (
        <Link key={page} to={pages[page]} search={(page === 'list' || page === 'map' ? search : {}) as never} aria-current={current === page ? 'page' : undefined} activeProps={{}} activeOptions={{ exact: true }}>
          {t(`tabs.${page}`)}
        </Link>
      ))}
    </nav>
  );
}
