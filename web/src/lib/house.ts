/** The few things the page asks of the house outside the conversation. It does not know who shows them. */

export interface Brain {
  id: string;
  name: string;
  current: boolean;
}

export interface PersonaFile {
  toml: string;
  path: string;
}

/** Null when the house cannot be asked, or has nothing to say. */
export async function ask<T>(path: string, options?: RequestInit): Promise<T | null> {
  try {
    const answer = await fetch(path, { credentials: 'same-origin', ...options });
    return answer.ok ? ((await answer.json()) as T) : null;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return null; // nobody there, or not one of ours
    throw error;
  }
}

export async function brains(): Promise<readonly Brain[] | null> {
  return (await ask<{ brains: Brain[] }>('/api/brains'))?.brains ?? null;
}

/** True when she thinks with brain `id` from now on. */
export async function useBrain(id: string): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  return (await ask('/api/brains', { method: 'POST', headers, body: JSON.stringify({ id }) })) !== null;
}

export function persona(): Promise<PersonaFile | null> {
  return ask<PersonaFile>('/api/persona');
}

/** A browser is not told why a socket was refused; an ordinary question is answered with a number. */
export async function admitted(): Promise<boolean> {
  try {
    const answer = await fetch('/api/brains', { credentials: 'same-origin' });
    return answer.status !== 401 && answer.status !== 403;
  } catch (error) {
    if (error instanceof TypeError) return true; // nobody there at all: that is being away, not being refused
    throw error;
  }
}
