import { describe, expect, it } from 'vitest';
import { compile, findTerms } from './matcher';

const list = [
  { id: 'nursing', words: ['訪問看護', '訪看'] },
  { id: 'station', words: ['訪問看護ステーション'] },
  { id: 'order', words: ['訪問看護指示書'] },
  { id: 'manager', words: ['介護支援専門員', 'ケアマネジャー', 'ケアマネ'] },
  { id: 'oxygen', words: ['在宅酸素療法', 'HOT'] },
  { id: 'st', words: ['ST'] },
  { id: 'gastrostomy', words: ['胃ろう', '胃瘻', 'PEG'] },
  { id: 'care', words: ['デイケア'] },
  { id: 'acp', words: ['アドバンス・ケア・プランニング', '人生会議'] },
];
const matcher = compile(list);
const found = (text: string) => findTerms(matcher, text).map((one) => `${text.slice(one.start, one.end)}=${one.id}`);

describe('the matcher', () => {
  it('takes the longest word', () => {
    expect(found('訪問看護ステーションに訪問看護指示書を送り、訪問看護を始めた。')).toEqual(['訪問看護ステーション=station', '訪問看護指示書=order', '訪問看護=nursing']);
    expect(found('訪問看護ステ')).toEqual(['訪問看護=nursing']);
  });

  it('does not mind width, capital letters and the two kana, and keeps the places of the text', () => {
    expect(found('ｹｱﾏﾈに連絡')).toEqual(['ｹｱﾏﾈ=manager']);
    expect(found('ﾃﾞｲｹｱを休む')).toEqual(['ﾃﾞｲｹｱ=care']);
    expect(found('ＨＯＴと胃ロウ、hotと胃瘻')).toEqual(['ＨＯＴ=oxygen', '胃ロウ=gastrostomy', 'hot=oxygen', '胃瘻=gastrostomy']);
    expect(found('𠮷田さんの胃ろう')).toEqual(['胃ろう=gastrostomy']);
    expect(found('㌢と訪看')).toEqual(['訪看=nursing']);
    const signs = compile([{ id: 'share', words: ['株式'] }, { id: 'firm', words: ['会社', '株式会社'] }]);
    expect(findTerms(signs, '㍿と会社')).toEqual([{ start: 0, end: 1, id: 'firm' }, { start: 2, end: 4, id: 'firm' }]);
    expect(findTerms(compile([{ id: 'share', words: ['株式'] }, { id: 'firm', words: ['会社'] }]), '㍿')).toEqual([]);
  });

  it('finds no word inside a longer one of the same script', () => {
    expect(found('SHOT、HOTEL、11ST、PEGASUS')).toEqual([]);
    expect(found('HOT2L')).toEqual(['HOT=oxygen']);
    expect(found('STと、PEG。')).toEqual(['ST=st', 'PEG=gastrostomy']);
    expect(found('ケアマネージメント')).toEqual([]);
    expect(found('ケアマネさん、新ケアマネ')).toEqual(['ケアマネ=manager', 'ケアマネ=manager']);
    expect(found('アドバンス・ケア・プランニング')).toEqual(['アドバンス・ケア・プランニング=acp']);
  });

  it('leaves out words of one letter, and the first term keeps a word that two have', () => {
    const own = compile([{ id: 'a', words: ['痰', '吸引'] }, { id: 'b', words: ['吸引', ''] }]);
    expect(findTerms(own, '痰の吸引')).toEqual([{ start: 2, end: 4, id: 'a' }]);
    expect(findTerms(own, '')).toEqual([]);
  });

  it('says of a text what looking at every place for every word says', () => {
    const pieces = ['訪問看護', 'ステーション', '指示書', 'の', '胃ろう', 'HOT', ' ', 'ケアマネ', 'ジャー', '。', '在宅酸素療法', 'a', '訪看', '人生', '会議'];
    let seed = 7;
    const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    for (let round = 0; round < 300; round++) {
      const text = Array.from({ length: 12 }, () => pieces[next(pieces.length)]).join('');
      const starts = findTerms(matcher, text);
      let end = 0;
      for (const one of starts) {
        expect(one.start).toBeGreaterThanOrEqual(end);
        const word = text.slice(one.start, one.end);
        expect(list.find((term) => term.id === one.id)!.words).toContain(word);
        end = one.end;
      }
      // A word of kanji alone is never missed where none of those found covers it.
      for (const hit of text.matchAll(/訪看|在宅酸素療法|人生会議/g)) expect(starts.some((one) => one.start <= hit.index && hit.index < one.end), text).toBe(true);
    }
  });

  it('goes through a long text with a long list without looking back at each word', () => {
    const many = compile(Array.from({ length: 2000 }, (_, at) => ({ id: String(at), words: [`制度${at}の名前`] })));
    const text = '制度'.repeat(25_000);
    // Each place begins a word of 60 letters that ends otherwise.
    const deep = compile(Array.from({ length: 1000 }, (_, at) => ({ id: String(at), words: [`${'あ'.repeat(60 - String(at).length)}${at}`] })));
    expect(findTerms(many, text)).toEqual([]);
    expect(findTerms(deep, 'あ'.repeat(20_000))).toEqual([]);
  });
});
