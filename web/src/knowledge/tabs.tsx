import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import '../records/records.css';

const pages = { terms: '/terms', learning: '/learning' } as const;

export function KnowledgeTabs({ current }: { current: keyof typeof pages }) {
  const { t } = useTranslation('knowledge');
  return (
    <nav className="tabs no-print" aria-label={t('tabs.label')}>
      {(Object.keys(pages) as (keyof typeof pages)[]).map((page) => (
        <Link key={page} to={pages[page]} aria-current={current === page ? 'page' : undefined} activeProps={{}}>
          {t(`tabs.${page}`)}
        </Link>
      ))}
    </nav>
  );
}
