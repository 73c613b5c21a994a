/**
 * Sound on a call's line: 20 ms of it in a binary message. Pure.
 *
 * Signed 16 bit, mono, little-endian as every machine with a browser is. It does not know what is in the sound.
 */

/** Samples a second of the person's voice, as she wants it. */
export const HEARD_RATE = 16_000;
/** Samples a second of hers. */
export const SPOKEN_RATE = 24_000;
export const HEARD_FRAME = 320;
export const SPOKEN_FRAME = 480;

const UP_HEAD = 4;
const DOWN_HEAD = 8;
const FULL_SCALE = 32_768;

export interface Spoken {
  speech: number;
  frame: number;
  samples: Float32Array<ArrayBuffer>;
}

/** Frame number `frame` of the microphone, ready for the line. */
export function up(frame: number, samples: Int16Array): ArrayBuffer {
  const message = new ArrayBuffer(UP_HEAD + 2 * samples.length);
  new DataView(message).setUint32(0, frame, true);
  new Int16Array(message, UP_HEAD).set(samples);
  return message;
}

/** The same sound under another number. */
export function renumbered(message: ArrayBuffer, frame: number): ArrayBuffer {
  return up(frame, new Int16Array(message, UP_HEAD));
}

/** A frame of her voice; null for what is none. The last of a phrase may be shorter than the others. */
export function down(message: ArrayBuffer): Spoken | null {
  const bytes = message.byteLength - DOWN_HEAD;
  if (bytes <= 0 || bytes % 2 !== 0) return null;
  const head = new DataView(message);
  const samples = Float32Array.from(new Int16Array(message, DOWN_HEAD), (sample) => sample / FULL_SCALE);
  return { speech: head.getUint32(0, true), frame: head.getUint32(4, true), samples };
}

/** Samples between -1 and 1 as they go on the line; what is louder is cut off, as in any loudspeaker. */
export function quantised(samples: Float32Array): Int16Array<ArrayBuffer> {
  return Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * (FULL_SCALE - 1)));
}
