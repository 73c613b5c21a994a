/**
 * How loud someone is, as an eye follows it, and whether that is speech or a room. Pure.
 *
 * Only for showing that she hears: what is speech she decides herself. It does not know whose voice it is.
 */

export interface Level {
  /** 0 to 1, quick to rise and slow to fall, as an eye likes it. */
  shown: number;
  speaking: boolean;
  /** How loud the room is when nobody speaks, in dB of full scale. */
  room: number;
  /** Frames in a row with no sound at all: not even the noise that every microphone makes. */
  dead: number;
  /** It gave a sound before: then a browser that takes the room's noise away may take all of a quiet room. */
  gave: boolean;
}

export const QUIET: Level = { shown: 0, speaking: false, room: -60, dead: 0, gave: false };

/** Decibels of full scale at which the ring is empty and full: a whisper shows, a shout does not leave it. */
const [LEAST, MOST] = [-58, -14];
/** Decibels over the room at which someone begins to speak, and under which they have stopped. */
const [BEGINS, ENDS] = [14, 8];
/** What is softer is no speech, however quiet the room. */
const SOFTEST = -52;
/** Parts of the way in a frame of 20 ms: the room is as loud as its quietest moments. */
const [ROOM_FALLS, ROOM_RISES] = [0.2, 0.004];
const FALLS = 0.12;
/** Not one sample is anything but nothing: a quiet room, 18 dB of it taken away by the browser, has -96. */
const DEAD = -110;
/** A minute of nothing, from a microphone that gave something before, is as three seconds of one that never did. */
const SLOWER = 1 / 20;

/** After one more frame, of loudness `db`. */
export function heard(before: Level, db: number): Level {
  const wanted = Math.max(0, Math.min(1, (db - LEAST) / (MOST - LEAST)));
  const over = db - before.room;
  return {
    shown: wanted > before.shown ? wanted : before.shown + (wanted - before.shown) * FALLS,
    speaking: db > SOFTEST && over > (before.speaking ? ENDS : BEGINS),
    room: Math.max(LEAST - 12, before.room + (db - before.room) * (db < before.room ? ROOM_FALLS : ROOM_RISES)),
    dead: db < DEAD ? before.dead + (before.gave ? SLOWER : 1) : 0,
    gave: before.gave || db >= DEAD,
  };
}

/** The loudness of samples of 16 bit, in dB of full scale. */
export function decibels(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return 10 * Math.log10(sum / Math.max(1, samples.length) / 32_768 ** 2 + 1e-12);
}
