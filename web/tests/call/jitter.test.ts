/** Her voice comes out as it went in, whatever the line does. */
import { describe, expect, it } from 'vitest';
import { FADE, Jitter } from '../../src/lib/call/jitter';
import { SPOKEN_FRAME } from '../../src/lib/call/packets';

const LOUD = 0.5;

/** A frame of one steady value: easy to find again. */
function frame(speech: number, number: number, value = LOUD): { speech: number; frame: number; samples: Float32Array<ArrayBuffer> } {
  return { speech, frame: number, samples: new Float32Array(SPOKEN_FRAME).fill(value) };
}

function take(jitter: Jitter, frames: number): Float32Array {
  const out = new Float32Array(frames * SPOKEN_FRAME);
  for (let at = 0; at < out.length; at += 96) jitter.pull(out.subarray(at, at + 96));
  return out;
}

const last = (sound: Float32Array): number => sound.at(-1) ?? NaN;
const loudest = (sound: Float32Array): number => sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
/** The largest step from one sample to the next: a click, if it is large. */
const step = (sound: Float32Array): number => sound.reduce((most, sample, index) => Math.max(most, Math.abs(sample - (sound[index - 1] ?? sample))), 0);
const NO_CLICK = LOUD / 50;

function playing(frames: number): Jitter {
  const jitter = new Jitter();
  for (let number = 0; number < frames; number += 1) jitter.put(frame(1, number));
  return jitter;
}

describe('a good line', () => {
  it('plays at once, as it came, and says how far it is', () => {
    const jitter = playing(1);
    const sound = take(jitter, 1);
    expect(last(sound)).toBe(LOUD);
    expect(jitter.position).toEqual({ speech: 1, samples: SPOKEN_FRAME });
  });

  it('begins without a click, and ends without one', () => {
    const sound = take(playing(3), 6);
    expect(step(sound)).toBeLessThan(NO_CLICK);
    expect(last(sound)).toBe(0);
  });

  it('plays one speech after the other', () => {
    const jitter = playing(2);
    jitter.put(frame(2, 0, 0.25));
    take(jitter, 2);
    expect(last(take(jitter, 1))).toBe(0.25);
    expect(jitter.position).toEqual({ speech: 2, samples: SPOKEN_FRAME });
  });

  it('counts what was played, when the last frame of a phrase is short', () => {
    const jitter = new Jitter();
    jitter.put({ speech: 1, frame: 0, samples: new Float32Array(100).fill(LOUD) });
    jitter.put(frame(1, 1));
    take(jitter, 3);
    expect(jitter.position.samples).toBe(100 + SPOKEN_FRAME);
  });

  it('is silent when there is nothing, and knows it', () => {
    const jitter = playing(1);
    expect(jitter.sounding).toBe(false);
    take(jitter, 0.2);
    expect(jitter.sounding).toBe(true);
    take(jitter, 2);
    expect(jitter.sounding).toBe(false);
  });
});

describe('a bad line', () => {
  it('goes on after a missing frame, and does not click', () => {
    const jitter = new Jitter();
    for (const number of [0, 1, 3, 4]) jitter.put(frame(1, number));
    const sound = take(jitter, 5);
    expect(step(sound)).toBeLessThan(NO_CLICK);
    expect(sound[2 * SPOKEN_FRAME + SPOKEN_FRAME / 2]).toBe(0);
    expect(last(sound)).toBe(LOUD);
    expect(jitter.position.samples).toBe(5 * SPOKEN_FRAME);
  });

  it('fades when it runs dry, and gathers 40 ms before it goes on', () => {
    const jitter = playing(1);
    expect(step(take(jitter, 3))).toBeLessThan(NO_CLICK);
    jitter.put(frame(1, 1));
    expect(loudest(take(jitter, 0.2))).toBe(0);
    jitter.put(frame(1, 2));
    expect(last(take(jitter, 1))).toBe(LOUD);
  });

  it('does not wait for more than it would have gathered: the end of a speech may be a single frame', () => {
    const jitter = playing(1);
    take(jitter, 2);
    jitter.put(frame(1, 1));
    expect(loudest(take(jitter, 1.8))).toBe(0);
    expect(loudest(take(jitter, 1))).toBe(LOUD);
  });

  it('gathers more each time it runs dry', () => {
    const jitter = playing(1);
    take(jitter, 2);
    for (const number of [1, 2]) jitter.put(frame(1, number));
    take(jitter, 4); // dry again, and 60 ms from now on
    for (const number of [3, 4]) jitter.put(frame(1, number));
    expect(loudest(take(jitter, 0.4))).toBe(0);
    jitter.put(frame(1, 5));
    expect(last(take(jitter, 1))).toBe(LOUD);
  });

  it('begins the next speech at once all the same', () => {
    const jitter = playing(1);
    take(jitter, 2);
    jitter.put(frame(1, 1));
    take(jitter, 4);
    jitter.put(frame(2, 0));
    expect(last(take(jitter, 1))).toBe(LOUD);
  });

  it('takes a long silence for her looking for words, and not for the line', () => {
    const jitter = playing(1);
    take(jitter, 20);
    jitter.put(frame(1, 1));
    expect(last(take(jitter, 1))).toBe(LOUD);
  });

  it('plays what is sent again once', () => {
    const jitter = playing(2);
    take(jitter, 1);
    for (const number of [0, 1, 2]) jitter.put(frame(1, number));
    take(jitter, 5);
    expect(jitter.position.samples).toBe(3 * SPOKEN_FRAME);
  });
});

