/**
 * A call's own socket: opened, lost, and opened again. Sound and signals, both ways.
 *
 * It tries again within 0.2 s, then more slowly, and at once when the network or the person comes back. It does not
 * know what is said on it, and keeps nothing: whoever uses it dials each time.
 */
import type { CallCommand, CallFrame } from '../protocol';

export interface LineListener {
  /** The line is open: dial. */
  opened(): void;
  heard(frame: CallFrame): void;
  sound(message: ArrayBuffer): void;
  /** The line is gone, or could not be opened; it is being tried again. `tries`: in a row, without one that opened. */
  lost(tries: number): void;
}

export interface Line {
  /** False when there is no line just now. */
  send(message: CallCommand | ArrayBuffer): boolean;
  /** What is sent of the person's voice as a track, on a line that carries one. */
  microphone(track: MediaStreamTrack | null): void;
  /** This line does not carry any more, whatever the browser believes: a new one. */
  reopen(): void;
  close(): void;
}

/** Seconds' worth of waiting before each try: a lift is over soon, a tunnel is not. */
const WAITS_MS = [200, 500, 1_000, 2_000, 5_000];
/** A socket that has not opened by now will not; browsers themselves wait for minutes. */
const OPENING_MS = 6_000;

export function wait(attempt: number): number {
  return WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)] ?? 0;
}

export function line(url: string, listener: LineListener): Line {
  let socket: WebSocket | null = null;
  let timer = 0;
  let attempt = 0;
  let tries = 0;

  function open(): void {
    const mine = new WebSocket(url);
    mine.binaryType = 'arraybuffer';
    socket = mine;
    window.clearTimeout(timer);
    timer = window.setTimeout(reopen, OPENING_MS);
    mine.onopen = () => {
      if (mine !== socket) return;
      window.clearTimeout(timer);
      tries = 0;
      listener.opened();
    };
    mine.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (mine !== socket) return;
      attempt = 0; // she speaks: it is a good line, and the next try is quick again
      if (typeof data === 'string') listener.heard(JSON.parse(data) as CallFrame);
      else listener.sound(data);
    };
    mine.onclose = () => {
      if (mine === socket) lost();
    };
  }

  function lost(): void {
    socket = null;
    window.clearTimeout(timer);
    timer = window.setTimeout(open, wait(attempt));
    attempt += 1;
    tries += 1;
    listener.lost(tries);
  }

  function reopen(): void {
    if (socket === null) return;
    const old = socket;
    socket = null;
    old.close();
    lost();
  }

  function hurry(): void {
    if (socket !== null) return;
    window.clearTimeout(timer);
    open();
  }

  function shown(): void {
    if (document.visibilityState === 'visible') hurry();
  }

  window.addEventListener('online', hurry);
  window.addEventListener('offline', reopen); // a socket over a network that is gone would stay silent for minutes
  document.addEventListener('visibilitychange', shown);
  open();
  return {
    send(message) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(message instanceof ArrayBuffer ? message : JSON.stringify(message));
      return true;
    },
    microphone: () => undefined, // sound goes in frames here
    reopen,
    close() {
      window.removeEventListener('online', hurry);
      window.removeEventListener('offline', reopen);
      document.removeEventListener('visibilitychange', shown);
      window.clearTimeout(timer);
      const last = socket;
      socket = null;
      last?.close();
    },
  };
}
