/** What the page makes of the house's frames: nothing shown twice, nothing missed. */
import { describe, expect, it } from 'vitest';
import { last, question, receive, speaking, START, stop, type Conversation, type Effect } from '../src/lib/conversation';
import type { Event, Frame, Happened, Said, Welcome } from '../src/lib/protocol';

const ME = 'this-window';

const WELCOME: Welcome = {
  kind: 'welcome',
  fresh: false,
  protocol: 1,
  last: 0,
  stage: 'living',
  name: 'Mara',
  heard_n: 0,
  private: false,
  brain: { kind: 'brain', state: 'ready', name: 'scripted', text: '' },
};
const CAUGHT_UP: Frame = { kind: 'caught_up', last: 0 };

function happened(seq: number, event: Event): Happened {
  return { kind: 'happened', seq, at: '2026-11-01T12:00:00Z', event };
}

function heard(text: string, client = ME, n = 1): Event {
  return { kind: 'heard', text, client, n, seconds: null, hesitations: null, answers: null, spoken: false, goes_on: false };
}

function said(text: string, reply: number, more: Partial<Said> = {}): Event {
  return { kind: 'said', text, reply, cut_off: false, asks: null, brain: null, recalled: [], spoken: false, ...more };
}

function words(reply: number, start: number, text: string): Frame {
  return { kind: 'words', reply, start, text };
}

function tell(frames: readonly Frame[], from: Conversation = START): { talk: Conversation; effects: Effect[] } {
  const effects: Effect[] = [];
  let talk = from;
  for (const frame of frames) {
    const [next, asked] = receive(talk, frame, ME);
    talk = next;
    effects.push(...asked);
  }
  return { talk, effects };
}

const home = tell([WELCOME, happened(1, heard('Hello')), CAUGHT_UP]).talk;

describe('the log', () => {
  it('shows an event once, however often it comes', () => {
    const { talk, effects } = tell([happened(1, heard('Hello')), happened(2, said('Hi.', 1)), happened(2, said('Hi.', 1))], home);
    expect(talk.events.map((event) => event.seq)).toEqual([1, 2]);
    expect(effects).toEqual([]);
  });

  it('asks again when an event is missing', () => {
    const { talk, effects } = tell([happened(3, said('Hi.', 1))], home);
    expect(last(talk)).toBe(1);
    expect(effects).toEqual([{ kind: 'reopen' }]);
  });

  it('begins anew when the house sends only the latest page after a long absence', () => {
    const { talk, effects } = tell([WELCOME, happened(900, heard('Back', 'x')), happened(901, said('Hi.', 900)), CAUGHT_UP], home);
    expect(talk.events.map((event) => event.seq)).toEqual([900, 901]);
    expect(talk.more).toBe(true);
    expect(effects).toEqual([{ kind: 'heard-up-to', n: 0 }]);
  });

  it('knows from the first number that there is more before it', () => {
    expect(tell([WELCOME, happened(41, heard('a'))]).talk.more).toBe(true);
    expect(tell([WELCOME, happened(1, heard('a'))]).talk.more).toBe(false);
  });

  it('puts an earlier page in front, without what it has', () => {
    const now = tell([WELCOME, happened(3, heard('c')), CAUGHT_UP]).talk;
    const page: Frame = { kind: 'page', events: [happened(1, heard('a')), happened(2, said('b', 1)), happened(3, heard('c'))], more: false };
    const { talk } = tell([page, page], now);
    expect(talk.events.map((event) => event.seq)).toEqual([1, 2, 3]);
    expect(talk.more).toBe(false);
  });

  it('forgets what the house does not remember, and asks for all of it', () => {
    const { talk, effects } = tell([{ kind: 'trouble', code: 'ahead-of-log', text: 'Let me show you.', n: null, expected: 0 }], home);
    expect(last(talk)).toBe(-1);
    expect(effects).toEqual([{ kind: 'reopen' }]);
  });
});

