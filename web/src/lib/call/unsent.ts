/**
 * The microphone's frames that the house has not confirmed: kept, so that a lost line loses no word.
 *
 * Bounded: of a line that stays away longer, the oldest is let go. It does not know how they are sent.
 */
import { renumbered, up } from './packets';

/** Frames, a minute: longer than that nobody talks to a line that is away. */
export const KEPT = 3_000;

export class Unsent {
  #frames: ArrayBuffer[] = [];
  /** The number of the first that is kept. */
  #first = 0;

  /** How many wait to be confirmed. */
  get waiting(): number {
    return this.#frames.length;
  }

  /** Twenty milliseconds of sound; returns the message for the line. */
  add(samples: Int16Array): ArrayBuffer {
    const message = up(this.#first + this.#frames.length, samples);
    this.#frames.push(message);
    if (this.#frames.length > KEPT) this.#let(1);
    return message;
  }

  /** The house wants `frame` next: what is older is let go. */
  confirm(frame: number): void {
    this.#let(Math.min(this.#frames.length, Math.max(0, frame - this.#first)));
  }

  /** A house that knows nothing of the call wants `frame` next: what is kept is counted on from there. */
  renumber(frame: number): void {
    this.#first = frame;
    this.#frames = this.#frames.map((message, index) => renumbered(message, frame + index));
  }

  /** All that is kept, oldest first. */
  all(): readonly ArrayBuffer[] {
    return this.#frames;
  }

  #let(many: number): void {
    this.#frames.splice(0, many);
    this.#first += many;
  }
}
