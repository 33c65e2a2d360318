import { beforeEach, describe, expect, it, vi } from 'vitest';
import { clearDrafts, draftsWritten, forgetDraft, keepDraft, keptDraft, keptDrafts, openDrafts } from './draft_store';

const draft = (key: string, userId = 'u1', keptAt = '2026-11-22T01:00:00Z') => ({ userId, key, version: 0, base: null, text: { request: `${key} 髙﨑 𠮷 ①` }, keptAt });
const keyOf = (letter: string) => btoa(letter.repeat(32));
const onDisk = () => JSON.stringify(localStorage);

/** As a reload does: the memory is gone, the disk stays. */
async function reload(userId = 'u1', key = keyOf('k')) {
  await draftsWritten();
  const kept = Object.entries(localStorage);
  clearDrafts('u1');
  clearDrafts('u2');
  for (const [name, value] of kept) localStorage.setItem(name, value as string);
  await openDrafts(userId, key);
}

describe('what could not be sent', () => {
  beforeEach(async () => {
    clearDrafts('u1');
    clearDrafts('u2');
    localStorage.clear();
    await openDrafts('u1', keyOf('k'));
  });
  it('is kept with every character, unreadable on the disk, and given back after a reload', async () => {
    expect(keepDraft(draft('new:1'))).toBe(true);
    expect(keptDraft('u1', 'new:1')).toEqual(draft('new:1'));
    await draftsWritten();
    expect(onDisk()).toContain('new:1');
    for (const words of ['request', '髙﨑', '2026-11-22']) expect(onDisk()).not.toContain(words);
    await reload();
    expect(keptDraft('u1', 'new:1')).toEqual(draft('new:1'));
  });
  it('keeps the newest text when somebody types faster than it is written', async () => {
    for (let at = 0; at < 50; at++) keepDraft({ ...draft('new:1'), text: { request: `letter ${at}` } });
    await reload();
    expect(keptDraft<{ request: string }>('u1', 'new:1')?.text.request).toBe('letter 49');
  });
  it('is listed oldest first by kind and forgotten once sent, even while it is written', async () => {
    keepDraft(draft('new:b', 'u1', '2026-11-22T03:00:00Z'));
    keepDraft(draft('new:a', 'u1', '2026-11-22T02:00:00Z'));
    keepDraft(draft('form:/issues/new', 'u1'));
    expect(keptDrafts('u1', 'new:').map((one) => one.key)).toEqual(['new:a', 'new:b']);
    forgetDraft('u1', 'new:a');
    expect(keptDrafts('u1', 'new:').map((one) => one.key)).toEqual(['new:b']);
    await reload();
    expect(keptDrafts('u1', 'new:').map((one) => one.key)).toEqual(['new:b']);
  });
  it('cannot be read without the key of the session, by somebody else, or in the place of another draft', async () => {
    keepDraft(draft('new:1'));
    keepDraft(draft('new:2'));
    await draftsWritten();
    const name = 'tsunagi.u1.draft.new:';
    localStorage.setItem(`${name}2`, localStorage.getItem(`${name}1`)!);
    await reload();
    expect(keptDrafts('u1', 'new:').map((one) => one.key)).toEqual(['new:1']);
    expect(keptDrafts('u2', '')).toEqual([]);
    await reload('u1', keyOf('x'));
    expect(keptDrafts('u1', '')).toEqual([]);
  });
  it('is gone after sign-out, and what else the browser remembers stays', async () => {
    localStorage.setItem('tsunagi.u1.folded', 'true');
    keepDraft(draft('new:x'));
    await draftsWritten();
    keepDraft(draft('new:y'));
    clearDrafts('u1');
    await draftsWritten();
    expect(keptDrafts('u1', '')).toEqual([]);
    expect(onDisk()).not.toContain('draft');
    expect(keepDraft(draft('new:z'))).toBe(false);
    expect(localStorage.getItem('tsunagi.u1.folded')).toBe('true');
  });
  it('says so where the browser keeps nothing', async () => {
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    keepDraft(draft('new:1'));
    await draftsWritten();
    expect(keepDraft(draft('new:1'))).toBe(false);
    full.mockRestore();
    clearDrafts('u1');
    await openDrafts('u1', '');
    expect(keepDraft(draft('new:1'))).toBe(false);
    expect(keptDraft('u1', 'new:1')).toEqual(draft('new:1'));
    expect(onDisk()).not.toContain('draft');
  });
});