describe('her words as they come', () => {
  it('places them by character, and takes an overlap once', () => {
    const { talk, effects } = tell([words(1, 0, 'Good '), words(1, 3, 'd morning'), words(1, 0, 'Good')], home);
    expect(talk.stream).toEqual({ reply: 1, text: 'Good morning' });
    expect(effects).toEqual([]);
  });

  it('counts characters as the house does: 🌊 is one', () => {
    const { talk } = tell([words(1, 0, 'a 🌊'), words(1, 3, ' b'), words(1, 2, '🌊 b c')], home);
    expect(talk.stream?.text).toBe('a 🌊 b c');
  });

  it('asks again when words are missing, and keeps what it has', () => {
    const { talk, effects } = tell([words(1, 0, 'Good'), words(1, 9, 'ing')], home);
    expect(talk.stream?.text).toBe('Good');
    expect(effects).toEqual([{ kind: 'reopen' }]);
  });

  it('resumes a stream where it stopped', () => {
    const { talk } = tell([words(1, 0, 'Good mor'), WELCOME, CAUGHT_UP, words(1, 8, 'ning')], home);
    expect(talk.stream?.text).toBe('Good morning');
  });

  it('believes a house that was started again and found other words', () => {
    const { talk } = tell([words(1, 0, 'Good morning'), WELCOME, CAUGHT_UP, words(1, 0, 'Hi'), words(1, 2, ' there')], home);
    expect(talk.stream?.text).toBe('Hi there');
  });

  it('lets the event replace the stream, and nothing late bring it back', () => {
    const { talk } = tell([words(1, 0, 'Good mor'), happened(2, said('Good morning', 1)), words(1, 8, 'ning')], home);
    expect(talk.stream).toBeNull();
    expect(talk.events).toHaveLength(2);
  });

  it('drops a stream of which nothing was kept, and keeps one whose event is on its way', () => {
    const stream = tell([words(1, 0, 'Good')], home).talk;
    expect(tell([{ kind: 'ended', reply: 1, chars: 0 }], stream).talk.stream).toBeNull();
    expect(tell([{ kind: 'ended', reply: 1, chars: 4 }], stream).talk.stream?.text).toBe('Good');
  });

  it('shows nothing more once she was interrupted', () => {
    const stopped = stop(tell([words(1, 0, 'Good')], home).talk);
    const { talk, effects } = tell([words(1, 4, ' morning'), words(1, 40, '!')], stopped);
    expect(talk.stream?.text).toBe('Good');
    expect(speaking(talk)).toBeNull();
    expect(effects).toEqual([]);
    expect(tell([happened(2, said('Good', 1, { cut_off: true }))], talk).talk.stopped).toBeNull();
  });
});

describe('messages', () => {
  it('learns from the welcome, the acknowledgement and the event that words are safe', () => {
    const { effects } = tell([{ ...WELCOME, heard_n: 4 }, { kind: 'kept', n: 5, seq: 2 }, happened(2, heard('x', ME, 5)), happened(3, heard('y', 'other', 9))]);
    expect(effects).toEqual([{ kind: 'heard-up-to', n: 4 }, { kind: 'kept', n: 5, seq: 2 }, { kind: 'kept', n: 5, seq: 2 }]);
  });

  it('hands refused words back', () => {
    const { talk, effects } = tell([{ kind: 'trouble', code: 'store-full', text: 'No room.', n: 2, expected: null }], home);
    expect(effects).toEqual([{ kind: 'refused', n: 2 }]);
    expect(talk.trouble?.text).toBe('No room.');
  });

  it('connects again when a message came before the one in front of it', () => {
    const { talk, effects } = tell([{ kind: 'trouble', code: 'out-of-order', text: '', n: 7, expected: 5 }], home);
    expect(effects).toEqual([{ kind: 'reopen' }]);
    expect(talk.trouble).toBeNull();
  });
});

describe('the first meeting', () => {
  it('goes from unmet through the meeting to living, and learns her name', () => {
    const unmet = tell([{ ...WELCOME, stage: 'unmet', name: null }, CAUGHT_UP]).talk;
    const meeting = tell([happened(1, { kind: 'began', how: 'interview', name: null })], unmet).talk;
    expect([unmet.stage, meeting.stage]).toEqual(['unmet', 'meeting']);
    const { talk } = tell([happened(2, { kind: 'met', persona: { name: 'Ilse' }, why: 'interview' })], meeting);
    expect([talk.stage, talk.name]).toEqual(['living', 'Ilse']);
  });

  it('knows her open question until it is answered or skipped', () => {
    const meeting = { ...home, stage: 'meeting' as const };
    const asked = tell([happened(2, said('Where do you feel at home?', 1, { asks: 'home' }))], meeting).talk;
    expect(question(asked)).toBe('home');
    expect(question(tell([happened(3, { kind: 'skipped', question: 'home' })], asked).talk)).toBeNull();
    expect(question(tell([happened(3, heard('By the sea', ME, 2))], asked).talk)).toBeNull();
    expect(question({ ...asked, stage: 'living' })).toBeNull();
  });
});

describe('a call, as every window sees it', () => {
  const on: Frame = { kind: 'calling', state: 'on', client: 'another', muted: false };
  const hearing = (text: string): Frame => ({ kind: 'hearing', text });

  it('shows what she has understood so far, each time anew, until it is kept', () => {
    expect(tell([hearing('I want'), hearing('I want to go')], home).talk.hearing).toBe('I want to go');
    expect(tell([hearing('I want'), hearing('')], home).talk.hearing).toBe('');
    const spoken: Event = { ...heard('I want to go.', 'call-1'), spoken: true } as Event;
    expect(tell([hearing('I want to go'), happened(2, spoken)], home).talk.hearing).toBe('');
  });

  it('knows of the call until it is off, and asks anew after a lost line', () => {
    expect(tell([on], home).talk.calling).toEqual(on);
    expect(tell([on, { ...on, state: 'off' } as Frame], home).talk.calling).toBeNull();
    expect(tell([on, hearing('And'), WELCOME], home).talk).toMatchObject({ calling: null, hearing: '' });
  });
});
