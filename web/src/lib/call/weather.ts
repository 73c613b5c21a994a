/**
 * How the line of a call holds, and which way a call should go. Pure.
 *
 * The socket is the first way: it loses nothing. WebRTC is for networks on which that costs too much. It does not know
 * what either is made of.
 */

export type Way = 'socket' | 'webrtc';

export interface Weather {
  /** When the line broke, in ms. */
  breaks: readonly number[];
  /** Since when every receipt is late; null while they are not. */
  late: number | null;
}

export const FAIR: Weather = { breaks: [], late: null };

/** Twice within a minute is no accident. */
const [BREAKS, WITHIN_MS] = [2, 60_000];
/** Frames that the house is behind, two seconds: talking is no pleasure any more. */
const BEHIND = 100;
/** One late receipt may be a page that was busy itself; of those a second long, the network is the reason. */
const LASTING_MS = 1_000;

/** The line of a call that was on is gone. */
export function broke(weather: Weather, now: number): Weather {
  return { breaks: [...weather.breaks.filter((then) => now - then < WITHIN_MS), now], late: null };
}

/** The house has confirmed what it heard; `behind`: frames it has not. */
export function receipt(weather: Weather, behind: number, now: number): Weather {
  return { ...weather, late: behind > BEHIND ? (weather.late ?? now) : null };
}

export function bad({ breaks, late }: Weather, now: number): boolean {
  const recent = breaks.filter((then) => now - then < WITHIN_MS);
  return recent.length >= BREAKS || (late !== null && now - late >= LASTING_MS);
}

/** Which way a call begins. `failed`: WebRTC did not come through from here. */
export function firstWay(chosen: boolean, failed: boolean): Way {
  return chosen && !failed ? 'webrtc' : 'socket';
}

/** Whether a call should leave its way for the other, if the house offers it. */
export function shouldMove(way: Way, failed: boolean, weather: Weather, now: number): boolean {
  return way === 'socket' && !failed && bad(weather, now);
}
