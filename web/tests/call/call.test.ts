/** A call from the first press to the last word, as values. */
import { describe, expect, it } from 'vitest';
import { IDLE, sentence, step, TRACES, type Call, type Effect, type Happening } from '../../src/lib/call/call';
import type { Answered, CallEnded, CallFrame, Trace } from '../../src/lib/protocol';

const PRESSED: Happening = { kind: 'pressed', id: 'call-one' };
const LENT: Happening = { kind: 'lent' };
const LOST: Happening = { kind: 'lost', tries: 1 };
const ANSWERED: Answered = { kind: 'answered', call: 'call-one', again: false, frame: 0 };

const told = (frame: CallFrame): Happening => ({ kind: 'frame', frame });
const ended = (why: CallEnded['why'], text = ''): Happening => told({ kind: 'call_ended', why, text });

function happen(happenings: readonly Happening[], from: Call = IDLE): { call: Call; effects: Effect[] } {
  const effects: Effect[] = [];
  let call = from;
  for (const happening of happenings) {
    const [next, asked] = step(call, happening);
    call = next;
    effects.push(...asked);
  }
  return { call, effects };
}

const on = happen([PRESSED, LENT, told(ANSWERED)]).call;

describe('beginning', () => {
  it('asks, dials, and is on when she picks up', () => {
    expect(happen([PRESSED]).call.state).toBe('asking');
    expect(happen([PRESSED, LENT])).toMatchObject({ call: { state: 'dialing' }, effects: [{ kind: 'dial' }] });
    const { call, effects } = happen([PRESSED, LENT, told(ANSWERED)]);
    expect(call.state).toBe('on');
    expect(effects.at(-1)).toEqual({ kind: 'resend', frame: 0, anew: false });
  });

  it('is one call, however often it is pressed', () => {
    expect(happen([PRESSED, { kind: 'pressed', id: 'two' }, LENT]).call.id).toBe('call-one');
  });

  it.each(['insecure', 'unable', 'denied', 'none', 'busy', 'broken'] as const)('says what to do when the microphone is %s', (why) => {
    const { call, effects } = happen([PRESSED, { kind: 'refused', why }]);
    expect(call.state).toBe('ended');
    expect(effects).toEqual([{ kind: 'release' }]);
    expect(sentence(call, 'Mara')).toMatch(/^[A-Z].+\.$/);
  });

  it('has a sentence of its own for each', () => {
    const whys = ['insecure', 'unable', 'denied', 'none', 'busy', 'broken', 'unreachable'] as const;
    expect(new Set(whys.map((why) => sentence(happen([PRESSED, { kind: 'refused', why }]).call, 'her'))).size).toBe(whys.length);
  });

  it('tries a few times, then says that nobody answers', () => {
    const lost = (tries: number): Happening => ({ kind: 'lost', tries });
    expect(happen([PRESSED, LENT, lost(1), lost(4)]).call.state).toBe('dialing');
    const { call } = happen([PRESSED, LENT, lost(5)]);
    expect(call).toMatchObject({ state: 'ended', refusal: 'unreachable' });
  });

  it('can be taken back while the browser still asks', () => {
    const { call, effects } = happen([PRESSED, { kind: 'hung-up' }, LENT]);
    expect(call.state).toBe('ended');
    expect(effects).toEqual([{ kind: 'release' }]);
    expect(sentence(call, 'Mara')).toBe('');
  });
});

describe('a line that breaks', () => {
  it('says so, and goes on where it stopped', () => {
    const away = happen([LOST, { kind: 'lost', tries: 9 }], on).call;
    expect(sentence(away, 'Mara')).toBe('The line broke. One moment, I keep what you say.');
    const { call, effects } = happen([told({ ...ANSWERED, again: true, frame: 70 })], away);
    expect(call.state).toBe('on');
    expect(effects).toEqual([{ kind: 'resend', frame: 70, anew: false }]);
  });

  it('knows a house that has forgotten the call', () => {
    expect(happen([LOST, told(ANSWERED)], on).effects).toEqual([{ kind: 'resend', frame: 0, anew: true }]);
  });

  it('ends when she has given it up, and says so', () => {
    const { call } = happen([LOST, ended('lost')], on);
    expect(call.state).toBe('ended');
    expect(sentence(call, 'Mara')).toContain('did not come back');
  });
});

