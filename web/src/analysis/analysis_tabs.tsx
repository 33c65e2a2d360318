import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { conditionsOnly } from './conditions';

/** From one table to the other under the same conditions. */
export function AnalysisTabs({ current }: { current: 'months' | 'matrix' }) {
  const { t } = useTranslation('analysis');
  const may = useMay();
  const search = conditionsOnly(useSearch({ strict: false }) as Search);
  if (!may('figures.read') || !may('consultations.read')) return null;
  return (
    <nav className="tabs no-print" aria-label={t('tabs')}>
      <Link to="/analysis/months" search={search} aria-current={current === 'months' ? 'page' : undefined} activeProps={{}}>
        {t('months.title')}
      </Link>
      <Link to="/analysis/matrix" search={search} aria-current={current === 'matrix' ? 'page' : undefined} activeProps={{}}>
        {t('matrix.title')}
      </Link>
    </nav>
  );
}
