/**
 * What this window knows of its call, and how everything that happens changes it. Pure.
 *
 * It does not know of sockets, microphones or the screen; what must be done about a happening it says as effects.
 */
import type { CallEnded, CallFrame, Duck, Hold, Hushed, Trace } from '../protocol';
import type { Refusal } from './microphone';
import type { Way } from './weather';

/**
 * asking: for the microphone. dialing: for her. on: they talk. away: the line broke, and is tried again. ended: there
 * may still be a sentence to read about it.
 */
export type State = 'idle' | 'asking' | 'dialing' | 'on' | 'away' | 'ended';

export interface Call {
  state: State;
  /** The name of the call, for the house. */
  id: string;
  /** What carries it. */
  way: Way;
  /** It is on its way from one to the other. */
  moving: boolean;
  muted: boolean;
  /** The microphone was pulled out in the middle of the call. */
  unplugged: boolean;
  /** The browser holds her voice back: the phone was locked, or rings. */
  paused: boolean;
  /** She picked up at least once. */
  answered: boolean;
  /** Why it could not begin. */
  refusal: Refusal | 'unreachable' | null;
  /** Why it ended. */
  end: CallEnded | null;
  /** What went wrong on the way, in her words. */
  trouble: string;
  /** Where the time of the last turns went, oldest first. */
  traces: readonly Trace[];
}

export type Happening =
  | { kind: 'pressed'; id: string }
  | { kind: 'lent'; way?: Way }
  /** To the other way: for the house that is another call, of a new name. */
  | { kind: 'moved'; way: Way; id: string }
  /** WebRTC does not come through: the same call goes on by the socket. */
  | { kind: 'fell-back' }
  | { kind: 'refused'; why: Refusal | 'unreachable' }
  | { kind: 'frame'; frame: CallFrame }
  /** `tries` in a row, without a line that opened. */
  | { kind: 'lost'; tries: number }
  | { kind: 'muted'; muted: boolean }
  | { kind: 'unplugged' }
  | { kind: 'plugged' }
  | { kind: 'paused'; paused: boolean }
  | { kind: 'hung-up' }
  | { kind: 'dismissed' };

export type Effect =
  | { kind: 'dial' }
  /** She wants frame `frame` next; `anew`: she knows nothing of what was before. */
  | { kind: 'resend'; frame: number; anew: boolean }
  | { kind: 'confirm'; frame: number }
  | { kind: 'sound'; order: Duck | Hold | Hushed }
  /** Let go of everything. */
  | { kind: 'release' };

export type Step = readonly [Call, readonly Effect[]];

/** Turns whose time is kept for looking at: what fits on a screen. */
export const TRACES = 5;
/** So often a first line is tried before the person is told: about four seconds. */
const FIRST_TRIES = 5;

export const IDLE: Call = {
  state: 'idle',
  id: '',
  way: 'socket',
  moving: false,
  muted: false,
  unplugged: false,
  paused: false,
  answered: false,
  refusal: null,
  end: null,
  trouble: '',
  traces: [],
};

export function live(call: Call): boolean {
  return call.state === 'dialing' || call.state === 'on' || call.state === 'away';
}

export function step(now: Call, happening: Happening): Step {
  switch (happening.kind) {
    case 'pressed':
      return begun(now) ? [now, []] : [{ ...IDLE, state: 'asking', id: happening.id }, []];
    case 'lent':
      return now.state === 'asking' ? [{ ...now, state: 'dialing', way: happening.way ?? 'socket' }, [{ kind: 'dial' }]] : [now, []];
    case 'moved':
      return live(now) ? moved(now, happening.way, happening.id) : [now, []];
    case 'fell-back':
      return live(now) ? moved(now, 'socket', now.id) : [now, []];
    case 'refused':
      return begun(now) ? over(now, { refusal: happening.why }) : [now, []];
    case 'frame':
      return live(now) ? framed(now, happening.frame) : [now, []];
    case 'lost':
      return lost(now, happening.tries);
    case 'hung-up':
      return begun(now) ? over(now, { end: { kind: 'call_ended', why: 'hung_up', text: '' } }) : [now, []];
    case 'dismissed':
      return [now.state === 'ended' ? { ...now, state: 'idle' } : { ...now, trouble: '' }, []];
    default:
      return [begun(now) ? microphone(now, happening) : now, []];
  }
}

