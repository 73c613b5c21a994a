/**
 * The shape of her presence: a ribbon of many threads, and how it moves with what she does. Pure.
 *
 * A motion is four feelings of the ribbon between 0 and 1, eased towards what is going on, and two slow clocks. It
 * does not know what a canvas is.
 */

export type Mood = 'still' | 'quiet' | 'listening' | 'thinking' | 'speaking';

export interface Motion {
  /** 0: withdrawn, the line is down or her brain is; 1: here. */
  wake: number;
  /** Leaning in, while the person writes. */
  lean: number;
  /** Gathered to the middle, while she thinks. */
  gather: number;
  /** Ripples, as words arrive. */
  ripple: number;
  /** Where the slow wave is; a breath is one turn of it. */
  phase: number;
  /** Where the ripples are. */
  run: number;
}

export const ASLEEP: Motion = { wake: 0, lean: 0, gather: 0, ripple: 0, phase: 0.15, run: 0 };

export const THREADS = 32;
/** Points along a thread, joined by curves: fewer would cut the ripples' crests. */
export const POINTS = 48;

/** One breath, about that of a person at rest. */
const BREATH_S = 7;
/** Seconds in which the ribbon goes most of the way to a new mood: slow enough not to startle. */
const EASE_S = 0.9;
/** Ripples die away sooner, so that each piece of her words is seen. */
const FADE_S = 0.7;
/** Long enough for every ease to be over. */
const LONG_S = 60;
const TURN = 2 * Math.PI;

/** Her voice at its usual loudness is about 0.1; this makes of it a ripple as high as that of written words. */
const VOICE = 7;
/** The ribbon rises with a syllable, and falls after it. */
const SYLLABLE_S = 0.08;

/** The motion `dt` seconds later. `arrived`: new words came since the last step. `voice`: how loud she is, 0 to 1. */
export function step(now: Motion, mood: Mood, arrived: boolean, dt: number, voice = 0): Motion {
  const towards = (value: number, goal: number): number => goal + (value - goal) * Math.exp(-dt / EASE_S);
  const spoken = Math.min(1, VOICE * voice);
  const fading = now.ripple * Math.exp(-dt / FADE_S);
  const written = arrived && voice === 0 ? Math.min(1, now.ripple + 0.35) : fading;
  const ripple = spoken > written ? spoken + (written - spoken) * Math.exp(-dt / SYLLABLE_S) : written;
  return {
    wake: towards(now.wake, mood === 'still' ? 0.25 : 1),
    lean: towards(now.lean, mood === 'listening' ? 1 : 0),
    gather: towards(now.gather, mood === 'thinking' ? 1 : 0),
    ripple,
    phase: now.phase + (dt / BREATH_S) * (1 + 1.2 * now.gather),
    run: now.run + dt * (0.5 + ripple),
  };
}

/** The motion at rest in a mood, for those who asked for less motion: one picture per mood, and no more. */
export function settled(mood: Mood): Motion {
  return { ...step(ASLEEP, mood, false, LONG_S), phase: ASLEEP.phase, run: 0 };
}

/** Point `along` (0..1) of thread `across` (-1..1), in a box one wide and one high with its middle at 0. */
export function point(motion: Motion, across: number, along: number): readonly [number, number] {
  const { wake, lean, gather, ripple, phase, run } = motion;
  const ends = Math.sin(Math.PI * along);
  const envelope = ends * ends;
  const breath = 0.5 + 0.5 * Math.sin(TURN * phase);
  const swell = (0.55 + 0.25 * breath + 0.2 * lean) * wake + 0.12 * (1 - wake);

  const spine = 0.17 * swell * Math.sin(TURN * (0.95 * along - 0.32 * phase)) + 0.06 * swell * Math.sin(TURN * (1.7 * along + 0.21 * phase));
  const twist = Math.sin(TURN * (0.62 * along + 0.17 * phase + 0.1 * across));
  const cloth = across * (0.15 + 0.05 * breath + 0.12 * gather) * swell * twist;
  const silk = 0.035 * swell * Math.sin(TURN * (1.4 * along - 0.26 * phase + 0.45 * across));
  const waves = 0.05 * ripple * envelope * Math.sin(TURN * (5 * along - 1.6 * run) + 1.6 * across);

  const x = (along - 0.5) * reach(motion);
  const y = (spine * (1 - 0.5 * gather) + cloth + silk) * (0.35 + 0.65 * envelope) + waves + 0.1 * lean * envelope;
  return [x, y];
}

/** How much of the width the ribbon takes: less when she gathers herself, a little less when she leans in. */
export function reach({ gather, lean }: Motion): number {
  return (1 - 0.66 * gather) * (1 - 0.08 * lean);
}

/** Is anything moving that a person would miss? If not, fewer pictures a second will do. */
export function lively(motion: Motion, mood: Mood): boolean {
  return mood === 'thinking' || mood === 'speaking' || mood === 'listening' || motion.ripple > 0.02 || motion.gather > 0.02 || motion.lean > 0.02;
}
