/**
 * Our story, in words: what she knows, grouped and told; what would be forgotten, counted. Pure.
 *
 * It does not know how any of it is fetched or shown.
 */

export interface Quote {
  seq: number;
  start: number;
  end: number;
  /** When it was said. */
  at: string;
  who: 'you' | 'she' | 'elsewhere';
  /** Who it was, elsewhere: "ChatGPT". */
  name: string;
  text: string;
  /** Where it was brought from; empty for what was said here. */
  source: string;
  talk: string;
}

export interface Fact {
  id: number;
  theme: string;
  /** The key of whom it is about; empty: the person. */
  about: string;
  name: string;
  what: string;
  /** Only one of its kind is true at a time. */
  one: boolean;
  value: string;
  /** "you live in Porto" */
  told: string;
  state: 'now' | 'past' | 'wrong';
  since: string;
  until: string;
  first: string;
  said: string;
  /** 0 to 1. */
  sure: number;
  by: 'rules' | 'brain' | 'person';
  confirmed: boolean;
  resting: boolean;
  quotes: readonly Quote[];
}

export interface Person {
  key: string;
  name: string;
  relations: readonly string[];
  were: readonly string[];
  aliases: readonly { key: string; name: string }[];
  facts: number;
  first: string;
  last: string;
}

export type Level = 'day' | 'week' | 'arc' | 'life';

export interface Chapter {
  level: Level;
  first: string;
  last: string;
  title: string;
  text: string;
  by: 'rules' | 'brain' | 'person';
  /** How many things said it is made of. */
  cites: number;
  at: string;
}

export interface Theme {
  id: string;
  title: string;
}

/** All she knows, but for the text of the chapters. */
export interface Known {
  name: string | null;
  private: boolean;
  today: string;
  themes: readonly Theme[];
  facts: readonly Fact[];
  people: readonly Person[];
  chapters: Record<Level, number>;
}

export interface Found {
  said: readonly (Quote & { before: Quote | null; after: Quote | null })[];
  facts: readonly Fact[];
  chapters: readonly Chapter[];
}

export type Scope = 'sentence' | 'fact' | 'topic' | 'person' | 'day' | 'all';

/** What would go, shown before anything does. */
export interface Going {
  id: string;
  scope: Scope;
  /** Her name, to be written before everything goes. */
  confirm: string;
  said: readonly { seq: number; at: string; who: Quote['who']; text: string }[];
  /** All of them, also those that are too many to show. */
  sentences: number;
  facts: readonly string[];
  chapters: readonly string[];
  also: { promises: number; names: number; persona: boolean };
}

export interface Receipt {
  scope: Scope;
  sentences: number;
  facts: number;
  chapters: number;
  residue: number;
}

/** What is asked to be forgotten: one of these. */
export type Wish =
  | { seq: number; start?: number; end?: number }
  | { fact: number }
  | { about: string }
  | { day: string }
  | { everything: true };

/** A fact as it is read: what holds, with what was so before it and what was mistaken folded behind it. */
export interface Line {
  fact: Fact;
  before: readonly Fact[];
  mistaken: readonly Fact[];
}

export interface Group {
  id: string;
  title: string;
  lines: readonly Line[];
  /** What holds no more, and nothing took its place. */
  earlier: readonly Fact[];
}

/** Her dates are English sentences; so are the page's. */
const LOCALE = 'en-GB';

// --- facts ---

/** Facts about the person under their themes, and under People who is what to them. Themes with nothing are left out. */
export function grouped(themes: readonly Theme[], facts: readonly Fact[]): Group[] {
  const mine = facts.filter((fact) => fact.about === '' || fact.what === 'is_your');
  return themes
    .map(({ id, title }) => ({ id, title, ...lined(mine.filter((fact) => fact.theme === id)) }))
    .filter(({ lines, earlier }) => lines.length > 0 || earlier.length > 0);
}

/** Facts about one person, as lines. */
export function aboutPerson(facts: readonly Fact[], key: string): Pick<Group, 'lines' | 'earlier'> {
  return lined(facts.filter((fact) => fact.about === key));
}

/** Past and mistaken ones are folded behind what took their place; the others are left over. */
function lined(facts: readonly Fact[]): Pick<Group, 'lines' | 'earlier'> {
  const holding = facts.filter(({ state }) => state === 'now');
  const placed = new Set<number>();
  const lines = holding.map((fact) => {
    const behind = facts.filter((other) => other.state !== 'now' && !placed.has(other.id) && tookPlace(fact, other));
    for (const { id } of behind) placed.add(id);
    return {
      fact,
      before: behind.filter(({ state }) => state === 'past').toReversed(),
      mistaken: behind.filter(({ state }) => state === 'wrong'),
    };
  });
  return { lines, earlier: facts.filter(({ id, state }) => state !== 'now' && !placed.has(id)) };
}

