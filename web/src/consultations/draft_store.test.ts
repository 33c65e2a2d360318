import { beforeEach, describe, expect, it } from 'vitest';
import { clearDrafts, forgetDraft, keepDraft, keptDraft, keptDrafts } from './draft_store';
import { emptySheet } from './sheet';

const draft = (key: string, userId = 'u1', keptAt = '2026-11-22T01:00:00Z') => ({ userId, key, deskId: null, version: 0, base: null, sheet: { ...emptySheet(), request: `${key} 髙﨑 𠮷 ①` }, keptAt });

describe('what could not be sent', () => {
  beforeEach(async () => {
    await clearDrafts('u1');
    await clearDrafts('u2');
  });
  it('is kept with every character and given back', async () => {
    await keepDraft(draft('new:1'));
    expect((await keptDraft('u1', 'new:1'))?.sheet.request).toBe('new:1 髙﨑 𠮷 ①');
  });
  it('is replaced, listed oldest first and forgotten once sent', async () => {
    await keepDraft(draft('b', 'u1', '2026-11-22T03:00:00Z'));
    await keepDraft(draft('a', 'u1', '2026-11-22T02:00:00Z'));
    await keepDraft({ ...draft('a', 'u1', '2026-11-22T02:30:00Z') });
    expect((await keptDrafts('u1')).map((one) => one.key)).toEqual(['a', 'b']);
    await forgetDraft('u1', 'a');
    expect((await keptDrafts('u1')).map((one) => one.key)).toEqual(['b']);
  });
  it('belongs to one person and is gone after sign-out', async () => {
    await keepDraft(draft('x', 'u1'));
    await keepDraft(draft('x', 'u2'));
    await clearDrafts('u1');
    expect(await keptDrafts('u1')).toEqual([]);
    expect(await keptDrafts('u2')).toHaveLength(1);
  });
});