describe('the other way', () => {
  it('is another call for the house, and says so until she has answered there', () => {
    const { call, effects } = happen([{ kind: 'moved', way: 'webrtc', id: 'call-two' }], on);
    expect([call, effects]).toEqual([expect.objectContaining({ state: 'away', way: 'webrtc', id: 'call-two' }), [{ kind: 'dial' }]]);
    expect(sentence(call, 'Mara')).toBe('One moment. The call takes another way.');
    const there = happen([told({ ...ANSWERED, call: 'call-two' })], call);
    expect(there.effects).toEqual([{ kind: 'resend', frame: 0, anew: true }]);
    expect(sentence(there.call, 'Mara')).toBe('');
  });

  it('breaks without a promise that it cannot keep', () => {
    const { call } = happen([{ kind: 'moved', way: 'webrtc', id: 'call-two' }, told(ANSWERED), LOST], on);
    expect(sentence(call, 'Mara')).toBe('The line broke. One moment.');
  });

  it('that does not come through leaves the same call to the socket, which does not give up', () => {
    const moved = happen([{ kind: 'moved', way: 'webrtc', id: 'call-two' }, { kind: 'fell-back' }, { kind: 'lost', tries: 9 }], on);
    expect(moved.call).toMatchObject({ state: 'away', way: 'socket', id: 'call-two' });
    expect(moved.effects).toEqual([{ kind: 'dial' }, { kind: 'dial' }]);
    expect(sentence(moved.call, 'Mara')).toContain('I keep what you say');
  });

  it('can be the first, and is still being called when it falls back', () => {
    const { call, effects } = happen([PRESSED, { kind: 'lent', way: 'webrtc' }, { kind: 'fell-back' }]);
    expect(call).toMatchObject({ state: 'dialing', way: 'socket', id: 'call-one' });
    expect(effects).toEqual([{ kind: 'dial' }, { kind: 'dial' }]);
    expect(sentence(call, 'Mara')).toBe('Calling Mara…');
  });

  it('is not taken by a call that is over', () => {
    const over = happen([{ kind: 'hung-up' }], on).call;
    expect(happen([{ kind: 'moved', way: 'webrtc', id: 'call-two' }, { kind: 'fell-back' }], over)).toEqual({ call: over, effects: [] });
  });
});

describe('in a call', () => {
  it('hands on what the house has heard, and what her voice must do', () => {
    const { effects } = happen([told({ kind: 'got', frame: 25 }), told({ kind: 'duck', gain: 0.3 }), told({ kind: 'hushed', speech: 2 })], on);
    expect(effects).toEqual([
      { kind: 'confirm', frame: 25 },
      { kind: 'sound', order: { kind: 'duck', gain: 0.3 } },
      { kind: 'sound', order: { kind: 'hushed', speech: 2 } },
    ]);
  });

  it('says that the microphone is off, went away, or that the sound is held back', () => {
    const muted = happen([{ kind: 'muted', muted: true }], on).call;
    expect(sentence(muted, 'Mara')).toBe('Your microphone is off.');
    expect(sentence(happen([{ kind: 'unplugged' }], on).call, 'Mara')).toContain('went away');
    expect(sentence(happen([{ kind: 'unplugged' }, { kind: 'plugged' }], on).call, 'Mara')).toBe('');
    expect(sentence(happen([{ kind: 'paused', paused: true }], muted).call, 'Mara')).toContain('held back');
  });

  it('keeps the time of the last turns', () => {
    const trace = (reply: number): Trace => ({ kind: 'trace', reply, voice_to_voice: 500, stages: [] });
    const { call } = happen([1, 2, 3, 4, 5, 6, 7].map((reply) => told(trace(reply))), on);
    expect(call.traces.map(({ reply }) => reply)).toEqual([3, 4, 5, 6, 7].slice(-TRACES));
  });

  it('shows a trouble until it is read, or she speaks again', () => {
    const trouble = happen([told({ kind: 'trouble', code: 'ears', text: 'I can’t hear just now.', n: null, expected: null })], on).call;
    expect(sentence(trouble, 'Mara')).toBe('I can’t hear just now.');
    expect(sentence(happen([{ kind: 'dismissed' }], trouble).call, 'Mara')).toBe('');
  });
});

describe('the end', () => {
  it('is said in her words when she has any, and in ours when not', () => {
    expect(sentence(happen([ended('closed', 'Good night.')], on).call, 'Mara')).toBe('Good night.');
    expect(sentence(happen([ended('closed')], on).call, 'Mara')).toContain('closing');
    expect(sentence(happen([ended('elsewhere')], on).call, 'Mara')).toContain('Mara');
    expect(sentence(happen([ended('hung_up')], on).call, 'Mara')).toBe('');
  });

  it('lets go of everything, once, and hears nothing that comes late', () => {
    const { call, effects } = happen([{ kind: 'hung-up' }, told(ANSWERED), LOST, { kind: 'unplugged' }], on);
    expect(call).toMatchObject({ state: 'ended', unplugged: false });
    expect(effects).toEqual([{ kind: 'release' }]);
  });

  it('can be followed by another', () => {
    const { call } = happen([{ kind: 'muted', muted: true }, { kind: 'hung-up' }, { kind: 'pressed', id: 'two' }], on);
    expect(call).toEqual({ ...IDLE, state: 'asking', id: 'two' });
  });
});
