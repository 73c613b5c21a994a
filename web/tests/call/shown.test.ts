/** What is drawn of a call, and two voices as one. */
import { describe, expect, it } from 'vitest';
import { wait } from '../../src/lib/call/line';
import { blendable, blended, parts, type Voice } from '../../src/lib/call/voices';
import { milliseconds, waterfalls } from '../../src/lib/call/waterfall';
import type { Trace } from '../../src/lib/protocol';
import { ASLEEP, step } from '../../src/lib/ribbon';

describe('where the time went', () => {
  const trace: Trace = {
    kind: 'trace',
    reply: 4,
    voice_to_voice: 500,
    stages: [
      { name: 'voice', start: 450, end: 500 },
      { name: 'prefill', start: -300, end: -100 },
      { name: 'kept', start: 200, end: 200 },
    ],
  };

  it('lies on one scale, in the order of time, and within the picture', () => {
    const [turn] = waterfalls([trace]);
    expect(turn?.bars.map(({ name, ms }) => [name, ms])).toEqual([['prefill', 200], ['kept', 0], ['voice', 50]]);
    for (const { from, width } of turn?.bars ?? []) {
      expect(from).toBeGreaterThan(0);
      expect(width).toBeGreaterThan(0);
      expect(from + width).toBeLessThan(1);
    }
    expect(turn?.stopped).toBeCloseTo((300 + 32) / (800 + 64), 5);
    expect(turn?.sounded).toBeCloseTo((800 + 32) / (800 + 64), 5);
  });

  it('is the same for all turns, newest first, so that the eye can compare', () => {
    const slow: Trace = { ...trace, reply: 9, voice_to_voice: 2_000, stages: [{ name: 'voice', start: 0, end: 2_000 }] };
    const [newest, older] = waterfalls([trace, slow]);
    expect([newest?.reply, older?.reply]).toEqual([9, 4]);
    expect(older?.stopped).toBe(newest?.stopped);
    expect(older?.sounded).toBeLessThan(0.4);
  });

  it('is nothing when there was no turn', () => {
    expect(waterfalls([])).toEqual([]);
  });

  it('is told in the unit that reads best', () => {
    expect([480.4, 1_234].map(milliseconds)).toEqual(['480 ms', '1.23 s']);
  });
});

describe('voices', () => {
  const voice = (id: string): Voice => ({ id, name: id, sounds: '', current: false, quick: true });

  it('can be blended when they are of one kind, and one is not a blend already', () => {
    const all = ['hibari', 'kokoro:af_heart', 'kokoro:bf_emma', 'kokoro:af_heart*7+bf_emma*3', 'kokoro:a+b+c'].map(voice);
    expect(blendable(all).map(({ id }) => id)).toEqual(['kokoro:af_heart', 'kokoro:bf_emma']);
  });

  it('are written as one, and read again', () => {
    const blend = { one: 'kokoro:af_heart', other: 'kokoro:bf_emma', share: 3 };
    expect(blended(blend)).toBe('kokoro:af_heart*7+bf_emma*3');
    expect(parts(blended(blend))).toEqual(blend);
    expect(parts('kokoro:af_heart*1+bf_emma*1')?.share).toBe(5);
    expect(parts('kokoro:af_heart+bf_emma*3')?.share).toBe(8);
    expect(parts('kokoro:af_heart')).toBeNull();
    expect(parts('kokoro:a*1+b*1+c*1')).toBeNull();
  });
});

describe('the ribbon, while she speaks aloud', () => {
  it('rises with her voice, and not with her words as well', () => {
    const spoken = step(ASLEEP, 'speaking', true, 0.05, 0.1).ripple;
    expect(spoken).toBeGreaterThan(0.2);
    expect(step(ASLEEP, 'speaking', false, 0.05, 0.1).ripple).toBe(spoken);
    expect(step({ ...ASLEEP, ripple: spoken }, 'speaking', false, 0.5, 0).ripple).toBeLessThan(spoken);
  });
});

it('tries the line again soon, then more slowly', () => {
  expect([0, 1, 2, 3, 4, 9].map(wait)).toEqual([200, 500, 1_000, 2_000, 5_000, 5_000]);
});
