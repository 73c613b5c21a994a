/** When a call leaves its way for the other, and when her track is let out, as values. */
import { describe, expect, it } from 'vitest';
import { after, OPEN, shut, sounding, type Shutter } from '../../src/lib/call/shutter';
import { bad, broke, FAIR, firstWay, receipt, shouldMove, type Weather } from '../../src/lib/call/weather';

describe('the way of a call', () => {
  it.each([
    [false, false, 'socket'],
    [true, false, 'webrtc'],
    [true, true, 'socket'],
    [false, true, 'socket'],
  ] as const)('chosen: %s, failed before: %s: it begins by %s', (chosen, failed, way) => {
    expect(firstWay(chosen, failed)).toBe(way);
  });

  it('is left after the second break within a minute', () => {
    const once = broke(FAIR, 1_000);
    expect(bad(once, 1_000)).toBe(false);
    expect(bad(broke(once, 60_000), 60_000)).toBe(true);
    expect(bad(broke(once, 62_000), 62_000)).toBe(false);
  });

  it('is not left for breaks of long ago', () => {
    const twice = broke(broke(FAIR, 0), 5_000);
    expect(bad(twice, 64_000)).toBe(false);
  });

  const receipts = (...all: readonly [behind: number, at: number][]): Weather =>
    all.reduce((weather, [behind, at]) => receipt(weather, behind, at), FAIR);

  it('is left when the house stays more than two seconds behind', () => {
    expect(bad(receipts([120, 0], [130, 500], [140, 1_000]), 1_000)).toBe(true);
  });

  it.each([
    ['two seconds are not more', receipts([100, 0], [100, 500], [100, 2_000])],
    ['one late receipt, of a page that was busy itself', receipts([25, 0], [180, 2_000])],
    ['it caught up in between', receipts([120, 0], [25, 900], [120, 1_800])],
    ['another line is another matter', broke(receipts([120, 0]), 1_500)],
  ])('is kept: %s', (_, weather) => {
    expect(bad(weather, 2_000)).toBe(false);
  });

  it('is only ever left by the socket, and not for what has failed', () => {
    const stormy = broke(broke(FAIR, 0), 1);
    expect(shouldMove('socket', false, stormy, 2)).toBe(true);
    expect(shouldMove('socket', true, stormy, 2)).toBe(false);
    expect(shouldMove('webrtc', false, stormy, 2)).toBe(false);
    expect(shouldMove('socket', false, FAIR, 2)).toBe(false);
  });
});

describe('her track', () => {
  const [VOICE, NOTHING, LOOK] = [0.05, 0, 60];
  const looked = (from: Shutter, loudness: number, times: number): Shutter =>
    Array.from({ length: times }).reduce<Shutter>((shutter) => after(shutter, loudness, LOOK), from);

  it('sounds while she speaks, and between two words', () => {
    expect(sounding(OPEN)).toBe(false);
    const speaking = looked(OPEN, VOICE, 3);
    expect(sounding(speaking)).toBe(true);
    expect(sounding(looked(speaking, NOTHING, 2))).toBe(true);
    expect(sounding(looked(speaking, NOTHING, 4))).toBe(false);
  });

  it('is shut by Stop for as long as she goes on', () => {
    const stopped = looked(shut(looked(OPEN, VOICE, 3)), VOICE, 40);
    expect(stopped.shut).toBe(true);
    expect(sounding(stopped)).toBe(false);
  });

  it('is shut over the pause between two phrases', () => {
    expect(looked(shut(looked(OPEN, VOICE, 3)), NOTHING, 5).shut).toBe(true);
  });

  it('opens once she has fallen silent, so that her next answer is heard', () => {
    const stopped = looked(shut(looked(OPEN, VOICE, 3)), VOICE, 10);
    expect(looked(stopped, NOTHING, 4).shut).toBe(false);
    expect(sounding(looked(looked(stopped, NOTHING, 4), VOICE, 1))).toBe(true);
  });
});