/** What is to be said about it just now; empty when there is nothing. `her`: what she is called. */
export function sentence(call: Call, her: string): string {
  switch (call.state) {
    case 'idle':
      return '';
    case 'asking':
      return 'Your browser asks whether you lend her the microphone.';
    case 'dialing':
      return `Calling ${her}…`;
    case 'away':
      return away(call);
    case 'ended':
      return ended(call, her);
    case 'on':
      return during(call);
  }
}

function away({ moving, way }: Call): string {
  if (moving) return 'One moment. The call takes another way.';
  return way === 'socket' ? 'The line broke. One moment, I keep what you say.' : 'The line broke. One moment.';
}

function begun(call: Call): boolean {
  return call.state === 'asking' || live(call);
}

function over(now: Call, why: Partial<Call>): Step {
  return [{ ...now, ...why, state: 'ended', moving: false, unplugged: false, paused: false }, [{ kind: 'release' }]];
}

/** Who was not answered yet is still being called; who was, is away for a moment. */
function moved(now: Call, way: Way, id: string): Step {
  const state = now.answered ? 'away' : 'dialing';
  return [{ ...now, state, way, id, moving: now.answered, trouble: '' }, [{ kind: 'dial' }]];
}

function framed(now: Call, frame: CallFrame): Step {
  switch (frame.kind) {
    case 'answered': {
      const anew = now.answered && !frame.again;
      return [{ ...now, state: 'on', moving: false, answered: true, trouble: '' }, [{ kind: 'resend', frame: frame.frame, anew }]];
    }
    case 'got':
      return [now, [{ kind: 'confirm', frame: frame.frame }]];
    case 'duck':
    case 'hold':
    case 'hushed':
      return [now, [{ kind: 'sound', order: frame }]];
    case 'trace':
      return [{ ...now, trouble: '', traces: [...now.traces, frame].slice(-TRACES) }, []];
    case 'trouble':
      return [{ ...now, trouble: frame.text }, []];
    case 'call_ended':
      return over(now, { end: frame });
    default:
      return [now, []]; // a kind from a newer house
  }
}

function lost(now: Call, tries: number): Step {
  if (now.state === 'dialing' && !now.answered && tries >= FIRST_TRIES) return over(now, { refusal: 'unreachable' });
  return [now.state === 'on' || now.state === 'away' ? { ...now, state: 'away', moving: false } : now, []];
}

function microphone(now: Call, happening: Happening): Call {
  switch (happening.kind) {
    case 'muted':
      return { ...now, muted: happening.muted, unplugged: false };
    case 'unplugged':
      return { ...now, unplugged: true };
    case 'plugged':
      return { ...now, unplugged: false };
    case 'paused':
      return { ...now, paused: happening.paused };
    default:
      return now;
  }
}

function during(call: Call): string {
  if (call.paused) return 'The sound is held back by this device.';
  if (call.unplugged) return 'The microphone went away. Choose another, or plug it in again.';
  if (call.trouble !== '') return call.trouble;
  return call.muted ? 'Your microphone is off.' : '';
}

const REFUSED: Readonly<Record<Refusal | 'unreachable', string>> = {
  insecure: 'Browsers lend a microphone only to a safe page. Open this one by https, or as localhost on the machine she lives on.',
  unable: 'This browser can’t carry a call. A current Firefox, Chrome or Safari can.',
  denied: 'The microphone is off for this page. Allow it beside the address above, then call again.',
  none: 'I find no microphone here. Plug one in, then call again.',
  busy: 'Another program holds the microphone. Close it there, then call again.',
  broken: 'The microphone would not open. Plug it in again or choose another, then call again.',
  unreachable: 'The house does not answer. Try again in a moment; what you write is kept.',
};

function ended({ refusal, end }: Call, her: string): string {
  if (refusal !== null) return REFUSED[refusal];
  if (end === null || end.text !== '') return end?.text ?? '';
  switch (end.why) {
    case 'hung_up':
      return '';
    case 'lost':
      return 'The line broke and did not come back. What you said until then is kept.';
    case 'closed':
      return 'The house is closing. What you said is kept.';
    case 'elsewhere':
      return `You are talking with ${her} in another window now.`;
  }
}
