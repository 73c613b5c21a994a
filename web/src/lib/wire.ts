/**
 * The socket: opened, lost, and opened again. Frames in, commands out.
 *
 * It tries again after 0.3 s, then more slowly up to 5 s, and at once when the network or the person comes back. It
 * does not know what the frames mean, and keeps nothing: whoever uses it says `open` each time.
 */
import type { Command, Frame } from './protocol';

export interface Listener {
  /** The line is open: say `open`. */
  opened(): void;
  heard(frame: Frame): void;
  /** The line is gone; it is being tried again. */
  lost(): void;
  /** The house will not let this window in; nothing is tried again. */
  refused(): void;
  /** Asked when a connection fails before it opened: would the house let us in at all? */
  admitted(): Promise<boolean>;
}

export interface Wire {
  /** False when there is no line just now. */
  send(command: Command): boolean;
  /** Drop this line and open a new one: something on it was missed. */
  reopen(): void;
  /** Try now rather than later, if there is no line. */
  hurry(): void;
}

const FIRST_MS = 300;
const LONGEST_MS = 5_000;
/** A line that held this long was a good one: the next try is quick again. */
const STEADY_MS = 5_000;
/** The house's own close code for a login link that was already used. */
const LINK_USED = 4401;
const NORMAL = 1000;

/** How long to wait before try number `attempt`, counted from 0. */
export function backoff(attempt: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
}

export function wire(url: string, listener: Listener): Wire {
  let socket: WebSocket | null = null;
  let timer = 0;
  let attempt = 0;
  let openedAt: number | null = null;
  let over = false;

  function open(): void {
    const line = new WebSocket(url);
    socket = line;
    openedAt = null;
    line.onopen = () => {
      openedAt = performance.now();
      listener.opened();
    };
    line.onmessage = (message) => {
      if (line === socket) listener.heard(JSON.parse(String(message.data)) as Frame);
    };
    line.onclose = (event) => {
      if (line === socket) closed(event.code);
    };
  }

  function closed(code: number): void {
    socket = null;
    if (code === LINK_USED) return refuse();
    if (openedAt !== null && performance.now() - openedAt > STEADY_MS) attempt = 0;
    if (openedAt === null) void listener.admitted().then((welcome) => (welcome ? undefined : refuse()));
    listener.lost();
    timer = window.setTimeout(open, backoff(attempt));
    attempt += 1;
  }

  function refuse(): void {
    over = true;
    window.clearTimeout(timer);
    socket?.close();
    socket = null;
    listener.refused();
  }

  open();
  return {
    send(command) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(command));
      return true;
    },
    reopen() {
      if (socket === null) return;
      socket.close();
      closed(NORMAL);
    },
    hurry() {
      if (over || socket !== null) return;
      window.clearTimeout(timer);
      open();
    },
  };
}
