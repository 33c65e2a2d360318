// The entries on the left, in the order of the work. An entry appears when its screen exists and the person may use it.
export interface Entry {
  /** Words: common:nav.<name> and, folded, common:nav_short.<name>. */
  name: string;
  to: string;
  /** One of these is enough; none: everybody. */
  needs?: string[];
  /** A line above it. */
  gap?: boolean;
}

export const entries: Entry[] = [
  { name: 'consultations', to: '/consultations', needs: ['consultations.read'] },
  { name: 'analysis', to: '/analysis', needs: ['figures.read', 'consultations.read'] },
  { name: 'admin', to: '/admin', needs: ['users.manage', 'places.manage', 'packs.manage', 'audit.read'], gap: true },
];
