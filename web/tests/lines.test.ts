/** What the conversation shows where something was forgotten, or was never kept. */
import { describe, expect, it } from 'vitest';
import { receive, START, type Conversation } from '../src/lib/conversation';
import { FORGOTTEN, hushed, lines, OFF, ON_AGAIN, WAS_OFF } from '../src/lib/lines';
import type { Event, Happened } from '../src/lib/protocol';

function run(...events: Event[]): Happened[] {
  return events.map((event, index) => ({ kind: 'happened', seq: index + 1, at: '2026-11-01T12:00:00Z', event }));
}

function heard(text: string): Event {
  return { kind: 'heard', text, client: 'w', n: 1, seconds: null, hesitations: null, answers: null, spoken: false, goes_on: false };
}

function said(text: string, cut_off = false): Event {
  return { kind: 'said', text, reply: 1, cut_off, asks: null, brain: 'b', recalled: [], spoken: false };
}

const erased = (was: string): Event => ({ kind: 'erased', was });
const FORGOT: Event = { kind: 'forgot', scope: 'topic', seqs: [1], facts: 0, chapters: 0, never: [] };
const isPrivate = (on: boolean): Event => ({ kind: 'private', on });

function shown(events: readonly Happened[]): string[] {
  return lines(events).map(({ happened: { event }, note }) => note ?? ('text' in event ? event.text : event.kind));
}

describe('what was forgotten', () => {
  it('is one quiet line, however much of it there was', () => {
    expect(shown(run(heard('a'), erased('heard'), erased('said'), erased('promised'), erased('heard'), said('b'), FORGOT))).toEqual(['a', FORGOTTEN, 'b', FORGOTTEN]);
    expect(shown(run(erased('said'), FORGOT))).toEqual([FORGOTTEN]);
  });

  it('is no line where nothing had been shown', () => {
    expect(shown(run(heard('a'), erased('learned'), erased('chaptered'), said('b')))).toEqual(['a', 'b']);
  });
});

describe('what was said off the record', () => {
  it('is gone after a reload, but for one line', () => {
    const reloaded = run(heard('a'), isPrivate(true), heard(''), said(''), isPrivate(false), heard('b'));
    expect(shown(reloaded)).toEqual(['a', WAS_OFF, 'b']);
    expect(shown([...reloaded.slice(0, 5), ...run(isPrivate(true), isPrivate(false))])).toEqual(['a', WAS_OFF]);
  });

  it('is shown while it lasts, and goes with the end of it', () => {
    const talk = run(said('before'), isPrivate(true), heard('a secret'), said('I see'), isPrivate(false));
    expect(shown(talk.slice(0, 4))).toEqual(['before', OFF, 'a secret', 'I see']);
    let now: Conversation = { ...START, stage: 'living', catchingUp: false };
    for (const happened of talk) [now] = receive(now, happened, 'w');
    expect(shown(now.events)).toEqual(['before', WAS_OFF]);
    expect(now.private).toBe(false);
    expect(JSON.stringify(now.events)).not.toContain('secret');
    expect(hushed(run(heard('a')))).toEqual(run(heard('a')).map(({ event, ...rest }) => ({ ...rest, event: { ...event, text: '' } })));
  });

  it('is said as long as it lasts, also in a window that opens in it', () => {
    let [now] = receive(START, { kind: 'happened', seq: 9, at: '2026-11-01T12:00:00Z', event: isPrivate(true) }, 'w');
    expect(now.private).toBe(true);
    const brain = { kind: 'brain', state: 'ready', name: '', text: '' } as const;
    [now] = receive(START, { kind: 'welcome', protocol: 1, last: 0, fresh: false, stage: 'living', name: 'Mara', heard_n: 0, private: true, brain }, 'w');
    expect(now.private).toBe(true);
  });

  it('leaves what was said after it alone', () => {
    expect(shown(run(isPrivate(true), said('—', true), isPrivate(false), said('', true)))).toEqual([OFF, '—', ON_AGAIN, '']);
  });
});
