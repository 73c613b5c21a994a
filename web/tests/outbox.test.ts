/** What was typed is kept until the house has it, and is sent once. */
import { describe, expect, it } from 'vitest';
import { add, again, EMPTY, heardUpTo, kept, letGo, refuse, type Outbox } from '../src/lib/outbox';
import { inherit, left, save, take, type Claim, type Shelf } from '../src/lib/seat';

const write = (...texts: string[]): Outbox => texts.reduce((outbox, text) => add(outbox, text, null, null), EMPTY);
const shown = (outbox: Outbox): [number, string][] => outbox.queue.map(({ n, text }) => [n, text]);

describe('the queue', () => {
  it('numbers messages, and lets go of each when it is on disk', () => {
    const outbox = kept(write('one', 'two', 'three'), 1);
    expect(shown(outbox)).toEqual([[2, 'two'], [3, 'three']]);
    expect(outbox.next).toBe(4);
  });

  it('drops after a reconnection what was heard, and keeps the rest as it was', () => {
    const outbox = heardUpTo(write('one', 'two', 'three'), 2);
    expect(shown(outbox)).toEqual([[3, 'three']]);
    expect(outbox.next).toBe(4);
  });

  it('counts on from what the house heard when the numbers disagree', () => {
    expect(heardUpTo(EMPTY, 7).next).toBe(8); // this browser forgot
    const ahead: Outbox = { ...write(), next: 9, queue: [{ n: 8, text: 'x', seconds: null, hesitations: null }] };
    expect(shown(heardUpTo(ahead, 2))).toEqual([[3, 'x']]); // the house was set back
  });

  it('keeps refused words, frees their number, and sends them again with a new one', () => {
    const refused = refuse(write('one', 'too long'), 2);
    expect([refused.next, refused.refused.map((message) => message.text)]).toEqual([2, ['too long']]);
    const message = refused.refused[0]!;
    expect(shown(again(refused, message))).toEqual([[1, 'one'], [2, 'too long']]);
    expect(letGo(refused, message).refused).toEqual([]);
  });

  it('does not reuse a number while later messages are on their way', () => {
    const outbox = refuse(write('one', 'two'), 1);
    expect([outbox.next, shown(outbox)]).toEqual([3, [[2, 'two']]]);
    expect(shown(heardUpTo(outbox, 0))).toEqual([[1, 'two']]);
  });
});

describe('the seat', () => {
  function shelf(): Shelf {
    const held = new Map<string, string>();
    return {
      getItem: (key) => held.get(key) ?? null,
      setItem: (key, value) => void held.set(key, value),
      key: (index) => [...held.keys()][index] ?? null,
      get length() {
        return held.size;
      },
    };
  }

  function locks(): { claim: Claim; release(client: string): void } {
    const taken = new Set<string>();
    return {
      claim: async (client) => !taken.has(client) && taken.add(client) !== undefined,
      release: (client) => void taken.delete(client),
    };
  }

  it('is the same after a reload, with every word in it', async () => {
    const [all, mine, door] = [shelf(), shelf(), locks()];
    const seat = await take(all, mine, door.claim);
    save(all, { ...seat, outbox: write('unsent'), draft: 'half a th' });
    door.release(seat.client);
    const after = await take(all, mine, door.claim);
    expect(after).toEqual({ client: seat.client, outbox: write('unsent'), draft: 'half a th' });
  });

  it('is never shared by two windows, not even by a duplicated one', async () => {
    const [all, mine, door] = [shelf(), shelf(), locks()];
    const one = await take(all, mine, door.claim);
    save(all, one);
    const copied = shelf();
    copied.setItem('os1.here', one.client);
    const two = await take(all, copied, door.claim);
    expect(two.client).not.toBe(one.client);
    expect(copied.getItem('os1.here')).toBe(two.client);
  });

  it('passes on what a window left behind when it died', async () => {
    const [all, door] = [shelf(), locks()];
    const dead = await take(all, shelf(), door.claim);
    save(all, { ...dead, outbox: write('my last words') });
    const quiet = await take(all, shelf(), door.claim);
    save(all, quiet);
    door.release(dead.client);
    door.release(quiet.client);
    expect((await take(all, shelf(), door.claim)).outbox.queue[0]?.text).toBe('my last words');
  });

  it('is inherited with its words by a living window that has none', async () => {
    const [all, mine, door] = [shelf(), shelf(), locks()];
    const dead = await take(all, shelf(), door.claim);
    save(all, { ...dead, draft: 'half a th' });
    const alive = await take(all, mine, door.claim);
    save(all, alive);
    expect(await inherit(all, mine, door.claim)).toBeNull(); // its window still lives
    door.release(dead.client);
    expect((await inherit(all, mine, door.claim))?.draft).toBe('half a th');
    expect(mine.getItem('os1.here')).toBe(dead.client);
  });

  it('does not stumble over a torn entry', () => {
    const all = shelf();
    all.setItem('os1.seat.torn', '{"outb');
    expect(left(all)).toEqual([{ client: 'torn', outbox: EMPTY, draft: '' }]);
  });
});
