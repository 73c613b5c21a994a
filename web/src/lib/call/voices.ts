/**
 * The voices she can have, and two of them blended into one. Pure, but for asking the house.
 *
 * A blend is written `kokoro:af_heart*7+bf_emma*3`. It does not know how a voice sounds.
 */
import { ask } from '../house';

export interface Voice {
  id: string;
  name: string;
  /** In a few words, for someone who has not heard it. */
  sounds: string;
  current: boolean;
  /** She can answer within half a second in it. */
  quick: boolean;
}

export interface Voices {
  voices: readonly Voice[];
  /** Words a minute; null before there is anyone to speak. */
  pace: number | null;
}

export interface Blend {
  one: string;
  other: string;
  /** Tenths of `other`, 1 to 9. */
  share: number;
}

export const SLOWEST = 90;
export const FASTEST = 240;
const BLENDABLE = 'kokoro:';
const TENTHS = 10;
const BLENDED = /^kokoro:([^*+]+)(?:\*(\d+(?:\.\d+)?))?\+([^*+]+)(?:\*(\d+(?:\.\d+)?))?$/;

export function blendable(voices: readonly Voice[]): readonly Voice[] {
  return voices.filter((voice) => voice.id.startsWith(BLENDABLE) && !/[*+]/.test(voice.id));
}

/** The id of two voices as one. */
export function blended({ one, other, share }: Blend): string {
  const bare = (id: string): string => id.slice(BLENDABLE.length);
  return `${BLENDABLE}${bare(one)}*${TENTHS - share}+${bare(other)}*${share}`;
}

/** What a voice is blended of; null when it is one voice, or more than two. */
export function parts(id: string): Blend | null {
  const found = BLENDED.exec(id);
  if (found === null) return null;
  const [, one = '', much = '1', other = '', more = '1'] = found;
  const share = Math.round((TENTHS * Number(more)) / (Number(much) + Number(more)));
  return { one: BLENDABLE + one, other: BLENDABLE + other, share: Math.max(1, Math.min(TENTHS - 1, share)) };
}

/** Null when the house has no voice, or cannot be asked. */
export function voices(): Promise<Voices | null> {
  return ask<Voices>('/api/voices');
}

/** True when she speaks so from now on. */
export async function useVoice(how: { id?: string; pace?: number }): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ id: how.id, words_per_minute: how.pace });
  return (await ask('/api/voices', { method: 'POST', headers, body })) !== null;
}

/** A sentence in that voice, as a file; null when it cannot be had. */
export async function sample(id: string, pace: number | null): Promise<ArrayBuffer | null> {
  const asked = new URLSearchParams(pace === null ? { id } : { id, pace: String(pace) });
  try {
    const answer = await fetch(`/api/voices/sample?${asked}`, { credentials: 'same-origin' });
    return answer.ok ? await answer.arrayBuffer() : null;
  } catch (error) {
    if (error instanceof TypeError) return null; // nobody there
    throw error;
  }
}
