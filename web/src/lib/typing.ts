/**
 * How a message was written: how long it took, and how often the person stopped or took words back. Pure.
 *
 * Only these two numbers leave the page, with the message. It does not know which keys were pressed.
 */

/** A stop of more than two seconds is a hesitation: shorter ones are how people type. */
const PAUSE_MS = 2_000;
/** Taking back three characters is a change of mind; one or two are a slip of the finger. */
const TAKEN_BACK = 3;

export interface Writing {
  /** When the first key came, in ms; null before it, and after a reload, when nobody knows. */
  since: number | null;
  /** When the last key came. */
  last: number | null;
  hesitations: number;
  /** Characters taken back in the present run of deletions. */
  run: number;
}

export const UNTOUCHED: Writing = { since: null, last: null, hesitations: 0, run: 0 };

/** The text went from `before` to `after` characters at `now`. */
export function typed(writing: Writing, before: number, after: number, now: number): Writing {
  const paused = writing.last !== null && now - writing.last > PAUSE_MS;
  const run = after < before ? writing.run + before - after : 0;
  const tookBack = run >= TAKEN_BACK && writing.run < TAKEN_BACK;
  return {
    since: before === 0 ? now : writing.since,
    last: now,
    hesitations: writing.hesitations + (paused && before > 0 ? 1 : 0) + (tookBack ? 1 : 0),
    run,
  };
}

/** Seconds from the first key until `now`, to a tenth: finer than that says nothing about a person. */
export function seconds(writing: Writing, now: number): number | null {
  return writing.since === null ? null : Math.max(0, Math.round((now - writing.since) / 100) / 10);
}
