/**
 * Where this window sits: its client id, and the words of the person that only this browser has yet.
 *
 * Seats are kept in localStorage, and a lock says which are taken by a living window. A new window takes the seat a
 * dead one left, its unsent words and its draft included, so nothing typed is lost with a crash; two windows never
 * share a seat, so their numbers never mix. It does not know what is done with the words.
 */
import { EMPTY, type Outbox } from './outbox';

export interface Seat {
  client: string;
  outbox: Outbox;
  draft: string;
}

/** Storage as far as it is needed here. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'key' | 'length'>;

/** True when the seat is ours from now on, until the window is gone. */
export type Claim = (client: string, patienceMs: number) => Promise<boolean>;

const SEAT = 'os1.seat.';
const HERE = 'os1.here';
/** A reload asks for its seat while the old page still lets go of it; that takes far less than this. */
const PATIENCE_MS = 500;

/** This window's own seat after a reload, else one that was left behind, else a new one. */
export async function take(shelf: Shelf, mine: Shelf, claim: Claim): Promise<Seat> {
  const here = mine.getItem(HERE);
  if (here !== null && (await claim(here, PATIENCE_MS))) return load(shelf, here);
  for (const seat of left(shelf)) {
    if (seat.client !== here && (await claim(seat.client, 0))) return sit(seat, mine);
  }
  const fresh = { client: newId(), outbox: EMPTY, draft: '' };
  await claim(fresh.client, 0);
  return sit(fresh, mine);
}

/** A seat with words in it whose window is gone, for a window that has none of its own; null when there is none. */
export async function inherit(shelf: Shelf, mine: Shelf, claim: Claim): Promise<Seat | null> {
  for (const seat of left(shelf).filter(hasWords)) {
    if (await claim(seat.client, 0)) return sit(seat, mine);
  }
  return null;
}

/** Kept on every change: a crash may come at any time. */
export function save(shelf: Shelf, seat: Seat): void {
  const { outbox, draft } = seat;
  shelf.setItem(SEAT + seat.client, JSON.stringify({ outbox, draft }));
}

/** All seats ever taken in this browser; those with words in them come first. */
export function left(shelf: Shelf): Seat[] {
  const keys = Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? '');
  const seats = keys.filter((key) => key.startsWith(SEAT)).map((key) => load(shelf, key.slice(SEAT.length)));
  return seats.toSorted((one, other) => Number(hasWords(other)) - Number(hasWords(one)));
}

export function hasWords({ outbox, draft }: Seat): boolean {
  return outbox.queue.length > 0 || outbox.refused.length > 0 || draft !== '';
}

/** The browser's own locks: they end with the window, however it ends. Without them a window trusts its own memory. */
export const claimByLock: Claim = async (client, patienceMs) => {
  if (navigator.locks === undefined) return sessionStorage.getItem(HERE) === client;
  const held = new Promise<never>(() => undefined);
  return new Promise<boolean>((resolve) => {
    const options = patienceMs > 0 ? { signal: AbortSignal.timeout(patienceMs) } : { ifAvailable: true };
    const asked = navigator.locks.request(SEAT + client, options, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : held;
    });
    asked.catch(() => resolve(false)); // the patience ran out: another window sits there
  });
};

function sit(seat: Seat, mine: Shelf): Seat {
  mine.setItem(HERE, seat.client);
  return seat;
}

function load(shelf: Shelf, client: string): Seat {
  try {
    const kept = JSON.parse(shelf.getItem(SEAT + client) ?? '{}') as Partial<Seat>;
    return { client, outbox: { ...EMPTY, ...kept.outbox }, draft: kept.draft ?? '' };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { client, outbox: EMPTY, draft: '' };
  }
}

/** `randomUUID` is only there on localhost and https; the numbers below it are there everywhere. */
export function newId(): string {
  if (crypto.randomUUID !== undefined) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
