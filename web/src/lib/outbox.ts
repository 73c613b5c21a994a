/**
 * What the person sent and the house has not yet confirmed. Pure: values in, values out.
 *
 * Each message has a number `n`, counted within one seat (see `seat.ts`). A message leaves the outbox only when the
 * house says that it is on disk. It does not know how it is stored nor how it is sent.
 */
import type { Say } from './protocol';

export interface Message {
  n: number;
  text: string;
  seconds: number | null;
  hesitations: number | null;
}

export interface Outbox {
  /** The number the next message will have. */
  next: number;
  /** Waiting for `kept`, oldest first. */
  queue: readonly Message[];
  /** What the house would not take: the words stay here until the person tries again or lets them go. */
  refused: readonly Message[];
}

export const EMPTY: Outbox = { next: 1, queue: [], refused: [] };

/** The person sends. The new message is the last of the queue. */
export function add(outbox: Outbox, text: string, seconds: number | null, hesitations: number | null): Outbox {
  const message = { n: outbox.next, text, seconds, hesitations };
  return { ...outbox, next: outbox.next + 1, queue: [...outbox.queue, message] };
}

/** Message `n` is on disk. */
export function kept(outbox: Outbox, n: number): Outbox {
  return {
    next: Math.max(outbox.next, n + 1),
    queue: outbox.queue.filter((message) => message.n !== n),
    refused: outbox.refused,
  };
}

/**
 * The house has heard up to `n` of this seat. Those leave the queue; the rest are numbered on from there, because
 * none of them was heard and the house waits for `n + 1`.
 */
export function heardUpTo(outbox: Outbox, n: number): Outbox {
  const queue = outbox.queue
    .filter((message) => message.n > n)
    .map((message, index) => ({ ...message, n: n + 1 + index }));
  return { next: n + 1 + queue.length, queue, refused: outbox.refused };
}

/** The house will not take message `n`. If nothing was sent after it, its number is free again. */
export function refuse(outbox: Outbox, n: number): Outbox {
  const message = outbox.queue.find((waiting) => waiting.n === n);
  if (message === undefined) return outbox;
  const queue = outbox.queue.filter((waiting) => waiting.n !== n);
  const last = queue.at(-1);
  return {
    next: last !== undefined && last.n > n ? outbox.next : n,
    queue,
    refused: [...outbox.refused, message],
  };
}

/** The person tries a refused message again: it goes to the end, with a number of its own. */
export function again(outbox: Outbox, message: Message): Outbox {
  return add(letGo(outbox, message), message.text, message.seconds, message.hesitations);
}

/** The person takes a refused message back. */
export function letGo(outbox: Outbox, message: Message): Outbox {
  return { ...outbox, refused: outbox.refused.filter((other) => other !== message) };
}

export function say(message: Message): Say {
  return { kind: 'say', ...message };
}
