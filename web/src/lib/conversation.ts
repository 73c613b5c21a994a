/**
 * What the page knows of the conversation, and how each frame from the house changes it. Pure.
 *
 * The page holds one unbroken run of the log. Frames may come twice (by number they are known) and may be missed
 * (then the page asks again). It does not know about sockets, storage or the screen.
 */
import { hushed } from './lines';
import { PROTOCOL, type BrainFrame, type Calling, type Frame, type Happened, type Page, type Passed, type Trouble, type Welcome, type Words } from './protocol';
import { from, length, upTo } from './words';

export type Stage = Welcome['stage'] | 'unknown';

export interface Stream {
  reply: number;
  text: string;
}

export interface Conversation {
  stage: Stage;
  name: string | null;
  events: readonly Happened[];
  /** The newest log number known, shown or passed over; -1 when there is none. */
  newest: number;
  /** There are older events than the first of `events`. */
  more: boolean;
  /** Between `welcome` and `caught_up`: what comes is history, not news. */
  catchingUp: boolean;
  /** What she is thinking about, before the first word. */
  thinking: number | null;
  /** Her words as they come. */
  stream: Stream | null;
  /** The stream the person interrupted: nothing more of it is shown. */
  stopped: number | null;
  /** What the person is saying in a call, as far as she has understood it. */
  hearing: string;
  /** Off the record: nothing that is said is kept just now. */
  private: boolean;
  /** The call that is going on, in this window or another; null when there is none. */
  calling: Calling | null;
  brain: BrainFrame | null;
  trouble: Trouble | null;
  /** The house speaks a newer protocol than this page. */
  outdated: boolean;
}

/** What the page must do about a frame, besides showing it. */
export type Effect =
  /** Something is missing: connect again and say what we have. */
  | { kind: 'reopen' }
  /** The house has heard this seat's messages up to `n`: drop them, send the rest. */
  | { kind: 'heard-up-to'; n: number }
  /** Message `n` is on disk, as number `seq` of the log. */
  | { kind: 'kept'; n: number; seq: number }
  | { kind: 'refused'; n: number };

export type Step = readonly [Conversation, readonly Effect[]];

export const START: Conversation = {
  stage: 'unknown',
  name: null,
  events: [],
  newest: -1,
  more: false,
  catchingUp: true,
  thinking: null,
  stream: null,
  stopped: null,
  hearing: '',
  private: false,
  calling: null,
  brain: null,
  trouble: null,
  outdated: false,
};

const REOPEN: Effect = { kind: 'reopen' };

/** One frame from the house, to the window in seat `client`. */
export function receive(now: Conversation, frame: Frame, client: string): Step {
  switch (frame.kind) {
    case 'welcome':
      return welcomed(now, frame);
    case 'caught_up':
      return [{ ...now, catchingUp: false, newest: Math.max(now.newest, frame.last) }, []];
    case 'passed':
      return passed(now, frame);
    case 'page':
      return [paged(now, frame), []];
    case 'happened':
      return happened(now, frame, client);
    case 'kept':
      return [{ ...now, trouble: null }, [{ kind: 'kept', n: frame.n, seq: frame.seq }]];
    case 'thinking':
      return [{ ...now, thinking: frame.reply, stopped: frame.reply === now.stopped ? now.stopped : null }, []];
    case 'words':
      return worded(now, frame);
    case 'ended':
      return [ended(now, frame.reply, frame.chars), []];
    case 'brain':
      return [{ ...now, brain: frame }, []];
    case 'hearing':
      return [{ ...now, hearing: frame.text }, []];
    case 'calling':
      return [frame.state === 'off' ? { ...now, calling: null, hearing: '' } : { ...now, calling: frame }, []];
    case 'trouble':
      return troubled(now, frame);
    default:
      return [now, []]; // a kind from a newer house; `welcome` has already said so
  }
}

/** The newest log number known; -1 when there is none. */
export function last(now: Conversation): number {
  return now.newest;
}

/** The question she asked last, if nothing was said to it yet. */
export function question(now: Conversation): string | null {
  if (now.stage !== 'meeting') return null;
  for (const { event } of now.events.toReversed()) {
    if (event.kind === 'said' && event.asks !== null) return event.asks;
    if (event.kind === 'heard' || event.kind === 'skipped') return null;
  }
  return null;
}

/** The person interrupts: her words stay as they are on the screen. */
export function stop(now: Conversation): Conversation {
  return { ...now, stopped: speaking(now), thinking: null };
}

/** The number of the reply she is thinking about or speaking, if she is. */
export function speaking(now: Conversation): number | null {
  const reply = now.stream?.reply ?? now.thinking;
  return reply === now.stopped ? null : reply;
}

