/** Her words are text: counted as the house counts, with two kinds of weight and nothing else. */
import { describe, expect, it } from 'vitest';
import { aloud, SILENT } from '../src/lib/aloud';
import { seconds, typed, UNTOUCHED, type Writing } from '../src/lib/typing';
import { dress, finished, from, length, pieces, upTo } from '../src/lib/words';

const flat = (text: string, speaking = false): string =>
  dress(text, speaking).map((runs) => runs.map((run) => `${run.style[0]}:${run.text}`).join('|')).join(' / ');

describe('dressing', () => {
  it.each([
    ['plain words', 'p:plain words'],
    ['a *b* c', 'p:a |e:b|p: c'],
    ['**b** and *c*', 's:b|p: and |e:c'],
    ['one\n\ntwo\nthree', 'p:one / p:two\nthree'],
    ['2 * 3 * 4', 'p:2 * 3 * 4'],
    ['[a](http://x) <b>![i](y)', 'p:[a](http://x) <b>![i](y)'],
    ['an *open star', 'p:an *open star'],
  ])('%s', (text, dressed) => expect(flat(text)).toBe(dressed));

  it('does not flicker while she speaks', () => {
    expect(flat('an *open st', true)).toBe('p:an |e:open st');
    expect(flat('an **', true)).toBe('p:an ');
  });
});

it('counts characters by code point', () => {
  expect([length('a🌊'), upTo('a🌊b', 2), from('a🌊b', 2)]).toEqual([2, 'a🌊', 'b']);
});

it('cuts a stream into words that arrive one by one', () => {
  expect(pieces('Good morning, you.')).toEqual(['Good ', 'morning, ', 'you.']);
  expect(finished('Well. I think')).toBe(5);
});

it('reads finished sentences aloud, each once, and the rest at the end', () => {
  const [one, first] = aloud(SILENT, 7, 'Good morning. How a', false);
  const [two, none] = aloud(one, 7, 'Good morning. How are', false);
  const [three, rest] = aloud(two, 7, 'Good morning. How are you', true);
  expect([first, none, rest]).toEqual(['Good morning.', '', 'How are you']);
  expect(aloud(three, 9, '*Well.* Hello.', true)[1]).toBe('Well. Hello.');
});

it('notices pauses over two seconds and words taken back', () => {
  const keys: [number, number, number][] = [[0, 1, 0], [1, 5, 900], [5, 6, 3000], [6, 5, 3100], [5, 4, 3200], [4, 3, 3300], [3, 2, 3400], [2, 9, 3500]];
  const writing = keys.reduce<Writing>((now, [before, after, at]) => typed(now, before, after, at), UNTOUCHED);
  expect([writing.hesitations, seconds(writing, 4_260)]).toEqual([2, 4.3]);
  expect(seconds(typed(UNTOUCHED, 4, 5, 100), 900)).toBeNull(); // the draft was there before
});
