import { describe, expect, it } from 'vitest';
import type { CodeEntry } from '../api/types';
import { questionsFor } from './questions';
import { emptySheet, type SheetField } from './sheet';

const entry = (code: string, parent: string | null, field: string | null): CodeEntry => ({ code, label: { ja: code, en: code }, short_label: '', parent, position: 0, valid_from: null, retired_on: null, field });
const pack = [entry('pills', 'resources', null), entry('request', null, 'request'), entry('age', null, 'age_band'), entry('age_again', 'resources', 'age_band'), entry('money', 'home_life', null), entry('known', null, null), entry('odd', null, 'no_such_field')];
const all = () => true;
const onlyRequest = (field: SheetField) => field === 'request';

describe('what should have been asked', () => {
  it('is what every call needs, and what the topic adds once it is chosen', () => {
    const codes = (topic: string | null) => questionsFor(pack, { ...emptySheet(), topic }, all, onlyRequest).map((one) => one.code);
    expect(codes(null)).toEqual(['request', 'age', 'known', 'odd']);
    expect(codes('resources')).toEqual(['request', 'age', 'known', 'odd', 'pills']);
    expect(codes('home_life')).toEqual(['request', 'age', 'known', 'odd', 'money']);
  });
  it('is asked when its field is filled in or somebody ticked it', () => {
    const sheet = { ...emptySheet(), request: 'a nurse', asked: ['known'] };
    const asked = questionsFor(pack, sheet, all, onlyRequest).filter((one) => one.asked);
    expect(asked.map((one) => one.code)).toEqual(['request', 'known']);
    expect(asked[0]).toMatchObject({ field: 'request', required: true, ofTopic: false });
  });
  it('leaves out fields that the sheet in force does not have', () => {
    expect(questionsFor(pack, emptySheet(), (field) => field !== 'age_band', onlyRequest).map((one) => one.code)).toEqual(['request', 'known', 'odd']);
  });
});
