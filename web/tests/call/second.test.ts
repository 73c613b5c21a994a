/** A call over WebRTC that connects, breaks, or never comes through: a scripted house, and a clock by hand. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENCE_MS, second, type Offering } from '../../src/lib/call/second';
import type { Line } from '../../src/lib/call/line';
import type { CallCommand } from '../../src/lib/protocol';
import { Refused, type RtcListener } from '../../src/lib/rtc';

const MICROPHONE = { id: 'microphone' } as MediaStreamTrack;
const SILENCE = { id: 'silence' } as MediaStreamTrack;

class House {
  told: string[] = [];
  sent: CallCommand[] = [];
  lines: RtcListener[] = [];
  tracks: (MediaStreamTrack | null)[] = [];
  closed = 0;
  /** What an offer meets instead of an answer. */
  fault: Error | null = null;
  offer: Offering = (track, listener) => {
    this.tracks.push(track);
    if (this.fault !== null) return Promise.reject(this.fault);
    this.lines.push(listener);
    return Promise.resolve({
      send: (command) => this.sent.push(command) > 0,
      microphone: (next) => Promise.resolve(void this.tracks.push(next)),
      close: () => void (this.closed += 1),
    });
  };

  calls(): Line {
    return second(this.offer, MICROPHONE, {
      heard: ({ kind }) => this.told.push(kind),
      voice: () => this.told.push('voice'),
      lost: () => this.told.push('lost'),
      failed: () => this.told.push('failed'),
    });
  }

  answers(again = false): void {
    this.lines.at(-1)?.heard({ kind: 'answered', call: 'call-one', again, frame: 0 });
  }
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the second way', () => {
  it('is taken with the microphone as it is, and carries signals but no frames', async () => {
    const house = new House();
    const line = house.calls();
    await pass(0);
    expect(line.send({ kind: 'hush' })).toBe(false);
    house.answers();
    expect([line.send({ kind: 'hush' }), line.send(new ArrayBuffer(8)), line.send({ kind: 'played', speech: 1, samples: 9 })]).toEqual([true, false, false]);
    line.microphone(SILENCE);
    await pass(PATIENCE_MS * 2);
    expect(house).toMatchObject({ told: ['answered'], sent: [{ kind: 'hush' }], tracks: [MICROPHONE, SILENCE] });
  });

  it('sends the microphone that was chosen while it connected', async () => {
    const house = new House();
    house.calls().microphone(SILENCE);
    await pass(0);
    expect(house.tracks).toEqual([MICROPHONE, SILENCE]);
  });

  it.each([
    ['at once when the house does not take such calls', new Refused('no'), 0],
    ['after five seconds when the house cannot be reached', new TypeError('away'), PATIENCE_MS],
  ])('is given up %s', async (_, fault, ms) => {
    const house = new House();
    house.fault = fault;
    house.calls();
    await pass(Math.max(0, ms - 1));
    expect(house.told).toEqual(ms === 0 ? ['failed'] : []);
    await pass(PATIENCE_MS * 3);
    expect(house.told).toEqual(['failed']);
  });

  it('is given up when the offer is answered and no sound comes through', async () => {
    const house = new House();
    house.calls();
    await pass(PATIENCE_MS);
    expect(house).toMatchObject({ told: ['failed'], closed: 1 });
    house.answers(); // too late
    expect(house.told).toEqual(['failed']);
  });

  it('is offered again when it breaks, and goes on', async () => {
    const house = new House();
    house.calls();
    await pass(0);
    house.answers();
    const [first] = house.lines;
    first?.lost();
    await pass(1_000);
    first?.heard({ kind: 'got', frame: 1 }); // the old line is nobody's
    house.answers(true);
    await pass(PATIENCE_MS * 2);
    expect(house.told).toEqual(['answered', 'lost', 'answered']);
  });

  it('is given up when it breaks and does not come back', async () => {
    const house = new House();
    house.calls();
    await pass(0);
    house.answers();
    house.fault = new TypeError('away');
    house.lines[0]?.lost();
    await pass(PATIENCE_MS);
    expect(house.told).toEqual(['answered', 'lost', 'failed']);
  });

  it('is silent once it was closed, even while it connects', async () => {
    const house = new House();
    house.calls().close();
    await pass(PATIENCE_MS * 2);
    expect(house).toMatchObject({ told: [], closed: 1 });
  });
});
