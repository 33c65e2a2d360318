import { describe, expect, it } from 'vitest';
import type { Term } from '../api/types';
import { findTerms } from './matcher';
import { bookOf } from './queries';

const term = (id: string, headword: string, names: string[], part: Partial<Term> = {}): Term => ({
  id,
  version: 0,
  of_pack: true,
  own: false,
  hidden: false,
  updated_at: null,
  updated_by_name: '',
  pack_text: null,
  ...part,
  text: { headword, kana: '', english: '', names, kind: 'service', text: '', text_en: '', related: [], law: '', chapter: '', links: [] },
});

describe('the terms that are marked', () => {
  it('gives a word to the term whose headword it is, the municipality before the pack', () => {
    const items = [term('pack', '通所介護', ['デイサービス', 'デイ施設', '日帰り']), term('other', 'デイ施設', []), term('own', 'デイサービス', ['日帰り'], { of_pack: false, own: true })];
    const { matcher } = bookOf(items);
    const ids = (text: string) => findTerms(matcher, text).map((one) => one.id);
    expect(ids('通所介護とデイサービス')).toEqual(['pack', 'own']);
    expect(ids('デイ施設、日帰り')).toEqual(['other', 'own']);
  });

  it('leaves hidden ones out and makes the list once', () => {
    const items = [term('hidden', '通所介護', [], { hidden: true }), term('shown', '訪問介護', [])];
    const book = bookOf(items);
    expect(findTerms(book.matcher, '通所介護と訪問介護').map((one) => one.id)).toEqual(['shown']);
    expect(book.byId.has('hidden')).toBe(false);
    expect(bookOf(items)).toBe(book);
  });
});
