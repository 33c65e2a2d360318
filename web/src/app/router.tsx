// The visible list of screens. Each is loaded when it is first opened.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ComponentType } from 'react';
import { Shell } from './shell';
import { NotFound, Broken } from './not_found';

/** The query part of every URL: plain texts, several values with commas. */
export type Search = Record<string, string | undefined>;

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** One of these permissions is enough to see the screen. */
    needs?: string[];
    /** Printed by itself: no header, no navigation. */
    bare?: boolean;
  }
  interface Register {
    router: typeof router;
  }
}

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: Broken,
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
});

type Load = () => Promise<{ default: ComponentType }>;

/** The words of the screens by the first name of their path, beside those of the first page. */
const words: Record<string, string[]> = {
  consultations: ['consultations', 'threads', 'activities', 'anonymisation', 'referrals', 'discharges'],
  analysis: ['analysis', 'consultations'],
  admin: ['admin', 'packs', 'consultations', 'maps'],
  issues: ['issues', 'indicators', 'packs', 'threads'],
  meetings: ['meetings', 'threads'],
  bodies: ['meetings'],
  measures: ['measures', 'indicators', 'packs', 'threads'],
  indicators: ['indicators', 'packs', 'threads'],
  evaluations: ['indicators', 'threads'],
  templates: ['packs'],
  exchange: ['exchange', 'resources'],
  credits: ['exchange', 'resources'],
  resources: ['resources', 'maps', 'analysis', 'exchange', 'confirmations', 'vacancies'],
  confirmations: ['confirmations', 'resources', 'analysis', 'consultations'],
  vacancies: ['vacancies', 'confirmations', 'resources', 'analysis'],
  'official-imports': ['resources'],
  referrals: ['referrals', 'analysis', 'threads', 'consultations'],
  matches: ['referrals', 'consultations'],
  gaps: ['referrals', 'analysis', 'maps'],
  discharges: ['discharges', 'threads', 'analysis', 'activities'],
  'discharge-forms': ['discharges', 'consultations'],
  'own-places': ['resources'],
  'place-matches': ['resources'],
  corporations: ['resources'],
  phrases: ['consultations', 'threads'],
  imports: ['imports', 'consultations', 'threads'],
  threads: ['threads'],
  search: ['search', 'documents'],
  terms: ['knowledge'],
  learning: ['knowledge'],
};

function screen<Path extends string>(path: Path, load: Load, needs?: string[], options: { bare?: boolean } = {}) {
  // With its words, so that it is drawn once.
  const loadBoth = async () => {
    const [loaded] = await Promise.all([load(), i18next.loadNamespaces(words[path.split('/')[1]!] ?? [])]);
    return loaded;
  };
  return createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(loadBoth), staticData: { needs, ...options } });
}

const read = ['consultations.read'];
const write = ['consultations.write'];
const asks = ['referrals.read'];