function tookPlace(now: Fact, before: Fact): boolean {
  return now.one && now.what === before.what && now.about === before.about;
}

/** "You lived in Lisbon until February 2026." */
export function sentence(fact: Fact): string {
  const when = {
    now: fact.since === '' ? '' : `, ${began(fact)} ${fact.since}`,
    past: fact.until === '' ? '' : ` until ${fact.until}`,
    wrong: '',
  }[fact.state];
  return `${capital(fact.told.replace(/[.!]$/, ''))}${when}.`;
}

/** What was done once was done then: "Ines had a baby in June 2026", "on 3 June 2026". */
function began(fact: Fact): string {
  if (fact.what !== 'did') return 'since';
  return /^\d{1,2} /.test(fact.since) ? 'on' : 'in';
}

function capital(text: string): string {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase(LOCALE) + rest.join('');
}

/** The words around the value, for changing it in its place; the value alone where it stands elsewhere. */
export function frame(fact: Fact): { before: string; after: string } {
  const at = fact.told.lastIndexOf(fact.value);
  if (at < 0) return { before: '', after: '' };
  return { before: capital(fact.told.slice(0, at).trimEnd()), after: fact.told.slice(at + fact.value.length).trim() };
}

export interface Sureness {
  /** 1 to 4, for a mark beside the words. */
  level: 1 | 2 | 3 | 4;
  words: string;
}

/** To be read after "she is". The person's word is certain; from .9 on a plain statement is as good as that; below .6 she guesses. */
export function sureness(fact: Fact): Sureness {
  if (fact.by === 'person') return { level: 4, words: 'certain: you wrote it yourself' };
  if (fact.confirmed) return { level: 4, words: 'certain: you said so' };
  if (fact.sure >= 0.9) return { level: 4, words: 'sure of it' };
  if (fact.sure >= 0.75) return { level: 3, words: 'fairly sure' };
  if (fact.sure >= 0.6) return { level: 2, words: 'not quite sure' };
  return { level: 1, words: 'only guessing' };
}

export function drawn(fact: Fact): string {
  return {
    rules: 'noticed as you said it',
    brain: 'understood later, in a quiet hour',
    person: 'written by you',
  }[fact.by];
}

export type Settled = 'true' | 'wrong' | 'past' | 'rest' | 'wake';

/** What the page says once it is done. */
export const DONE: Record<Settled, string> = {
  true: 'It holds again.',
  wrong: 'Marked as not true. It won’t come back from the same words.',
  past: 'It is history now.',
  rest: 'Resting: it is kept, and won’t be brought up.',
  wake: 'Awake again.',
};

/** What takes `how` back. */
export function backFrom(how: Settled, fact: Fact): Settled {
  if (how === 'rest') return 'wake';
  if (how === 'wake') return 'rest';
  return fact.state === 'now' ? 'true' : fact.state;
}

// --- dates ---

/** A day as a local date; "2026-03-09" means that day, wherever one is. */
export function asDate(day: string): Date {
  const [year = 1970, month = 1, date = 1] = day.slice(0, 10).split('-').map(Number);
  return new Date(year, month - 1, date);
}

/** "today", "yesterday", "Monday 9 March", with the year if it is another. */
export function dayWords(day: string, today: string): string {
  const away = Math.round((asDate(today).getTime() - asDate(day).getTime()) / 86_400_000);
  if (away === 0) return 'today';
  if (away === 1) return 'yesterday';
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  return format(asDate(day), { weekday: 'long', day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).replace(',', '');
}

/** "9 March 2026", of a moment, where the person is. */
export function onDay(at: string): string {
  return format(new Date(at), { day: 'numeric', month: 'long', year: 'numeric' });
}

/** The time a chapter tells of. */
export function stretch({ level, first, last }: Pick<Chapter, 'level' | 'first' | 'last'>): string {
  const [begin, end] = [asDate(first), asDate(last)];
  if (level === 'day') return format(begin, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).replace(',', '');
  if (level === 'week') {
    const sameMonth = begin.getMonth() === end.getMonth() && begin.getFullYear() === end.getFullYear();
    const from = format(begin, sameMonth ? { day: 'numeric' } : { day: 'numeric', month: 'long' });
    return `${from} to ${format(end, { day: 'numeric', month: 'long', year: 'numeric' })}`;
  }
  if (level === 'life') return `since ${begin.getFullYear()}`;
  const month = { month: 'long', year: 'numeric' } as const;
  const [from, to] = [format(begin, month), format(end, month)];
  if (from === to) return from;
  return begin.getFullYear() === end.getFullYear() ? `${format(begin, { month: 'long' })} to ${to}` : `${from} to ${to}`;
}

function format(date: Date, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALE, how).format(date);
}

