/**
 * A call over WebRTC, for as long as it carries: offered, lost, and offered again under the same name.
 *
 * Where it does not come through within five seconds it says so, once, and is over. It does not know what is said, nor
 * what is done instead.
 */
import type { CallCommand, CallFrame } from '../protocol';
import { Refused, type RtcLine, type RtcListener } from '../rtc';
import type { Line } from './line';

export interface SecondListener {
  heard(frame: CallFrame): void;
  voice(stream: MediaStream): void;
  /** The line is gone, and is being tried again. */
  lost(): void;
  /** It does not come through. Told once, and nothing after it. */
  failed(): void;
}

/** Offers the call, with this microphone. */
export type Offering = (track: MediaStreamTrack | null, listener: RtcListener) => Promise<RtcLine>;

/** So long the person waits for her: then the other way is better than none. */
export const PATIENCE_MS = 5_000;
/** Before another try: the house may be starting anew. */
const AGAIN_MS = 400;

export function second(offer: Offering, first: MediaStreamTrack | null, listener: SecondListener): Line {
  let track = first;
  let peer: RtcLine | null = null;
  /** Which try it is: what an older one says is nobody's. */
  let round = 0;
  let over = false;
  let answered = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  let patience = setTimeout(giveUp, PATIENCE_MS);

  async function dial(): Promise<void> {
    const mine = (round += 1);
    const current = (): boolean => !over && mine === round;
    const lent = track;
    try {
      const found = await offer(lent, {
        heard: (frame) => void (current() && heard(frame)),
        voice: (stream) => void (current() && listener.voice(stream)),
        lost: () => void (current() && lost()),
      });
      if (!current()) return found.close();
      peer = found;
      if (track !== lent) await found.microphone(track);
    } catch (error) {
      if (!current()) return;
      if (error instanceof Refused) giveUp();
      else if (error instanceof TypeError || error instanceof DOMException) retry();
      else throw error;
    }
  }

  function heard(frame: CallFrame): void {
    if (frame.kind === 'answered') {
      answered = true;
      clearTimeout(patience);
    }
    listener.heard(frame);
  }

  function lost(): void {
    peer = null;
    if (answered) {
      answered = false;
      patience = setTimeout(giveUp, PATIENCE_MS);
      listener.lost();
    }
    retry();
  }

  function retry(): void {
    round += 1;
    clearTimeout(again);
    again = setTimeout(() => void (over || dial()), AGAIN_MS);
  }

  function giveUp(): void {
    close();
    listener.failed();
  }

  function close(): void {
    over = true;
    clearTimeout(patience);
    clearTimeout(again);
    peer?.close();
    peer = null;
  }

  void dial();
  return {
    /** Sound goes by the track, and what was played is reckoned by the house. */
    send(message: CallCommand | ArrayBuffer): boolean {
      if (message instanceof ArrayBuffer || message.kind === 'played') return false;
      return answered && (peer?.send(message) ?? false);
    },
    microphone(next) {
      track = next;
      void peer?.microphone(next);
    },
    reopen() {
      peer?.close();
      if (!over) lost();
    },
    close,
  };
}
