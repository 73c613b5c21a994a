/** Sound on its way: brought to another rate, numbered, kept until it is confirmed, and seen. */
import { describe, expect, it } from 'vitest';
import { decibels, heard, QUIET, type Level } from '../../src/lib/call/level';
import { down, HEARD_FRAME, quantised, up } from '../../src/lib/call/packets';
import { Resampler } from '../../src/lib/call/resampler';
import { KEPT, Unsent } from '../../src/lib/call/unsent';

function sine(hertz: number, rate: number, seconds = 0.5): Float32Array {
  return Float32Array.from({ length: rate * seconds }, (_, at) => Math.sin((2 * Math.PI * hertz * at) / rate));
}

function resampled(sound: Float32Array, from: number, to: number, piece = 128): Float32Array {
  const resampler = new Resampler(from, to);
  const out: number[] = [];
  for (let at = 0; at < sound.length; at += piece) out.push(...resampler.push(sound.subarray(at, at + piece)));
  return Float32Array.from(out);
}

/** How much of `sound` is `hertz`, as an amplitude; and how much is anything else. */
function measured(sound: Float32Array, hertz: number, rate: number): { tone: number; rest: number } {
  const middle = sound.slice(rate * 0.1, rate * 0.4);
  let [cosine, sinus, power] = [0, 0, 0];
  middle.forEach((sample, at) => {
    const turn = (2 * Math.PI * hertz * at) / rate;
    cosine += sample * Math.cos(turn);
    sinus += sample * Math.sin(turn);
    power += sample * sample;
  });
  const tone = (2 * Math.hypot(cosine, sinus)) / middle.length;
  return { tone, rest: Math.sqrt(Math.max(0, power / middle.length - tone ** 2 / 2)) };
}

describe.each([48_000, 44_100, 96_000, 24_000, 32_000])('a microphone of %i Hz', (rate) => {
  it.each([200, 1_000, 5_000])('leaves a tone of %i Hz as it is', (hertz) => {
    const { tone, rest } = measured(resampled(sine(hertz, rate), rate, 16_000), hertz, 16_000);
    expect(tone).toBeCloseTo(1, 2);
    expect(rest).toBeLessThan(0.003);
  });

  it('gives as many samples as there is time', () => {
    const out = resampled(sine(300, rate, 1), rate, 16_000);
    expect(Math.abs(out.length - 16_000)).toBeLessThan(40);
  });

  it('is the same however it is cut', () => {
    const sound = sine(700, rate, 0.1);
    const [one, other] = [resampled(sound, rate, 16_000, 128), resampled(sound, rate, 16_000, 333)];
    const same = Math.min(one.length, other.length);
    expect(one.slice(0, same)).toEqual(other.slice(0, same));
  });
});

it.each([
  [48_000, 8_200],
  [48_000, 11_000],
  [44_100, 9_000],
  [44_100, 15_500],
  [48_000, 20_000],
])('at %i Hz a tone of %i Hz, which 16 kHz cannot carry, is gone and not folded down', (rate, hertz) => {
  const out = resampled(sine(hertz, rate), rate, 16_000).slice(1_600, 6_400);
  expect(Math.max(...out.map(Math.abs))).toBeLessThan(0.002);
});

it('brings her voice up to the rate of a loudspeaker that has its own', () => {
  const { tone, rest } = measured(resampled(sine(1_000, 24_000), 24_000, 48_000), 1_000, 48_000);
  expect(tone).toBeCloseTo(1, 2);
  expect(rest).toBeLessThan(0.003);
});

describe('a frame on the line', () => {
  it('carries its number and its samples, little-endian', () => {
    expect([...new Uint8Array(up(258, Int16Array.of(1, -2)))]).toEqual([2, 1, 0, 0, 1, 0, 254, 255]);
  });

  it('is read, or known as none', () => {
    const message = new Uint8Array([3, 0, 0, 0, 7, 0, 0, 0, 0, 64, 0, 128]).buffer;
    expect(down(message)).toEqual({ speech: 3, frame: 7, samples: Float32Array.of(0.5, -1) });
    expect(down(new ArrayBuffer(8))).toBeNull();
    expect(down(new ArrayBuffer(11))).toBeNull();
  });

  it('cuts off what is too loud', () => {
    expect([...quantised(Float32Array.of(0, 1, -1, 3))]).toEqual([0, 32_767, -32_767, 32_767]);
  });
});

describe('frames the house has not confirmed', () => {
  const numbers = (unsent: Unsent): number[] => unsent.all().map((message) => new DataView(message).getUint32(0, true));

  function kept(many: number): Unsent {
    const unsent = new Unsent();
    for (let at = 0; at < many; at += 1) unsent.add(Int16Array.of(at));
    return unsent;
  }

  it('are kept until it does, and sent again from there', () => {
    const unsent = kept(6);
    unsent.confirm(4);
    expect(numbers(unsent)).toEqual([4, 5]);
    unsent.confirm(2); // an old receipt, late
    expect(numbers(unsent)).toEqual([4, 5]);
    expect(new DataView(unsent.add(Int16Array.of(9))).getUint32(0, true)).toBe(6);
  });

  it('are a minute at most: the oldest is let go', () => {
    const unsent = kept(KEPT + 10);
    expect(unsent.waiting).toBe(KEPT);
    expect(numbers(unsent)[0]).toBe(10);
  });

  it('are counted anew for a house that knows nothing of them', () => {
    const unsent = kept(5);
    unsent.confirm(3);
    unsent.renumber(0);
    expect(numbers(unsent)).toEqual([0, 1]);
    expect(unsent.all().map((message) => new DataView(message).getInt16(4, true))).toEqual([3, 4]);
  });

  it('are never confirmed beyond what there is', () => {
    const unsent = kept(2);
    unsent.confirm(90);
    expect(unsent.waiting).toBe(0);
    expect(new DataView(unsent.add(Int16Array.of(0))).getUint32(0, true)).toBe(2);
  });
});

describe('how loud someone is', () => {
  const after = (...db: number[]): Level => db.reduce(heard, QUIET);
  const many = (db: number, frames: number): number[] => Array<number>(frames).fill(db);

  it('is measured in decibels of full scale', () => {
    expect(decibels(new Int16Array(HEARD_FRAME).fill(32_767))).toBeCloseTo(0, 1);
    expect(decibels(new Int16Array(HEARD_FRAME).fill(3_277))).toBeCloseTo(-20, 1);
    expect(decibels(new Int16Array(HEARD_FRAME))).toBeLessThan(-100);
  });

  it('rises with the voice, and falls slowly', () => {
    expect(after(-20).shown).toBeGreaterThan(0.8);
    expect(after(-20, -60).shown).toBeGreaterThan(0.7);
    expect(after(-20, ...many(-60, 60)).shown).toBeLessThan(0.02);
  });

  it('tells speech from a loud room', () => {
    expect(after(...many(-50, 50), -25).speaking).toBe(true);
    expect(after(...many(-30, 1_500), -25).speaking).toBe(false);
    expect(after(...many(-70, 50), -60).speaking).toBe(false);
  });

  it('notices a microphone that gives nothing at all', () => {
    expect(after(...many(-120, 150)).dead).toBe(150);
    expect(after(...many(-120, 150), -75).dead).toBe(0);
  });

  it('takes a quiet room, from which the browser took the noise, for no broken microphone', () => {
    expect(after(...many(-96, 500)).dead).toBe(0);
    expect(after(-30, ...many(-120, 500)).dead).toBeLessThan(150);
    expect(after(-30, ...many(-120, 3_100)).dead).toBeGreaterThan(150);
  });
});
