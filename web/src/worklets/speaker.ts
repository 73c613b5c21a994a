/** Her voice, in the browser's thread of sound: a jitter buffer, and where it is. It knows no line and no page. */
import { Jitter } from '../lib/call/jitter';
import { SPOKEN_RATE, type Spoken } from '../lib/call/packets';
import { joined, Resampler } from '../lib/call/resampler';

export type ToSpeaker =
  | ({ kind: 'put' } & Spoken)
  | { kind: 'duck'; gain: number }
  | { kind: 'hold'; holding: boolean }
  | { kind: 'hush'; speech: number }
  | { kind: 'reset' };

export interface FromSpeaker {
  speech: number;
  samples: number;
  /** Root mean square of what was played since the last report. */
  loudness: number;
  sounding: boolean;
}

/** Seconds between two reports: the house learns within a syllable how far she has been heard. */
const REPORT_S = 0.06;

class Speaker extends AudioWorkletProcessor {
  #jitter = new Jitter();
  /** A browser that will not play at her rate is given its own. */
  #resampler = sampleRate === SPOKEN_RATE ? null : new Resampler(SPOKEN_RATE, sampleRate);
  #ready = new Float32Array();
  #energy = 0;
  #samples = 0;
  #sounding = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<ToSpeaker>) => this.#obey(data);
  }

  #obey(order: ToSpeaker): void {
    switch (order.kind) {
      case 'put':
        return this.#jitter.put(order);
      case 'duck':
        return this.#jitter.duck(order.gain);
      case 'hold':
        return this.#jitter.hold(order.holding);
      case 'hush':
        return this.#jitter.hush(order.speech);
      case 'reset':
        return this.#jitter.reset();
    }
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const [first, ...others] = outputs[0] ?? [];
    if (first === undefined) return true;
    this.#fill(first);
    for (const other of others) other.set(first);
    for (const sample of first) this.#energy += sample * sample;
    this.#samples += first.length;
    const stopped = this.#sounding && !this.#jitter.sounding;
    this.#sounding = this.#jitter.sounding;
    if (stopped || this.#samples >= REPORT_S * sampleRate) this.#report();
    return true;
  }

  #fill(out: Float32Array): void {
    if (this.#resampler === null) return this.#jitter.pull(out);
    while (this.#ready.length < out.length) {
      const piece = new Float32Array(Math.ceil((out.length * SPOKEN_RATE) / sampleRate));
      this.#jitter.pull(piece);
      this.#ready = joined(this.#ready, this.#resampler.push(piece));
    }
    out.set(this.#ready.subarray(0, out.length));
    this.#ready = this.#ready.slice(out.length);
  }

  #report(): void {
    const { speech, samples } = this.#jitter.position;
    const report: FromSpeaker = { speech, samples, loudness: Math.sqrt(this.#energy / this.#samples), sounding: this.#sounding };
    this.port.postMessage(report);
    [this.#energy, this.#samples] = [0, 0];
  }
}

registerProcessor('speaker', Speaker);
