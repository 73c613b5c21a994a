/** The ribbon stays in its place, settles, and rests. */
import { expect, it } from 'vitest';
import { ASLEEP, lively, point, settled, step, type Mood, type Motion } from '../src/lib/ribbon';

const MOODS: Mood[] = ['still', 'quiet', 'listening', 'thinking', 'speaking'];

function lives(mood: Mood, seconds: number, from: Motion = ASLEEP): Motion {
  let motion = from;
  for (let at = 0; at < seconds; at += 0.05) motion = step(motion, mood, mood === 'speaking', 0.05);
  return motion;
}

it.each(MOODS)('is never cut off at the edge of its sky: %s', (mood) => {
  let motion = lives(mood, 3);
  let [farthest, widest] = [0, 0];
  for (let second = 0; second < 120; second += 1) {
    motion = lives(mood, 0.5, motion);
    for (const across of [-1, -0.5, 0, 0.5, 1]) {
      for (let along = 0; along <= 1; along += 0.05) {
        const [x, y] = point(motion, across, along);
        [farthest, widest] = [Math.max(farthest, Math.abs(y)), Math.max(widest, Math.abs(x))];
      }
    }
  }
  expect(farthest).toBeLessThan(0.5);
  expect(widest).toBeLessThanOrEqual(0.5);
});

it('comes to rest after she has spoken', () => {
  const spoke = lives('speaking', 3);
  expect(lively(spoke, 'quiet')).toBe(true);
  expect(lively(lives('quiet', 6, spoke), 'quiet')).toBe(false);
});

it('has one still picture per mood for those who asked for less motion', () => {
  expect(settled('thinking').gather).toBeCloseTo(1);
  expect(settled('quiet')).toEqual(settled('quiet'));
  expect(settled('still').wake).toBeLessThan(settled('quiet').wake);
});
