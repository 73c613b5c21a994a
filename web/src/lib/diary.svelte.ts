/** Our story as this window shows it: fetched, changed, and changed back. It does not know what it looks like. */
import { backFrom, DONE, type Fact, type Going, type Known, type Receipt, type Settled, type Wish } from './story';

/** What the house answers: what was asked for, or a sentence that says why not. */
export type Answer<T> = { ok: true; value: T } | { ok: false; text: string; again?: Going };

const AWAY = 'She can’t be reached just now. Nothing was changed.';
const HEADERS = { 'content-type': 'application/json' };

export async function ask<T>(path: string, body?: object): Promise<Answer<T>> {
  const options: RequestInit = body === undefined ? {} : { method: 'POST', headers: HEADERS, body: JSON.stringify(body) };
  try {
    const answer = await fetch(`/api/story${path}`, { credentials: 'same-origin', ...options });
    const value: unknown = await answer.json();
    if (answer.ok) return { ok: true, value: value as T };
    const { text, again } = value as { text?: string; again?: Going };
    return { ok: false, text: text ?? AWAY, ...(again && { again }) };
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return { ok: false, text: AWAY };
    throw error;
  }
}

/** One thing done, with what takes it back. */
interface Done {
  text: string;
  back: (() => Promise<Answer<unknown>>) | null;
}

export class Diary {
  known = $state.raw<Known | null>(null);
  /** What was done last, to be taken back; or what could not be done. */
  done = $state.raw<Done | null>(null);
  /** Grows whenever something changed: whoever shows more than `known` looks again. */
  changes = $state(0);
  /** What is about to be forgotten: shown first. */
  wish = $state.raw<Wish | null>(null);
  trouble = $state('');

  async load(): Promise<void> {
    const answer = await ask<Known>('');
    if (answer.ok) this.known = answer.value;
    this.trouble = answer.ok ? '' : answer.text;
  }

  async settle(fact: Fact, how: Settled): Promise<void> {
    const path = `/facts/${fact.id}/settle`;
    await this.do(path, { how }, DONE[how], () => ask(path, { how: backFrom(how, fact) }));
  }

  /** True once it is written. */
  async edit(fact: Fact, value: string): Promise<boolean> {
    const answer = await ask<{ fact: number }>(`/facts/${fact.id}/edit`, { value });
    if (!answer.ok) return this.#told(answer);
    const edited = answer.value.fact;
    const back = edited === fact.id ? () => ask(`/facts/${fact.id}/edit`, { value: fact.value }) : () => ask(`/facts/${fact.id}/set-back`, { edited });
    await this.#changed({ text: 'Written down, in your words.', back });
    return true;
  }

  /** Does it, and offers to take it back. True once it is done. */
  async do(path: string, body: object, text: string, back: Done['back'] = null): Promise<boolean> {
    const answer = await ask(path, body);
    if (!answer.ok) return this.#told(answer);
    await this.#changed({ text, back });
    return true;
  }

  async undo(): Promise<void> {
    const back = this.done?.back;
    if (!back) return;
    this.done = null;
    const answer = await back();
    if (!answer.ok) this.#told(answer);
    else await this.#changed({ text: 'As it was before.', back: null });
  }

  look(wish: Wish): Promise<Answer<Going>> {
    return ask<Going>('/forgetting', wish);
  }

  async forget(going: Going, name: string): Promise<Answer<Receipt>> {
    const answer = await ask<Receipt>(`/forgetting/${going.id}`, { name });
    if (answer.ok) await this.#changed(null);
    return answer;
  }

  async #changed(done: Done | null): Promise<void> {
    this.done = done;
    await this.load();
    this.changes += 1;
  }

  #told(answer: { text: string }): false {
    this.done = { text: answer.text, back: null };
    return false;
  }
}
