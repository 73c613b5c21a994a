/** Our story in words: grouped, told, dated, counted. */
import { describe, expect, it } from 'vitest';
import {
  aboutPerson, backFrom, counted, dayWords, drawn, finer, frame, goes, grouped, heardOf, opensAt, receiptWords, relation, said, sentence,
  stretch, sureness, type Fact, type Going, type Person, type Quote,
} from '../src/lib/story';

function fact(told: string, more: Partial<Fact> = {}): Fact {
  return {
    id: 1, theme: 'home', about: '', name: '', what: 'lives_in', one: true, value: '', told, state: 'now', since: '', until: '',
    first: '2026-01-05T09:00:00Z', said: '2026-01-05T09:00:00Z', sure: 0.8, by: 'rules', confirmed: false, resting: false, quotes: [],
    ...more,
  };
}

const PORTO = fact('you live in Porto', { id: 2, value: 'Porto', since: 'February 2026' });
const LISBON = fact('you lived in Lisbon', { id: 1, value: 'Lisbon', state: 'past', until: 'February 2026' });
const MADRID = fact('you live in Madrid', { id: 3, value: 'Madrid', state: 'wrong' });

describe('facts', () => {
  it('are told with since when, or until when', () => {
    expect([PORTO, LISBON, MADRID].map(sentence)).toEqual([
      'You live in Porto, since February 2026.',
      'You lived in Lisbon until February 2026.',
      'You live in Madrid.',
    ]);
    expect(sentence(fact('évora is home.'))).toBe('Évora is home.');
  });

  it('stand under their theme, in its order, with what was so before folded behind', () => {
    const themes = [{ id: 'work', title: 'Work' }, { id: 'people', title: 'People' }, { id: 'home', title: 'Home' }];
    const sister = fact('Ana is your sister', { id: 4, theme: 'people', about: 'ana', what: 'is_your', one: false });
    const hers = fact('Ana lives in Rome', { id: 5, about: 'ana' });
    const [people, home, ...more] = grouped(themes, [LISBON, hers, PORTO, MADRID, sister]);
    expect(people?.lines.map(({ fact }) => fact.told)).toEqual(['Ana is your sister']);
    expect(home?.lines).toEqual([{ fact: PORTO, before: [LISBON], mistaken: [MADRID] }]);
    expect([home?.earlier, more]).toEqual([[], []]);
    expect(aboutPerson([LISBON, hers, sister], 'ana').lines.map(({ fact }) => fact.id)).toEqual([5, 4]);
  });

  it('that hold no more and have no heir are left over', () => {
    const piano = fact('you played the piano', { id: 6, what: 'plays', one: false, state: 'past' });
    const flute = fact('you play the flute', { id: 7, what: 'plays', one: false });
    const [group] = grouped([{ id: 'home', title: 'Home' }], [piano, flute, LISBON]);
    expect(group?.lines).toEqual([{ fact: flute, before: [], mistaken: [] }]);
    expect(group?.earlier).toEqual([piano, LISBON]);
  });

  it('are as sure as they are, in words and never in numbers', () => {
    const words = [0.95, 0.8, 0.65, 0.4].map((sure) => sureness(fact('', { sure })));
    expect(words.map(({ level }) => level)).toEqual([4, 3, 2, 1]);
    expect(words.every(({ words }) => !/\d|%/.test(words))).toBe(true);
    expect(sureness(fact('', { sure: 0.2, confirmed: true })).words).toBe('certain: you said so');
    expect(sureness(fact('', { sure: 0.2, by: 'person' })).level).toBe(4);
    expect(drawn(fact('', { by: 'brain' }))).toBe('understood later, in a quiet hour');
  });

  it('are changed in their own sentence', () => {
    expect(frame(PORTO)).toEqual({ before: 'You live in', after: '' });
    expect(frame(fact('your favourite film is Porto, Porto', { value: 'Porto' }))).toEqual({ before: 'Your favourite film is Porto,', after: '' });
    expect(frame(fact('Ana is your sister', { value: 'cousin' }))).toEqual({ before: '', after: '' });
  });

  it('go back to what they were', () => {
    expect([backFrom('wrong', PORTO), backFrom('past', PORTO), backFrom('wrong', LISBON), backFrom('true', MADRID)]).toEqual(['true', 'true', 'past', 'wrong']);
    expect([backFrom('rest', PORTO), backFrom('wake', PORTO)]).toEqual(['wake', 'rest']);
  });
});

