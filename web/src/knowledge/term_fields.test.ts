import { describe, expect, it } from 'vitest';
import { merge } from '../records/record_form';
import { emptyFields, fieldsOf, linkPointer, textOf } from './term_fields';

const row = (title: string, place = '') => ({ title, place });

describe('the fields of a term', () => {
  it('come back as they were sent', () => {
    const text = { ...emptyFields, headword: '特養', names: ['介護老人福祉施設', '特別養護'], related: ['a'], links: [row('様式', '共有フォルダー')] };
    expect(textOf(fieldsOf(text, '、'), new Set(['a']))).toEqual(text);
    expect(textOf({ ...emptyFields, names: '一つ,二つ,三つ\n四つ、、 ' }, new Set()).names).toEqual(['一つ', '二つ', '三つ', '四つ']);
    expect(textOf({ ...emptyFields, related: ['a', 'gone'] }, new Set(['a'])).related).toEqual(['a']);
  });

  it('finds the row of a document that the server refused', () => {
    const links = [row(' '), row('手引き'), row(''), row('', '棚')];
    expect(textOf({ ...emptyFields, links }, new Set()).links).toEqual([links[1], links[3]]);
    expect(linkPointer(links, 1)).toBe('links/0');
    expect(linkPointer(links, 3)).toBe('links/1');
  });

  it('keeps what two people wrote into different fields', () => {
    const before = { ...emptyFields, headword: '特養', text: '前' };
    const mine = { ...before, text: '私の' };
    const theirs = { ...before, links: [row('様式', '棚')], text: '同僚の' };
    const { merged, fields } = merge(before, mine, theirs);
    expect(merged).toEqual({ ...mine, links: theirs.links });
    expect(fields).toEqual(['text']);
  });
});
