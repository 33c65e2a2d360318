import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Search } from '../app/router';
import '../records/records.css';

const pages = { list: '/resources', map: '/resources/map' } as const;

/** The same places as a list and on a map; the conditions go with it. */
export function PlaceTabs({ current, search }: { current: keyof typeof pages; search: Search }) {
  const { t } = useTranslation('resources');
  return (
    <nav className="tabs no-print" aria-label={t('tabs.label')}>
      {(Object.keys(pages) as (keyof typeof pages)[]).map((page) => (
        <Link key={page} to={pages[page]} search={search as never} aria-current={current === page ? 'page' : undefined} activeProps={{}} activeOptions={{ exact: true }}>
          {t(`tabs.${page}`)}
        </Link>
      ))}
    </nav>
  );
}