describe('dates', () => {
  it('are said as one says them', () => {
    expect(dayWords('2026-03-09', '2026-03-09')).toBe('today');
    expect(dayWords('2026-02-28', '2026-03-01')).toBe('yesterday');
    expect(dayWords('2026-03-29', '2026-03-30')).toBe('yesterday'); // a day of 23 hours, in Europe
    expect(dayWords('2026-03-09', '2026-05-01')).toBe('Monday 9 March');
    expect(dayWords('2025-03-09', '2026-05-01')).toBe('Sunday 9 March 2025');
  });

  it('tell the time of a chapter', () => {
    const spans = [
      { level: 'day', first: '2026-02-09', last: '2026-02-09' },
      { level: 'week', first: '2026-02-09', last: '2026-02-15' },
      { level: 'week', first: '2026-03-30', last: '2026-04-05' },
      { level: 'arc', first: '2026-01-05', last: '2026-02-28' },
      { level: 'arc', first: '2025-12-01', last: '2026-02-28' },
      { level: 'arc', first: '2026-02-01', last: '2026-02-28' },
      { level: 'life', first: '1992-05-08', last: '2026-11-22' },
    ] as const;
    expect(spans.map(stretch)).toEqual([
      'Monday 9 February 2026', '9 to 15 February 2026', '30 March to 5 April 2026', 'January to February 2026',
      'December 2025 to February 2026', 'February 2026', 'since 1992',
    ]);
  });
});

describe('chapters', () => {
  it('open at the weeks, or at whatever there is, and are looked into', () => {
    expect(opensAt({ day: 3, week: 1, arc: 1, life: 0 })).toBe('week');
    expect(opensAt({ day: 0, week: 0, arc: 2, life: 1 })).toBe('arc');
    expect(opensAt({ day: 0, week: 0, arc: 0, life: 0 })).toBe('week');
    expect(finer('arc', { day: 3, week: 0, arc: 1, life: 0 })).toBe('day');
    expect(finer('day', { day: 3, week: 0, arc: 1, life: 0 })).toBeNull();
  });
});

describe('people and quotes', () => {
  const ana: Person = {
    key: 'ana', name: 'Ana', relations: ['sister'], were: ['flatmate', 'boss'], aliases: [], facts: 3,
    first: '2026-01-05T09:00:00Z', last: '2026-03-05T09:00:00Z',
  };

  it('say who someone is and was, and when they were heard of', () => {
    expect(relation(ana)).toBe('your sister, once your flatmate and boss');
    expect(relation({ ...ana, relations: [], were: [] })).toBe('');
    expect(heardOf(ana, '2026-03-06')).toBe('first heard of 5 January 2026, last yesterday');
    expect(heardOf({ ...ana, last: ana.first }, '2026-03-06')).toBe('heard of 5 January 2026');
  });

  it('say who said it, when, and where it came from', () => {
    const quote: Quote = { seq: 1, start: 0, end: 2, at: '2026-03-09T12:00:00Z', who: 'you', name: '', text: 'Hi', source: '', talk: '' };
    expect(said(quote, 'Mara')).toBe('you, 9 March 2026');
    expect(said({ ...quote, who: 'she' }, 'Mara')).toBe('Mara, 9 March 2026');
    expect(said({ ...quote, who: 'elsewhere', name: 'ChatGPT', source: 'chatgpt' }, 'Mara')).toBe('ChatGPT, 9 March 2026, from ChatGPT');
    expect(said({ ...quote, source: 'diary' }, 'Mara')).toBe('you, 9 March 2026, from your diary');
    expect(said({ ...quote, source: 'elsewhere.txt' }, 'Mara')).toBe('you, 9 March 2026, from elsewhere.txt');
  });
});

describe('forgetting', () => {
  const going: Going = {
    id: 'x', scope: 'topic', confirm: 'Mara', said: [], sentences: 11, facts: ['a', 'b', 'c'], chapters: ['one'],
    also: { promises: 0, names: 0, persona: false },
  };

  it('is counted before', () => {
    expect(goes(going)).toBe('11 sentences, 3 facts and a chapter');
    expect(goes({ ...going, sentences: 1200, facts: [], chapters: [], also: { promises: 1, names: 1, persona: true } })).toBe(
      '1,200 sentences, a promise, who was taken for whom and what her own letter says of it',
    );
    expect(goes({ ...going, sentences: 0, facts: [], chapters: [] })).toBe('');
    expect(counted(1, 'arc')).toBe('an arc');
  });

  it('is receipted truthfully', () => {
    const receipt = { scope: 'topic', sentences: 11, facts: 3, chapters: 1, residue: 0 } as const;
    expect(receiptWords(receipt)).toBe('Gone: 11 sentences, 3 facts and a chapter. Nothing of it can be found in her file any more.');
    expect(receiptWords({ ...receipt, residue: 2 })).toContain('2 places in her file still hold words of it');
  });
});