const routeTree = root.addChildren([
  screen('/', () => import('../home/home')),
  screen('/consultations', () => import('../consultations/consultation_list'), read),
  screen('/consultations/new', () => import('../consultations/intake'), write),
  screen('/imports', () => import('../imports/imports_page'), write),
  screen('/imports/$id', () => import('../imports/import_page'), write),
  screen('/phrases', () => import('../phrases/phrases_page'), write),
  screen('/consultations/conference', () => import('../activities/conference'), read),
  screen('/consultations/follow-ups', () => import('../activities/follow_up_list'), read),
  screen('/consultations/activities', () => import('../activities/register'), read),
  screen('/consultations/activities/new', () => import('../activities/activity_new'), write),
  screen('/consultations/activities/$id', () => import('../activities/activity_page'), read),
  screen('/consultations/$id', () => import('../consultations/consultation_page'), read),
  screen('/consultations/$id/edit', () => import('../consultations/intake'), write),
  screen('/consultations/$id/history', () => import('../consultations/history_page'), read),
  screen('/consultations/$id/anonymise', () => import('../anonymisation/anonymise_page'), write),
  screen('/consultations/$id/anonymised', () => import('../anonymisation/anonymised_print'), read, { bare: true }),
  screen('/consultations/$id/print', () => import('../consultations/papers/sheet_print'), read, { bare: true }),
  screen('/consultations/$id/fax', () => import('../consultations/papers/letter_print').then(({ FaxPrint }) => ({ default: FaxPrint })), read, { bare: true }),
  screen('/consultations/$id/inquiry', () => import('../consultations/papers/letter_print').then(({ InquiryPrint }) => ({ default: InquiryPrint })), read, { bare: true }),
  screen('/consultations/blank', () => import('../consultations/papers/blank_print'), write, { bare: true }),
  screen('/analysis', () => import('../analysis/analysis_home'), ['figures.read', 'consultations.read']),
  screen('/analysis/months', () => import('../analysis/months'), ['figures.read']),
  screen('/analysis/matrix', () => import('../analysis/matrix'), read),
  screen('/admin', () => import('../admin/admin_home'), ['users.manage', 'places.manage', 'packs.manage', 'audit.read']),
  screen('/admin/users', () => import('../admin/user_list'), ['users.manage']),
  screen('/admin/users/new', () => import('../admin/user_new'), ['users.manage']),
  screen('/admin/users/$id', () => import('../admin/user_page'), ['users.manage']),
  screen('/admin/places', () => import('../admin/places'), ['places.manage']),
  screen('/admin/maps', () => import('../maps/map_files'), ['places.manage']),
  screen('/admin/packs', () => import('../admin/packs'), ['packs.manage']),
  screen('/admin/packs/$name', () => import('../admin/scheme_page'), ['packs.manage']),
  screen('/admin/audit', () => import('../admin/audit'), ['audit.read']),
  screen('/issues', () => import('../issues/issue_list'), ['issues.read']),
  screen('/issues/new', () => import('../issues/issue_new'), ['issues.write']),
  screen('/issues/$id', () => import('../issues/issue_page'), ['issues.read']),
  screen('/issues/$id/edit', () => import('../issues/issue_edit'), ['issues.write']),
  screen('/issues/$id/history', () => import('../issues/issue_history'), ['issues.read']),
  screen('/meetings', () => import('../meetings/meeting_list'), ['meetings.read']),
  screen('/meetings/new', () => import('../meetings/meeting_new'), ['meetings.write']),
  screen('/meetings/$id', () => import('../meetings/meeting_page'), ['meetings.read']),
  screen('/meetings/$id/edit', () => import('../meetings/meeting_edit'), ['meetings.write']),
  screen('/meetings/$id/history', () => import('../meetings/meeting_history'), ['meetings.read']),
  screen('/bodies/new', () => import('../meetings/body_form'), ['meetings.write']),
  screen('/bodies/$id/edit', () => import('../meetings/body_form'), ['meetings.write']),
  screen('/bodies/$id/history', () => import('../meetings/body_history'), ['meetings.read']),
  screen('/measures', () => import('../measures/measure_list'), ['measures.read']),
  screen('/measures/new', () => import('../measures/measure_form'), ['measures.write']),
  screen('/measures/$id', () => import('../measures/measure_page'), ['measures.read']),
  screen('/measures/$id/edit', () => import('../measures/measure_form'), ['measures.write']),
  screen('/measures/$id/history', () => import('../measures/measure_history'), ['measures.read']),
  screen('/indicators', () => import('../indicators/indicator_list'), ['indicators.read']),
  screen('/indicators/new', () => import('../indicators/indicator_form'), ['indicators.write']),
  screen('/indicators/$id', () => import('../indicators/indicator_page'), ['indicators.read']),
  screen('/indicators/$id/edit', () => import('../indicators/indicator_form'), ['indicators.write']),
  screen('/indicators/$id/history', () => import('../indicators/indicator_history'), ['indicators.read']),
  screen('/indicators/$id/series', () => import('../indicators/series_form'), ['indicators.write']),
  screen('/evaluations', () => import('../indicators/evaluation_list'), ['indicators.read']),
  screen('/evaluations/new', () => import('../indicators/evaluation_form'), ['indicators.write']),
  screen('/evaluations/$id', () => import('../indicators/evaluation_page'), ['indicators.read']),
  screen('/evaluations/$id/edit', () => import('../indicators/evaluation_form'), ['indicators.write']),
  screen('/resources', () => import('../resources/place_list'), ['resources.read']),
  screen('/resources/map', () => import('../resources/place_map'), ['resources.read']),
  screen('/resources/public', () => import('../resources/public_page'), ['resources.read']),
  screen('/resources/$id/card', () => import('../resources/place_card'), ['resources.read'], { bare: true }),
  screen('/resources/$id', () => import('../resources/place_page'), ['resources.read']),
  screen('/resources/$id/edit', () => import('../resources/local_form'), ['resources.write']),
  screen('/resources/$id/history', () => import('../resources/place_history'), ['resources.read']),
  screen('/exchange', () => import('../exchange/exchange_page'), ['resources.read']),
  screen('/credits', () => import('../exchange/credits_page'), ['resources.read']),
  screen('/own-places', () => import('../resources/own_place_list'), ['resources.read']),
  screen('/own-places/new', () => import('../resources/own_place_form'), ['resources.write']),
  screen('/own-places/$id/edit', () => import('../resources/own_place_form'), ['resources.write']),
  screen('/own-places/$id/history', () => import('../resources/own_place_history'), ['resources.read']),
  screen('/place-matches', () => import('../resources/match_review'), ['resources.import']),
  screen('/corporations', () => import('../resources/corporation_list'), ['resources.read']),
  screen('/corporations/$number', () => import('../resources/corporation_page'), ['resources.read']),
  screen('/confirmations', () => import('../confirmations/due_list'), ['resources.read']),
  screen('/confirmations/requests', () => import('../confirmations/request_list'), ['resources.read']),
  screen('/confirmations/print', () => import('../confirmations/request_print'), ['resources.write'], { bare: true }),
  screen('/confirmations/rounds', () => import('../confirmations/rounds'), ['resources.read']),
  screen('/confirmations/rounds/new', () => import('../confirmations/round_new'), ['resources.write']),
  screen('/confirmations/rounds/$id', () => import('../confirmations/round_page'), ['resources.read']),
  screen('/confirmations/$id', () => import('../confirmations/request_page'), ['resources.read']),
  screen('/confirmations/$id/answer', () => import('../confirmations/answer_form'), ['resources.write']),
  screen('/vacancies', () => import('../vacancies/vacancy_list'), ['vacancies.read']),
  screen('/vacancies/$id', () => import('../vacancies/vacancy_page'), ['vacancies.read']),
  screen('/official-imports', () => import('../resources/official_imports'), ['resources.import']),
  screen('/official-imports/$id', () => import('../resources/official_import'), ['resources.import']),
  screen('/referrals', () => import('../referrals/board'), asks),
  screen('/referrals/$id', () => import('../referrals/referral_page'), asks),
  screen('/referrals/$id/edit', () => import('../referrals/referral_edit'), ['referrals.write']),
  screen('/referrals/$id/history', () => import('../referrals/referral_history'), asks),
  screen('/referrals/$id/fax', () => import('../referrals/fax_print'), ['referrals.write'], { bare: true }),
  screen('/matches/new', () => import('../referrals/match_form'), ['referrals.write']),
  screen('/matches/$id', () => import('../referrals/match_page'), asks),
  screen('/matches/$id/edit', () => import('../referrals/match_form'), ['referrals.write']),
  screen('/matches/$id/history', () => import('../referrals/match_history'), asks),
  screen('/gaps', () => import('../referrals/gaps'), asks),
  screen('/discharges', () => import('../discharges/discharge_board'), ['discharges.read']),
  screen('/discharges/list', () => import('../discharges/discharge_list'), ['discharges.read']),
  screen('/discharges/figures', () => import('../discharges/figures'), ['discharges.read']),
  screen('/discharges/new', () => import('../discharges/discharge_form'), ['discharges.write']),
  screen('/discharges/$id', () => import('../discharges/discharge_page'), ['discharges.read']),
  screen('/discharges/$id/edit', () => import('../discharges/discharge_form'), ['discharges.write']),
  screen('/discharges/$id/history', () => import('../discharges/discharge_history'), ['discharges.read']),
  screen('/discharge-forms/new', () => import('../discharges/form_edit'), ['discharges.write']),
  screen('/discharge-forms/$id', () => import('../discharges/form_page'), ['persons.read']),
  screen('/discharge-forms/$id/edit', () => import('../discharges/form_edit'), ['discharges.write']),
  screen('/admin/holidays', () => import('../admin/holidays'), ['packs.manage']),
  screen('/admin/localities', () => import('../admin/localities'), ['packs.manage']),
  screen('/templates', () => import('../packs/templates'), ['measures.read', 'indicators.read', 'packs.manage']),
  screen('/evaluations/$id/history', () => import('../indicators/evaluation_history'), ['indicators.read']),
  screen('/threads/$kind/$id', () => import('../threads/thread_page'), ['issues.read', 'consultations.read']),
  screen('/terms', () => import('../knowledge/terms_page')),
  screen('/learning', () => import('../knowledge/learning_page')),
  screen('/search', () => import('../search/search_page')),
  screen('/settings', () => import('../access/settings')),
] satisfies AnyRoute[]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '');
    const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString().replaceAll('%2C', ',');
    return text ? `?${text}` : '';
  },
});
