/**
 * Her voice between the line and the loudspeaker. Frames in as they come, samples out as they are due. Pure.
 *
 * A speech begins with its first frame. Once the line ran dry in the middle of one, a little is gathered before it goes
 * on, more each time, and less again when all is well. It keeps no clock: time is the samples that were taken out.
 */
import { SPOKEN_FRAME, SPOKEN_RATE, type Spoken } from './packets';
import { joined } from './resampler';

/** Samples in which sound begins, ends or breaks off: 5 ms is no click, and heard as at once. */
export const FADE = 0.005 * SPOKEN_RATE;
/** Samples in which she becomes softer or louder. */
const EASED = 0.05 * SPOKEN_RATE;
/** Gathered after the line ran dry once ... */
const FIRST_TARGET = 0.04 * SPOKEN_RATE;
/** ... more each time it does ... */
const MORE = 0.02 * SPOKEN_RATE;
/** ... and no more than this: later is worse than broken. */
const LARGEST_TARGET = 0.2 * SPOKEN_RATE;
/** So long without trouble, and less is gathered again. */
const CALM = 10 * SPOKEN_RATE;
/** A longer silence in the middle of a speech is no trouble of the line: she was looking for words. */
const LOOKING_FOR_WORDS = 0.25 * SPOKEN_RATE;

export interface Position {
  speech: number;
  /** Of that speech, played. */
  samples: number;
}

export class Jitter {
  /** Frames that wait, by speech and number. */
  #waiting = new Map<number, Map<number, Float32Array>>();
  /** Nothing of this speech or before it is played any more. */
  #hushed = 0;
  /** What is played, and how many samples of it were. */
  #speech = 0;
  #played = 0;
  /** The frame being played, how far it is, and the number of the next. */
  #frame: Float32Array = NOTHING;
  #offset = 0;
  #next = 0;
  /** The frame being played never came: it dies away in silence, and time goes on. */
  #missing = false;
  /** What still sounds after a break: a few samples, fading. */
  #tail: Float32Array = NOTHING;
  #tailAt = 0;
  #flowing = false;
  #holding = false;
  /** How far sound is let through, 0 to 1: the slope at every beginning and every hold. */
  #open = 0;
  #gain = 1;
  #wanted = 1;
  #target = 0;
  /** Samples since it ran dry, since something waits to be played, and since the last trouble. */
  #dry = 0;
  #gathering = 0;
  #calm = 0;

