import { describe, expect, it } from 'vitest';
import { leftOut, summary, type Finding } from '../src/lib/bring';

const FOUND: Finding = {
  talks: 2,
  messages: 1203,
  known: 0,
  first: '2023-11-14T12:00:00Z',
  last: '2026-01-02T12:00:00Z',
  by: { ChatGPT: 1000, '': 203 },
  left: { 'hidden messages': 4, 'thing that is broken': 1 },
  told: [],
  samples: [],
};

describe('what was found, in words', () => {
  it('says how much, from when to when, and by whom', () => {
    expect(summary(FOUND)).toEqual([
      '1,203 messages in 2 talks, from 14 November 2023 to 2 January 2026.',
      '1,000 by ChatGPT, 203 by you.',
    ]);
  });

  it('says what she has already', () => {
    expect(summary({ ...FOUND, known: 1000 })[2]).toBe('1,000 of them she has already.');
  });

  it('is short about one thing', () => {
    const one = { ...FOUND, messages: 1, talks: 1, last: FOUND.first, by: { '': 1 } };
    expect(summary(one)).toEqual(['One message in one talk, on 14 November 2023.', '1 by you.']);
  });

  it('names a few voices and counts the others', () => {
    const by = { Ana: 4, Bo: 3, '': 2, Cy: 1, Di: 1 };
    expect(summary({ ...FOUND, by })[1]).toBe('4 by Ana, 3 by Bo, 2 by you, and 2 more voices.');
  });

  it('says when there is nothing', () => {
    expect(summary({ ...FOUND, messages: 0, first: null, last: null })).toEqual(['There are no words in it that can be brought.']);
  });

  it('says what stays behind', () => {
    expect(leftOut(FOUND)).toEqual(['4 hidden messages', '1 thing that is broken']);
  });
});
