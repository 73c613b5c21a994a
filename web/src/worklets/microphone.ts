/** The microphone, in the browser's thread of sound: brought to 16 kHz, cut into frames of 20 ms, handed on. */
import { HEARD_FRAME, HEARD_RATE, quantised } from '../lib/call/packets';
import { joined, Resampler } from '../lib/call/resampler';

class Microphone extends AudioWorkletProcessor {
  #resampler = sampleRate === HEARD_RATE ? null : new Resampler(sampleRate, HEARD_RATE);
  #held = new Float32Array();

  process(inputs: Float32Array[][]): boolean {
    const channels = inputs[0] ?? [];
    const [first] = channels;
    if (first === undefined) return true; // nothing is connected
    const mono = first.map((_, index) => channels.reduce((sum, channel) => sum + (channel[index] ?? 0), 0) / channels.length);
    this.#held = joined(this.#held, this.#resampler?.push(mono) ?? mono);
    while (this.#held.length >= HEARD_FRAME) {
      const frame = quantised(this.#held.subarray(0, HEARD_FRAME));
      this.port.postMessage(frame, [frame.buffer]);
      this.#held = this.#held.slice(HEARD_FRAME);
    }
    return true;
  }
}

registerProcessor('microphone', Microphone);
