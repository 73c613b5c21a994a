/** A life brought along: handed to the house, looked at, brought. Knows the house's words for it, not how it is shown. */
import { ask } from './house';

export interface Sample {
  at: string;
  /** Empty: the person. */
  who: string;
  text: string;
}

export interface Finding {
  talks: number;
  messages: number;
  known: number;
  first: string | null;
  last: string | null;
  by: Record<string, number>;
  left: Record<string, number>;
  told: readonly string[];
  samples: readonly Sample[];
}

export interface Luggage {
  state: 'empty' | 'looking' | 'seen' | 'bringing' | 'done' | 'broken';
  id: string;
  name: string;
  /** How much of it was read, 0 to 1. */
  done: number;
  /** What went wrong, in a sentence. */
  text: string;
  finding: Finding | null;
  proposal: { name: string; lines: readonly string[] } | null;
}

const PATH = '/api/bring';
const SPEAKERS = 3;

export function luggage(): Promise<Luggage | null> {
  return ask<Luggage>(PATH);
}

/** Hands it over and has it looked at. What went wrong comes back as a sentence; null: the house is not there. */
export async function look(file: File): Promise<Luggage | string | null> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const asked = new URLSearchParams({ dry: '1', name: file.name, zone });
  return post(`${PATH}?${asked}`, file);
}

export function bring(id: string, persona: boolean): Promise<Luggage | string | null> {
  return post(`${PATH}?${new URLSearchParams(persona ? { id, persona: '1' } : { id })}`);
}

export function putDown(): Promise<Luggage | null> {
  return ask<Luggage>(PATH, { method: 'DELETE' });
}

async function post(path: string, body: File | null = null): Promise<Luggage | string | null> {
  try {
    const answer = await fetch(path, { method: 'POST', credentials: 'same-origin', body });
    const told = (await answer.json()) as Luggage & { text: string };
    return answer.ok ? told : told.text;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return null;
    throw error;
  }
}

// --- in words ---

export function many(number: number, one: string, several: string): string {
  return number === 1 ? `one ${one}` : `${number.toLocaleString('en')} ${several}`;
}

export function day(at: string): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}

/** What is in it, a line each. */
export function summary(finding: Finding): string[] {
  const { messages, talks, first, last } = finding;
  if (messages === 0 || first === null || last === null) return ['There are no words in it that can be brought.'];
  const [from, to] = [day(first), day(last)];
  const when = from === to ? `on ${from}` : `from ${from} to ${to}`;
  const found = `${many(messages, 'message', 'messages')} in ${many(talks, 'talk', 'talks')}, ${when}.`;
  const lines = [found[0]?.toUpperCase() + found.slice(1), speakers(finding)];
  if (finding.known > 0) lines.push(`${finding.known.toLocaleString('en')} of them she has already.`);
  return lines;
}

function speakers({ by }: Finding): string {
  const named = Object.entries(by).map(([name, said]) => `${said.toLocaleString('en')} by ${name === '' ? 'you' : name}`);
  const more = named.length - SPEAKERS;
  return `${named.slice(0, SPEAKERS).join(', ')}${more > 0 ? `, and ${many(more, 'more voice', 'more voices')}` : ''}.`;
}

/** What stays behind, a line each. */
export function leftOut(finding: Finding): string[] {
  return Object.entries(finding.left).map(([what, number]) => `${number.toLocaleString('en')} ${what}`);
}
