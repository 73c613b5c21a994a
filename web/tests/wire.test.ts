/** A line that is lost is opened again, patiently; a door that is shut stays shut. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Frame } from '../src/lib/protocol';
import { backoff, wire, type Listener, type Wire } from '../src/lib/wire';

class Line {
  static readonly OPEN = 1;
  static all: Line[] = [];
  readyState = 0;
  sent: string[] = [];
  onopen = (): void => undefined;
  onmessage = (_message: { data: string }): void => undefined;
  onclose = (_event: { code: number }): void => undefined;

  constructor(readonly url: string) {
    Line.all.push(this);
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.readyState = 2;
  }
  opens(): void {
    this.readyState = 1;
    this.onopen();
  }
  breaks(code = 1006): void {
    this.readyState = 3;
    this.onclose({ code });
  }
}

const newest = (): Line => Line.all.at(-1)!;
let told: string[] = [];
let admitted = true;

function connect(): Wire {
  const listener: Listener = {
    opened: () => void told.push('opened'),
    heard: (frame: Frame) => void told.push(frame.kind),
    lost: () => void told.push('lost'),
    refused: () => void told.push('refused'),
    admitted: () => Promise.resolve(admitted),
  };
  return wire('ws://house/ws', listener);
}

beforeEach(() => {
  [Line.all, told, admitted] = [[], [], true];
  vi.useFakeTimers();
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('WebSocket', Line);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('waits a little longer each time, and never over five seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map(backoff)).toEqual([300, 600, 1200, 2400, 4800, 5000, 5000]);
});

it('opens again after a loss, and sends only on an open line', () => {
  const line = connect();
  expect(line.send({ kind: 'draft', text: 'x' })).toBe(false);
  newest().opens();
  expect(line.send({ kind: 'draft', text: 'x' })).toBe(true);
  newest().breaks();
  vi.advanceTimersByTime(299);
  expect(Line.all).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(Line.all).toHaveLength(2);
  expect(told).toEqual(['opened', 'lost']);
});

it('does not hear a line it has given up', () => {
  const line = connect();
  const first = newest();
  first.opens();
  line.reopen();
  first.onmessage({ data: '{"kind":"kept","n":1,"seq":1}' });
  first.breaks();
  vi.advanceTimersByTime(300);
  expect(Line.all).toHaveLength(2);
  expect(told).toEqual(['opened', 'lost']);
});

it('does not knock faster at a house that keeps dropping it', () => {
  connect();
  for (const wait of [300, 600, 1200]) {
    newest().opens();
    newest().breaks();
    vi.advanceTimersByTime(wait - 1);
    const before = Line.all.length;
    vi.advanceTimersByTime(1);
    expect(Line.all.length).toBe(before + 1);
  }
});

it('is quick again when the person comes back', () => {
  const line = connect();
  newest().breaks();
  line.hurry();
  line.hurry();
  expect(Line.all).toHaveLength(2);
});

it('stops when the login link was used', () => {
  const line = connect();
  newest().opens();
  newest().breaks(4401);
  line.hurry();
  vi.advanceTimersByTime(60_000);
  expect(Line.all).toHaveLength(1);
  expect(told).toEqual(['opened', 'refused']);
});

it('asks whether it would be let in at all when a line never opened', async () => {
  admitted = false;
  connect();
  newest().breaks();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual(['lost', 'refused']);
});
