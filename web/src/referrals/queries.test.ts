import { describe, expect, it } from 'vitest';
import { ageOf, waits } from './queries';

describe('an ask', () => {
  it('is as old as the day it went out', () => {
    expect(ageOf({ sent_on: '2026-11-10', created_at: '2026-11-01T00:00:00.000Z' }, '2026-11-17')).toBe(7);
  });
  it('counts from the day in Japan it was made while it lies here', () => {
    expect(ageOf({ sent_on: null, created_at: '2026-11-16T16:00:00.000Z' }, '2026-11-17')).toBe(0);
  });
  it('is never younger than today', () => {
    expect(ageOf({ sent_on: '2026-11-18', created_at: '2026-11-18T00:00:00.000Z' }, '2026-11-17')).toBe(0);
  });
  it('waits until somebody answered or gave up', () => {
    expect(['prepared', 'sent', 'received', 'answered', 'settled', 'followed', 'withdrawn'].filter(waits)).toEqual(['prepared', 'sent', 'received']);
  });
});
