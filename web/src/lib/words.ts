/**
 * Her words as text: counted, dressed, and cut into sentences. Pure.
 *
 * The house counts characters as Python does, by code point; the browser counts UTF-16 units. Every number that
 * crosses the wire goes through `length` and `from` here. It does not know what an element is.
 */

export type Style = 'plain' | 'em' | 'strong';

export interface Run {
  style: Style;
  text: string;
}

export type Paragraph = readonly Run[];

/** Characters, as the house counts them. */
export function length(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** What is left of `text` after its first `chars` characters. */
export function from(text: string, chars: number): string {
  return chars <= 0 ? text : Array.from(text).slice(chars).join('');
}

/** The first `chars` characters of `text`. */
export function upTo(text: string, chars: number): string {
  return Array.from(text).slice(0, Math.max(0, chars)).join('');
}

const EMPHASIS = /(\*\*|\*)(?=\S)([^*]+?)(?<=\S)\1/g;
/** While she is still speaking, a star that was opened counts as opened: it does not flicker on the screen. */
const HALF = /(^|\s)(\*\*|\*)(?=\S|$)([^*]*)\*?$/;

/** Paragraphs, *emphasis* and **strong**. Everything else is shown as it was said: no links, no pictures, ever. */
export function dress(text: string, speaking = false): Paragraph[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '' )
    .map((paragraph) => runs(paragraph, speaking));
}

function runs(text: string, speaking: boolean): Run[] {
  const found: Run[] = [];
  let at = 0;
  for (const match of text.matchAll(EMPHASIS)) {
    add(found, 'plain', text.slice(at, match.index));
    add(found, match[1] === '**' ? 'strong' : 'em', match[2] ?? '');
    at = match.index + match[0].length;
  }
  const rest = text.slice(at);
  const half = speaking ? HALF.exec(rest) : null;
  if (half === null) {
    add(found, 'plain', rest);
    return found;
  }
  add(found, 'plain', rest.slice(0, half.index) + (half[1] ?? ''));
  add(found, half[2] === '**' ? 'strong' : 'em', half[3] ?? '');
  return found;
}

function add(found: Run[], style: Style, text: string): void {
  if (text !== '') found.push({ style, text });
}

/** One word with the space after it, so that each can arrive on its own. */
export function pieces(text: string): string[] {
  return text.split(/(?<=\s)(?=\S)/);
}

const SENTENCE_END = /[.!?…。！？]["'”’)\]*]*(?=\s)|\n/g;

/** How much of `text` (in UTF-16 units, for slicing) is finished sentences: a screen reader is given only those. */
export function finished(text: string): number {
  let end = 0;
  for (const match of text.matchAll(SENTENCE_END)) end = match.index + match[0].length;
  return end;
}

/** Without the stars, for ears and titles. */
export function spoken(text: string): string {
  return text.replace(EMPHASIS, '$2').trim();
}