function welcomed(now: Conversation, frame: Welcome): Step {
  const next: Conversation = {
    ...now,
    ...(frame.fresh ? { events: [], newest: -1, more: false, stream: null, stopped: null } : {}),
    stage: frame.stage,
    name: frame.name,
    brain: frame.brain,
    private: frame.private,
    catchingUp: true,
    thinking: null,
    hearing: '',
    calling: null,
    trouble: null,
    outdated: frame.protocol !== PROTOCOL,
  };
  return [next, [{ kind: 'heard-up-to', n: frame.heard_n }]];
}

function happened(now: Conversation, frame: Happened, client: string): Step {
  const newest = last(now);
  if (frame.seq <= newest) return [now, []];
  const gap = newest !== -1 && frame.seq !== newest + 1;
  if (gap && !now.catchingUp) return [now, [REOPEN]];
  // After a long absence the house sends only the latest page: the run begins anew, the rest is scrolled back to.
  const events = gap ? [frame] : [...now.events, frame];
  const next = { ...now, events, newest: frame.seq, more: gap || now.more || (newest === -1 && frame.seq > 1) };
  return after(next, frame, client);
}

/** Numbers with nothing to show belong to the run as well. */
function passed(now: Conversation, frame: Passed): Step {
  if (frame.last <= now.newest) return [now, []];
  if (now.newest !== -1 && frame.first > now.newest + 1 && !now.catchingUp) return [now, [REOPEN]];
  return [{ ...now, newest: frame.last }, []];
}

function after(now: Conversation, { event, seq }: Happened, client: string): Step {
  switch (event.kind) {
    case 'began':
      return [{ ...now, stage: now.stage === 'unmet' ? 'meeting' : now.stage }, []];
    case 'met':
      return [{ ...now, stage: 'living', name: nameIn(event.persona) ?? now.name }, []];
    case 'private':
      return [{ ...now, private: event.on, events: event.on ? now.events : hushed(now.events) }, []];
    case 'forgot': // what went is shown no more, here as everywhere: the page begins anew
      return now.catchingUp ? [now, []] : [{ ...START, stage: now.stage, name: now.name, brain: now.brain, private: now.private }, [REOPEN]];
    case 'said':
      return [ended({ ...now, trouble: null }, event.reply, 0), []];
    case 'heard':
      return [event.spoken ? { ...now, hearing: '' } : now, event.client === client ? [{ kind: 'kept', n: event.n, seq }] : []];
    default:
      return [now, []];
  }
}

export function nameIn(persona: Record<string, unknown>): string | null {
  return typeof persona.name === 'string' && persona.name !== '' ? persona.name : null;
}

function paged(now: Conversation, page: Page): Conversation {
  const first = now.events[0]?.seq ?? Infinity;
  const older = page.events.filter((event) => event.seq < first);
  return { ...now, events: [...older, ...now.events], more: page.more };
}

function worded(now: Conversation, frame: Words): Step {
  if (frame.reply === now.stopped || wasSaid(now, frame.reply)) return [now, []];
  const same = now.stream?.reply === frame.reply;
  const have = same ? (now.stream?.text ?? '') : '';
  const text = placed(have, frame);
  if (text === null) return [now, [REOPEN]];
  return [{ ...now, stream: { reply: frame.reply, text }, thinking: null, stopped: null }, []];
}

/** `frame` put in its place; null when words before it are missing. What we have already is kept. */
function placed(have: string, frame: Words): string | null {
  const held = length(have);
  if (frame.start > held) return null;
  const overlap = held - frame.start;
  if (from(have, frame.start).startsWith(upTo(frame.text, overlap))) return have + from(frame.text, overlap);
  // A house that was killed and started thinks again, and may find other words: what it says now is the truth.
  return upTo(have, frame.start) + frame.text;
}

function wasSaid(now: Conversation, reply: number): boolean {
  return now.events.some(({ event }) => event.kind === 'said' && event.reply === reply);
}

/** Stream `reply` is over. With `chars` its words stay until the `said` event brings them for good. */
function ended(now: Conversation, reply: number, chars: number): Conversation {
  return {
    ...now,
    thinking: now.thinking === reply ? null : now.thinking,
    stream: now.stream?.reply === reply && chars === 0 ? null : now.stream,
    stopped: now.stopped === reply && chars === 0 ? null : now.stopped,
  };
}

function troubled(now: Conversation, frame: Trouble): Step {
  switch (frame.code) {
    case 'out-of-order':
      return [now, [REOPEN]];
    case 'ahead-of-log':
      return [{ ...START, stage: now.stage, trouble: frame }, [REOPEN]];
    default:
      return [{ ...now, trouble: frame }, frame.n === null ? [] : [{ kind: 'refused', n: frame.n }]];
  }
}
