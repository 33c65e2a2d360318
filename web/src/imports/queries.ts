import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { Import, ImportMapping, ImportState } from '../api/types';

/** A job works at it: it is looked at again in a moment. */
export const working: ImportState[] = ['reading', 'checking', 'taking', 'undoing'];

export function useImports() {
  return useQuery({
    queryKey: ['imports'],
    queryFn: () => ask(api.GET('/api/imports')),
    refetchInterval: (query) => (query.state.data?.items.some((one) => working.includes(one.state)) ? 1500 : false),
  });
}

export function useImport(id: string) {
  return useQuery<Import>({
    queryKey: ['imports', id],
    queryFn: () => ask(api.GET('/api/imports/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data && working.includes(query.state.data.state) ? 700 : false),
  });
}

/** Where the header stands, what its columns mean by their words or by a mapping of before. */
export function guessMapping(id: string, query: { table?: number; header_line?: number; header_lines?: number; mapping?: string } = {}) {
  return ask(api.GET('/api/imports/{id}/guess', { params: { path: { id }, query } }));
}

export function usePreview(id: string, mapping: ImportMapping | null) {
  return useQuery({
    queryKey: ['imports', id, 'preview', mapping],
    queryFn: () => ask(api.POST('/api/imports/{id}/preview', { params: { path: { id } }, body: mapping! })),
    enabled: mapping !== null,
    placeholderData: (before) => before,
  });
}

/** Everything a column can mean, in the order of the sheet. */
export const fieldGroups: { name: string; fields: string[] }[] = [
  { name: 'reception', fields: ['received_on', 'started_at', 'ended_at', 'receiver_id', 'kind', 'method', 'method_note', 'state'] },
  { name: 'caller', fields: ['caller_name', 'caller_kana', 'caller_affiliation', 'caller_profession', 'caller_profession_note', 'caller_phone', 'caller_contact'] },
  { name: 'content', fields: ['subject', 'request', 'background', 'topic', 'subtopic', 'scenes', 'relisted', 'elements', 'urgency', 'difficulty'] },
  { name: 'subject', fields: ['age_band', 'household', 'care_level', 'illness', 'treatments', 'district_id'] },
  { name: 'done', fields: ['supports', 'support_text', 'result', 'result_on', 'follow_up_on', 'follow_up_note', 'awareness'] },
  { name: 'physician', fields: ['physician_asked_on', 'physician_question', 'physician_advised_on', 'physician_assessment', 'physician_direction'] },
  { name: 'person', fields: ['person_name', 'person_kana', 'person_born_on', 'person_address', 'person_phone'] },
];

/** Fields whose words are codes, by their scheme. */
export const schemes: Record<string, string> = {
  kind: 'kind', method: 'method', caller_profession: 'profession', caller_contact: 'contact', topic: 'topic', subtopic: 'subtopic', scenes: 'scene',
  relisted: 'relisted', elements: 'element', urgency: 'urgency', difficulty: 'difficulty', age_band: 'age_band', household: 'household',
  care_level: 'care_level', treatments: 'treatment', supports: 'support', result: 'result',
};

/** A column of marks may be one code of these. */
export const marked = ['scenes', 'relisted', 'elements', 'supports', 'treatments', 'topic', 'method', 'kind', 'caller_profession'];
