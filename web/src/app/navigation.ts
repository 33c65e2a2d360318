// The entries on the left, in the order of the work. An entry appears when its screen exists and the person may use it.
import { useRouterState } from '@tanstack/react-router';
import { useMay } from './session';

export interface Entry {
  /** Words: common:nav.<name> and, folded, common:nav_short.<name>. */
  name: string;
  to: string;
  /** One of these is enough; none: everybody. */
  needs?: string[];
  /** Further screens that belong to it. */
  also?: string[];
  /** A line above it. */
  gap?: boolean;
}

export const entries: Entry[] = [
  { name: 'home', to: '/', needs: ['issues.read'] },
  { name: 'consultations', to: '/consultations', needs: ['consultations.read'], also: ['/phrases', '/imports'] },
  { name: 'analysis', to: '/analysis', needs: ['figures.read', 'consultations.read'] },
  { name: 'issues', to: '/issues', needs: ['issues.read'] },
  { name: 'meetings', to: '/meetings', needs: ['meetings.read'] },
  { name: 'measures', to: '/measures', needs: ['measures.read'] },
  { name: 'indicators', to: '/indicators', needs: ['indicators.read'] },
  { name: 'resources', to: '/resources', needs: ['resources.read'], also: ['/official-imports', '/own-places', '/confirmations', '/vacancies', '/place-matches', '/corporations', '/exchange', '/credits'] },
  { name: 'referrals', to: '/referrals', needs: ['referrals.read'], also: ['/matches', '/gaps'] },
  { name: 'discharges', to: '/discharges', needs: ['discharges.read'], also: ['/discharge-forms'] },
  { name: 'knowledge', to: '/terms', also: ['/learning'] },
  { name: 'admin', to: '/admin', needs: ['users.manage', 'places.manage', 'packs.manage', 'audit.read'], gap: true },
];

/** Those this person may use, and which of them they are in. */
export function useEntries() {
  const may = useMay();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return entries
    .filter((entry) => !entry.needs || entry.needs.some(may))
    .map((entry) => ({ ...entry, current: entry.to === '/' ? path === '/' : path === entry.to || path.startsWith(`${entry.to}/`) || (entry.also?.some((one) => path === one || path.startsWith(`${one}/`)) ?? false) }));
}
