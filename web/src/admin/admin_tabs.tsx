import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../app/session';
import './admin.css';

const parts = [
  { name: 'users', to: '/admin/users', needs: 'users.manage' },
  { name: 'places', to: '/admin/places', needs: 'places.manage' },
  { name: 'maps', to: '/admin/maps', needs: 'places.manage' },
  { name: 'packs', to: '/admin/packs', needs: 'packs.manage' },
  { name: 'holidays', to: '/admin/holidays', needs: 'packs.manage' },
  { name: 'localities', to: '/admin/localities', needs: 'packs.manage' },
  { name: 'audit', to: '/admin/audit', needs: 'audit.read' },
] as const;

export type AdminPart = (typeof parts)[number]['name'];

export function useAdminParts() {
  const may = useMay();
  return parts.filter((part) => may(part.needs));
}

export function AdminTabs({ current }: { current: AdminPart | 'home' }) {
  const { t } = useTranslation('admin');
  const shown = useAdminParts();
  return (
    <nav className="admin-tabs no-print" aria-label={t('tabs')}>
      <Link to="/admin" aria-current={current === 'home' ? 'page' : undefined} activeProps={{}} activeOptions={{ exact: true }}>
        {t('home.tab')}
      </Link>
      {shown.map((part) => (
        <Link key={part.name} to={part.to} aria-current={current === part.name ? 'page' : undefined} activeProps={{}}>
          {t(`part.${part.name}`)}
        </Link>
      ))}
    </nav>
  );
}
