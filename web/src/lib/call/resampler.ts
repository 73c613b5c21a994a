/**
 * Sound at one rate, heard at another, piece by piece. Pure.
 *
 * A windowed sinc, worked out once for each phase: what lies above the lower of the two rates' halves is taken away, so
 * that nothing is folded down into the voice. It does not know what the sound is.
 */

/** Zero crossings on each side: at 16 kHz a delay of 2 ms, and a slope of 1 kHz below the edge. */
const CROSSINGS = 32;
/** Shape of the window: what must not be there is 75 dB under the rest. */
const KAISER = 7.5;
/** Where the slope is half way down, of the lower rate's half: at the edge itself nothing is left. */
const CUTOFF = 0.93;

export class Resampler {
  /** Samples in for `#down` samples out times `#up`: 48,000 to 16,000 is 3 to 1, 44,100 to 16,000 is 441 to 160. */
  readonly #up: number;
  readonly #down: number;
  readonly #taps: number;
  readonly #phases: readonly Float32Array[];
  #held: Float32Array;
  /** Of the next sample out, in `#up`ths of a sample in, counted from the first that is held. */
  #at = 0;

  constructor(from: number, to: number) {
    const shared = divisor(from, to);
    this.#up = to / shared;
    this.#down = from / shared;
    const lower = Math.min(1, to / from);
    this.#taps = 2 * Math.ceil(CROSSINGS / lower);
    this.#phases = Array.from({ length: this.#up }, (_, phase) => taps(phase / this.#up, this.#taps, lower));
    this.#held = new Float32Array(this.#taps / 2 - 1); // silence before the beginning
  }

  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    const sound = joined(this.#held, samples);
    const out: number[] = [];
    let at = this.#at;
    for (; Math.floor(at / this.#up) + this.#taps <= sound.length; at += this.#down) {
      out.push(this.#one(sound, Math.floor(at / this.#up), at % this.#up));
    }
    const done = Math.min(sound.length, Math.floor(at / this.#up));
    this.#held = sound.slice(done);
    this.#at = at - done * this.#up;
    return Float32Array.from(out);
  }

  #one(sound: Float32Array, start: number, phase: number): number {
    const weights = this.#phases[phase] ?? EMPTY;
    let sum = 0;
    for (let tap = 0; tap < weights.length; tap += 1) sum += (weights[tap] ?? 0) * (sound[start + tap] ?? 0);
    return sum;
  }
}

const EMPTY = new Float32Array();

/** The weights for a sample that lies `fraction` of the way from the middle sample to the one after it. */
function taps(fraction: number, many: number, lower: number): Float32Array {
  const half = many / 2;
  const weights = Float32Array.from({ length: many }, (_, tap) => {
    const away = tap - (half - 1) - fraction;
    return sinc(lower * CUTOFF * away) * kaiser(away / half);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return Math.abs(x) > 1 ? 0 : bessel(KAISER * Math.sqrt(1 - x * x)) / bessel(KAISER);
}

/** The modified Bessel function of order zero, by its series. */
function bessel(x: number): number {
  let [term, sum] = [1, 1];
  for (let k = 1; term > 1e-9 * sum; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function divisor(one: number, other: number): number {
  return other === 0 ? one : divisor(other, one % other);
}

export function joined(one: Float32Array, other: Float32Array): Float32Array<ArrayBuffer> {
  const both = new Float32Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
