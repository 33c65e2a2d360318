import { beforeEach, describe, expect, it, vi } from 'vitest';
import { clearDrafts, forgetDraft, keepDraft, keptDraft, keptDrafts } from './draft_store';

const draft = (key: string, userId = 'u1', keptAt = '2026-11-22T01:00:00Z') => ({ userId, key, version: 0, base: null, text: { request: `${key} 髙﨑 𠮷 ①` }, keptAt });

describe('what could not be sent', () => {
  beforeEach(() => localStorage.clear());
  it('is kept with every character and given back', () => {
    expect(keepDraft(draft('new:1'))).toBe(true);
    expect(keptDraft('u1', 'new:1')).toEqual(draft('new:1'));
  });
  it('is replaced, listed oldest first by kind and forgotten once sent', () => {
    keepDraft(draft('new:b', 'u1', '2026-11-22T03:00:00Z'));
    keepDraft(draft('new:a', 'u1', '2026-11-22T02:00:00Z'));
    keepDraft(draft('new:a', 'u1', '2026-11-22T02:30:00Z'));
    keepDraft(draft('form:/issues/new', 'u1'));
    expect(keptDrafts('u1', 'new:').map((one) => one.key)).toEqual(['new:a', 'new:b']);
    forgetDraft('u1', 'new:a');
    expect(keptDrafts('u1', 'new:').map((one) => one.key)).toEqual(['new:b']);
  });
  it('belongs to one person and is gone after sign-out', () => {
    keepDraft(draft('new:x', 'u1'));
    keepDraft(draft('new:x', 'u2'));
    localStorage.setItem('tsunagi.u1.folded', 'true');
    clearDrafts('u1');
    expect(keptDrafts('u1', '')).toEqual([]);
    expect(keptDrafts('u2', '')).toHaveLength(1);
    expect(localStorage.getItem('tsunagi.u1.folded')).toBe('true');
  });
  it('says so where the browser keeps nothing, and a broken text is none', () => {
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(keepDraft(draft('new:1'))).toBe(false);
    full.mockRestore();
    localStorage.setItem('tsunagi.u1.draft.new:2', '{');
    expect(keptDraft('u1', 'new:2')).toBeUndefined();
  });
});
