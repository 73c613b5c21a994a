/**
 * Plays one sample of a voice at a time. Decoded here, so that no other kind of media need be allowed to the page.
 *
 * It does not know whose voice it is.
 */
import { ignoreClosed } from './closed';

export class Sampler {
  #context: AudioContext | null = null;
  #source: AudioBufferSourceNode | null = null;

  /** In a click. Resolves when it was played to its end, or stopped; false when it cannot be played. */
  async play(fetched: Promise<ArrayBuffer | null>): Promise<boolean> {
    this.stop();
    const context = (this.#context ??= new AudioContext());
    void context.resume();
    const source = (this.#source = context.createBufferSource());
    const bytes = await fetched;
    if (bytes === null || this.#source !== source) return bytes !== null;
    try {
      source.buffer = await context.decodeAudioData(bytes);
    } catch (error) {
      if (error instanceof DOMException) return false;
      throw error;
    }
    if (this.#source !== source) return true;
    const over = new Promise<void>((resolve) => (source.onended = () => resolve()));
    source.connect(context.destination);
    source.start();
    await over;
    return true;
  }

  stop(): void {
    const source = this.#source;
    this.#source = null;
    if (source?.buffer) source.stop();
  }

  close(): void {
    this.stop();
    void this.#context?.close().catch(ignoreClosed);
    this.#context = null;
  }
}
