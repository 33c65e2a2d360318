import { describe, expect, it } from 'vitest';
import { fieldOf } from '../api/problem';
import { fieldMessage, formErrors, messagesByField } from '../ui/problem_notice';
import { completeSheet, differences, elementFromText, emptySheet, mergeSheets } from './sheet';

describe('a pointer leads to its field', () => {
  it('from any depth', () => {
    expect(fieldOf('/sheet/topic')).toBe('topic');
    expect(fieldOf('/topic')).toBe('topic');
    expect(fieldOf('/sheet/elements/3/text')).toBe('elements');
    expect(fieldOf('')).toBe('');
  });

  it('with the label of the form and words for the reason', () => {
    const words: Record<string, string> = { 'problems:field.too_long': '{{limit}}字までにしてください。', the_form: '入力全体' };
    const t = ((key: string, options?: Record<string, unknown>) => (words[key] ?? (options?.defaultValue as string) ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(options?.[name]))) as never;
    const fields = [{ pointer: '/sheet/request', reason: 'too_long', limit: '4000' }, { pointer: '/desk_id', reason: 'strange', limit: '' }];
    expect(formErrors(t, fields, (field) => (field === 'request' ? '主訴' : undefined))).toEqual([
      { id: 'f-request', label: '主訴', message: '4000字までにしてください。' },
      { id: 'f-desk_id', label: '入力全体', message: 'problems:field.other' },
    ]);
    expect(messagesByField(t, fields).request).toBe('4000字までにしてください。');
    expect(fieldMessage(t, { pointer: '/x', reason: 'too_long', limit: '5' })).toBe('5字までにしてください。');
  });
});

describe('two people change one sheet', () => {
  const base = { ...emptySheet(), request: '往診医を探している', awareness: '遅い', urgency: 'usual' };
  it('keeps what only one of them changed', () => {
    const mine = { ...base, request: '往診医を探している。独居' };
    const theirs = { ...base, awareness: '2か月かかった', urgency: null };
    const { merged, conflicts } = mergeSheets(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(merged.request).toBe('往診医を探している。独居');
    expect(merged.awareness).toBe('2か月かかった');
    expect(merged.urgency).toBeNull();
  });
  it('asks where both did', () => {
    const { merged, conflicts } = mergeSheets(base, { ...base, request: 'A' }, { ...base, request: 'B' });
    expect(conflicts).toEqual(['request']);
    expect(merged.request).toBe('A');
  });
  it('names what differs in the order of the sheet', () => {
    expect(differences(base, { ...base, awareness: 'x', kind: 'provision' })).toEqual(['kind', 'awareness']);
    expect(differences(completeSheet({}), emptySheet())).toEqual([]);
  });
});

describe('a cell of the element matrix', () => {
  it('is a mark, a doubt or words', () => {
    expect(elementFromText('dementia', '○')?.value).toBe('yes');
    expect(elementFromText('dementia', 'o')?.value).toBe('yes');
    expect(elementFromText('dementia', '?')?.value).toBe('suspected');
    expect(elementFromText('dementia', '疑い')?.value).toBe('suspected');
    expect(elementFromText('household_difficulty', ' 独居 ')).toEqual({ element: 'household_difficulty', value: 'text', text: '独居' });
    expect(elementFromText('dementia', ' ')).toBeNull();
  });
});
