// Kinds of services as the map tells them apart, by form and colour.
export const serviceGroups = ['medical', 'visit', 'day', 'stay', 'both', 'planning', 'other'] as const;
export type ServiceGroup = (typeof serviceGroups)[number];

const of: Record<string, ServiceGroup> = { hospital: 'medical', clinic: 'medical', dental: 'medical', pharmacy: 'medical', '730': 'both', '770': 'both', '430': 'planning', '170': 'other', '410': 'other' };
for (const code of ['110', '120', '130', '140', '710', '760']) of[code] = 'visit';
for (const code of ['150', '155', '160', '720', '780']) of[code] = 'day';
for (const code of ['210', '220', '230', '551', '320', '331', '332', '334', '335', '336', '337', '361', '362', '364', '510', '520', '530', '540', '550']) of[code] = 'stay';

/** Of a place with these services: the first kind in the order above. */
export function groupOf(services: readonly string[]): ServiceGroup {
  const groups = services.map((code) => of[code] ?? 'other');
  return serviceGroups.find((group) => groups.includes(group)) ?? 'other';
}
