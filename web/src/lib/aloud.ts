/**
 * What a screen reader is told: her words, one finished sentence at a time. Pure.
 *
 * It does not know whether anyone listens.
 */
import { finished, spoken } from './words';

export interface Aloud {
  reply: number;
  /** How much of it was handed over, in UTF-16 units of the text as it came. */
  upTo: number;
}

export const SILENT: Aloud = { reply: 0, upTo: 0 };

/** The part of `text` that is ready to be read, and where that leaves us. `whole`: nothing more will come. */
export function aloud(before: Aloud, reply: number, text: string, whole: boolean): readonly [Aloud, string] {
  const start = before.reply === reply ? before.upTo : 0;
  const end = whole ? text.length : Math.max(start, finished(text));
  return [{ reply, upTo: end }, spoken(text.slice(start, end))];
}