describe('what she is told', () => {
  it('is softer over 50 ms, and no faster', () => {
    const jitter = playing(20);
    take(jitter, 2);
    jitter.duck(0.2);
    const sound = take(jitter, 3);
    expect(sound[0.02 * 24_000]).toBeCloseTo(LOUD * (1 - 0.02 / 0.05), 2);
    expect(last(sound)).toBeCloseTo(LOUD * 0.2, 5);
    expect(step(sound)).toBeLessThan(NO_CLICK);
  });

  it('holds within 5 ms, and goes on exactly there', () => {
    const jitter = new Jitter();
    for (let number = 0; number < 10; number += 1) jitter.put({ ...frame(1, number), samples: Float32Array.from({ length: SPOKEN_FRAME }, (_, at) => (number * SPOKEN_FRAME + at) / 10_000) });
    take(jitter, 2);
    jitter.hold(true);
    const fading = take(jitter, 1);
    expect(fading[FADE]).toBe(0);
    const held = jitter.position.samples;
    expect(loudest(take(jitter, 5))).toBe(0);
    expect(jitter.position.samples).toBe(held);
    jitter.hold(false);
    const on = take(jitter, 1);
    expect(last(on)).toBeCloseTo((held + SPOKEN_FRAME - 1) / 10_000, 4);
    expect(step(on)).toBeLessThan(NO_CLICK);
  });

  it('is silent within 5 ms, keeps where she was, and drops what comes late', () => {
    const jitter = playing(10);
    take(jitter, 2);
    jitter.hush(1);
    const sound = take(jitter, 2);
    expect(loudest(sound.subarray(FADE))).toBe(0);
    expect(step(sound)).toBeLessThan(NO_CLICK);
    jitter.put(frame(1, 10));
    expect(loudest(take(jitter, 3))).toBe(0);
    expect(jitter.position).toEqual({ speech: 1, samples: 2 * SPOKEN_FRAME });
  });

  it('leaves the next speech alone', () => {
    const jitter = playing(10);
    jitter.put(frame(2, 0, 0.25));
    take(jitter, 2);
    jitter.hush(1);
    expect(last(take(jitter, 1))).toBe(0.25);
    expect(jitter.position).toEqual({ speech: 2, samples: SPOKEN_FRAME });
  });

  it('is let go of by a hush while she is held', () => {
    const jitter = playing(10);
    take(jitter, 1);
    jitter.hold(true);
    take(jitter, 1);
    jitter.hush(1);
    expect(loudest(take(jitter, 1))).toBe(0);
    jitter.put(frame(2, 0));
    expect(last(take(jitter, 1))).toBe(LOUD);
  });

  it('counts anew in a new call', () => {
    const jitter = playing(10);
    take(jitter, 2);
    jitter.reset();
    take(jitter, 1);
    jitter.put(frame(1, 0, 0.25));
    expect(last(take(jitter, 1))).toBe(0.25);
    expect(jitter.position).toEqual({ speech: 1, samples: SPOKEN_FRAME });
  });
});
