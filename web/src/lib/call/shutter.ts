/**
 * Whether her voice, coming as one unbroken track, is let out just now. Pure.
 *
 * A track does not say where a speech of hers ends; its silence does. So after Stop it stays shut until the house has
 * fallen silent too. It does not know what the sound is.
 */

export interface Shutter {
  shut: boolean;
  /** Milliseconds since it was shut. */
  since: number;
  /** Milliseconds without her voice. */
  quiet: number;
}

export const OPEN: Shutter = { shut: false, since: 0, quiet: Infinity };

/** Root mean square, -50 dB: less of a decoded track is nothing. */
const AUDIBLE = 0.003;
/** Longer than between her words, in ms ... */
const SILENT = 240;
/** ... and no sooner than a Stop takes to her and what she said meanwhile takes back, over a bad network. */
const LEAST_SHUT = 600;
/** Between two words she still speaks. */
const SPEAKS_ON = 180;

export function shut(before: Shutter): Shutter {
  return { ...before, shut: true, since: 0 };
}

/** After `ms` more, in which the track was this loud. */
export function after(before: Shutter, loudness: number, ms: number): Shutter {
  const quiet = loudness > AUDIBLE ? 0 : before.quiet + ms;
  const since = before.since + ms;
  return { shut: before.shut && !(quiet >= SILENT && since >= LEAST_SHUT), since, quiet };
}

export function sounding({ shut: closed, quiet }: Shutter): boolean {
  return !closed && quiet < SPEAKS_ON;
}