// --- quotes ---

const SOURCES: Record<string, string> = {
  chatgpt: 'from ChatGPT',
  sillytavern: 'from SillyTavern',
  lorebook: 'from a lorebook',
  letta: 'from Letta',
  markdown: 'from your notes',
  diary: 'from your diary',
};

/** "you, 9 March 2026, from your diary" */
export function said(quote: Pick<Quote, 'who' | 'at'> & Partial<Quote>, her: string): string {
  const who = quote.who === 'you' ? 'you' : quote.who === 'she' ? her : quote.name || 'someone elsewhere';
  const from = quote.source === undefined || quote.source === '' ? '' : (SOURCES[quote.source] ?? `from ${quote.source}`);
  return [who, onDay(quote.at), from].filter((part) => part !== '').join(', ');
}

// --- people ---

/** "your sister, once your colleague" */
export function relation(person: Person): string {
  const now = person.relations.length > 0 ? `your ${listed(person.relations)}` : '';
  const before = person.were.length > 0 ? `once your ${listed(person.were)}` : '';
  return [now, before].filter((part) => part !== '').join(', ');
}

/** "first heard of 31 January 2026, last yesterday" */
export function heardOf({ first, last }: Pick<Person, 'first' | 'last'>, today: string): string {
  if (onDay(first) === onDay(last)) return `heard of ${recently(last, today)}`;
  return `first heard of ${onDay(first)}, last ${recently(last, today)}`;
}

function recently(at: string, today: string): string {
  const words = dayWords(localDay(at), today);
  return words === 'today' || words === 'yesterday' ? words : onDay(at);
}

/** The day of a moment, where the person is. */
function localDay(at: string): string {
  const day = new Date(at);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** "a, b and c" */
export function listed(things: readonly string[]): string {
  return things.length < 2 ? (things[0] ?? '') : `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`;
}

// --- chapters ---

export const LEVELS: readonly { id: Level; title: string; within: string }[] = [
  { id: 'day', title: 'Days', within: '' },
  { id: 'week', title: 'Weeks', within: 'Its days' },
  { id: 'arc', title: 'Seasons', within: 'Its weeks' },
  { id: 'life', title: 'Your life', within: 'Its seasons' },
];

/** Where a diary opens: at its weeks, or at whatever there is. */
export function opensAt(chapters: Record<Level, number>): Level {
  return (['week', 'day', 'arc', 'life'] as const).find((level) => chapters[level] > 0) ?? 'week';
}

/** The next finer level of which there is something. */
export function finer(level: Level, chapters: Record<Level, number>): Level | null {
  const at = LEVELS.findIndex(({ id }) => id === level);
  return LEVELS.slice(0, at).findLast(({ id }) => chapters[id] > 0)?.id ?? null;
}

// --- forgetting ---

export function counted(many: number, one: string): string {
  if (many === 1) return /^[aeiou]/.test(one) ? `an ${one}` : `a ${one}`;
  return `${many.toLocaleString(LOCALE)} ${one}s`;
}

function amounts({ sentences, facts, chapters }: { sentences: number; facts: number; chapters: number }): string[] {
  return [
    ...(sentences > 0 ? [counted(sentences, 'sentence')] : []),
    ...(facts > 0 ? [counted(facts, 'fact')] : []),
    ...(chapters > 0 ? [counted(chapters, 'chapter')] : []),
  ];
}

/** "11 sentences, 3 facts and a chapter"; empty: nothing of it is known. */
export function goes(going: Going): string {
  const { promises, names } = going.also;
  const also = [
    ...(promises > 0 ? [counted(promises, 'promise')] : []),
    ...(names > 0 ? ['who was taken for whom'] : []),
    ...(going.also.persona ? ['what her own letter says of it'] : []),
  ];
  const size = { sentences: going.sentences, facts: going.facts.length, chapters: going.chapters.length };
  return listed([...amounts(size), ...also]);
}

/** What is said afterwards, also if something is left. */
export function receiptWords(receipt: Receipt): string {
  const gone = amounts(receipt);
  const what = gone.length > 0 ? `Gone: ${listed(gone)}.` : 'It is gone.';
  if (receipt.residue === 0) return `${what} Nothing of it can be found in her file any more.`;
  const places = receipt.residue === 1 ? 'one place' : `${receipt.residue} places`;
  return `${what} But ${places} in her file still hold words of it: the same sentence was said elsewhere too, or the disk has not let go of it yet.`;
}