  get position(): Position {
    return { speech: this.#speech, samples: this.#played };
  }

  /** Whether her voice sounds just now. */
  get sounding(): boolean {
    return (this.#flowing && !this.#holding) || this.#tailAt < this.#tail.length;
  }

  put({ speech, frame, samples }: Spoken): void {
    const past = speech < this.#speech || (speech === this.#speech && frame < this.#next);
    if (past || speech <= this.#hushed) return;
    const frames = this.#waiting.get(speech) ?? new Map<number, Float32Array>();
    this.#waiting.set(speech, frames.set(frame, samples));
  }

  duck(gain: number): void {
    this.#wanted = gain;
  }

  hold(holding: boolean): void {
    this.#holding = holding;
  }

  /** Silence: everything up to this speech is dropped. */
  hush(speech: number): void {
    this.#hushed = Math.max(this.#hushed, speech);
    this.#holding = false;
    if (this.#speech <= this.#hushed && this.#flowing) {
      this.#setTail(this.#ahead());
      this.#stop();
    }
    for (const waiting of this.#waiting.keys()) if (waiting <= this.#hushed) this.#waiting.delete(waiting);
  }

  /** A new call: speeches are counted anew. */
  reset(): void {
    this.hush(Math.max(this.#speech, ...this.#waiting.keys()));
    [this.#hushed, this.#speech, this.#played, this.#next, this.#target] = [0, 0, 0, 0, 0];
    [this.#gain, this.#wanted] = [1, 1];
  }

  /** The next samples that are due. */
  pull(out: Float32Array): void {
    for (let index = 0; index < out.length; index += 1) out[index] = this.#sample();
  }

  #sample(): number {
    this.#gain = towards(this.#gain, this.#wanted, 1 / EASED);
    if (!this.#flowing) this.#start();
    this.#open = towards(this.#open, this.#flowing && !this.#holding ? 1 : 0, 1 / FADE);
    const sound = this.#flowing && this.#open > 0 ? this.#flow() : 0;
    const tail = this.#tail[this.#tailAt] ?? 0;
    if (this.#tailAt < this.#tail.length) this.#tailAt += 1;
    return (sound + tail) * this.#gain;
  }

  #flow(): number {
    if (!this.#ready()) {
      this.#ranDry();
      return 0;
    }
    this.#settle();
    return this.#take() * this.#open;
  }

  /** Begins when enough is there, or when so much time has gone by as would have been gathered. */
  #start(): void {
    this.#dry += 1;
    const speech = this.#upcoming();
    if (speech === null || this.#holding) return;
    const goesOn = speech === this.#speech;
    if (goesOn && this.#gathering === 0) this.#trouble();
    this.#gathering += 1;
    const gathered = (this.#waiting.get(speech)?.size ?? 0) * SPOKEN_FRAME;
    if (goesOn && gathered < this.#target && this.#gathering < this.#target) return;
    [this.#flowing, this.#gathering, this.#open] = [true, 0, 0];
  }

  /** It goes on after having run dry: was that the line? */
  #trouble(): void {
    if (this.#dry > LOOKING_FOR_WORDS) return;
    this.#target = this.#target === 0 ? FIRST_TARGET : Math.min(LARGEST_TARGET, this.#target + MORE);
    this.#calm = 0;
  }

  #settle(): void {
    this.#calm += 1;
    if (this.#calm < CALM) return;
    this.#target = this.#target > FIRST_TARGET ? this.#target - MORE : 0;
    this.#calm = 0;
  }

  /** The speech that is played next: the present one while it has frames, else the first after it. */
  #upcoming(): number | null {
    let first: number | null = null;
    for (const [speech, frames] of this.#waiting) {
      if (frames.size === 0 && speech !== this.#speech) this.#waiting.delete(speech);
      else if (frames.size > 0 && (first === null || speech < first)) first = speech;
    }
    return first;
  }

  /** True when there is a sample to take: fetches the next frame when the present one is over. */
  #ready(): boolean {
    if (this.#offset < this.#frame.length) return true;
    const speech = this.#upcoming();
    if (speech === null) return false;
    const frames = this.#waiting.get(speech) ?? new Map<number, Float32Array>();
    if (speech !== this.#speech) {
      this.#waiting.delete(this.#speech);
      [this.#speech, this.#played, this.#next, this.#open] = [speech, 0, Math.min(...frames.keys()), 0];
    }
    if (this.#missing) this.#open = 0;
    const frame = frames.get(this.#next);
    this.#missing = frame === undefined;
    if (frame === undefined) this.#setTail(echo(this.#frame));
    this.#frame = frame ?? SILENCE;
    this.#offset = 0;
    frames.delete(this.#next);
    this.#next += 1;
    return true;
  }

  #take(): number {
    const sample = this.#frame[this.#offset] ?? 0;
    this.#offset += 1;
    this.#played += 1;
    return sample;
  }

  /** What would be played next, as loud as it is let through. */
  #ahead(): Float32Array {
    const next = this.#waiting.get(this.#speech)?.get(this.#next) ?? NOTHING;
    return joined(this.#frame.slice(this.#offset), next).slice(0, FADE).map((sample) => sample * this.#open);
  }

  #ranDry(): void {
    this.#setTail(echo(this.#frame).map((sample) => sample * this.#open));
    this.#stop();
  }

  #stop(): void {
    [this.#flowing, this.#frame, this.#offset] = [false, NOTHING, 0];
    [this.#open, this.#dry, this.#gathering] = [0, 0, 0];
  }

  #setTail(sound: Float32Array): void {
    this.#tail = sound.map((sample, index) => sample * (1 - (index + 1) / sound.length));
    this.#tailAt = 0;
  }
}

const NOTHING = new Float32Array();
const SILENCE = new Float32Array(SPOKEN_FRAME);

/** The last of a frame, backwards: it joins on without a step. */
function echo(frame: Float32Array): Float32Array {
  return frame.slice(-FADE).reverse();
}

function towards(now: number, wanted: number, step: number): number {
  return now < wanted ? Math.min(wanted, now + step) : Math.max(wanted, now - step);
}
