export type FileGroup = 'people' | 'systems';

/** The files of the directory; their words are exchange:file.<name>. */
export const files: { name: string; path: string; group: FileGroup }[] = [
  { name: 'care_offices', path: '/api/exchange/care-offices', group: 'people' },
  { name: 'medical_institutions', path: '/api/exchange/medical-institutions', group: 'people' },
  { name: 'geojson', path: '/api/exchange/geojson', group: 'people' },
  { name: 'fhir_bundle', path: '/fhir/R4/$directory', group: 'systems' },
  { name: 'fhir_organizations', path: '/fhir/R4/$directory-lines?_type=Organization', group: 'systems' },
  { name: 'fhir_locations', path: '/fhir/R4/$directory-lines?_type=Location', group: 'systems' },
  { name: 'fhir_services', path: '/fhir/R4/$directory-lines?_type=HealthcareService', group: 'systems' },
  { name: 'hsds', path: '/hsds/tables', group: 'systems' },
];

/** Where a file of these services in this municipality is had; nothing chosen means all. */
export function addressOf(path: string, municipality: string, services: readonly string[]): string {
  const parts = [];
  if (municipality) parts.push(`municipality=${encodeURIComponent(municipality)}`);
  if (services.length > 0) parts.push(`service=${services.map(encodeURIComponent).join(',')}`);
  return parts.length === 0 ? path : path + (path.includes('?') ? '&' : '?') + parts.join('&');
}
