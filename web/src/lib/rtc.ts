/**
 * A call over WebRTC: the second way to reach her, for networks that lose and delay.
 *
 * The browser carries the sound: Opus, its repairs and the jitter buffer are its own. Signals go by a data channel. It
 * does not know what the signals mean, and does not try again by itself: whoever uses it offers anew, with the same call.
 */
import { ignoreClosed } from './call/closed';
import type { CallCommand, CallFrame } from './protocol';

export interface RtcListener {
  heard(frame: CallFrame): void;
  /** Her voice, for an audio element's `srcObject` or an AudioContext. */
  voice(stream: MediaStream): void;
  /** The line is gone. Told once. */
  lost(): void;
}

export interface RtcLine {
  /** False when it cannot go just now. */
  send(command: CallCommand): boolean;
  /** Another microphone, or none. */
  microphone(track: MediaStreamTrack | null): Promise<void>;
  close(): void;
}

/** The house would not take the call; the text is a sentence for the person. */
export class Refused extends Error {}

/** Gathering the addresses of this machine takes a few milliseconds; of what takes longer, nothing is needed at home. */
const GATHER_MS = 1_000;
/** HTTP's word of a house that is not open to phones; one that is calls an empty offer a bad one. */
const NOT_HERE = 404;
const SIGNALS = 'signals';
/** A connection that hears nothing recovers within this, or is taken for lost; browsers themselves wait for half a minute. */
const SILENT_MS = 1_500;
/** A last signal, goodbye, is still under way when the line is closed; sound is not. */
const GOODBYE_MS = 300;

/** Offers a call to `url` (POST /api/call/offer). Throws Refused, or TypeError when the house cannot be reached. */
export async function connect(
  url: string,
  who: { client: string; call: string },
  microphone: MediaStreamTrack | null,
  listener: RtcListener,
): Promise<RtcLine> {
  const peer = new RTCPeerConnection({ iceServers: [] });
  const signals = peer.createDataChannel(SIGNALS);
  let silent: ReturnType<typeof setTimeout> | undefined;
  const over = once(() => {
    clearTimeout(silent);
    peer.close();
    listener.lost();
  });
  signals.onclose = over;
  signals.onmessage = ({ data }: MessageEvent<string>) => listener.heard(JSON.parse(data) as CallFrame);
  peer.ontrack = ({ track, streams }) => listener.voice(streams[0] ?? new MediaStream([track]));
  peer.onconnectionstatechange = () => {
    clearTimeout(silent);
    if (peer.connectionState === 'failed' || peer.connectionState === 'closed') over();
    if (peer.connectionState === 'disconnected') silent = setTimeout(over, SILENT_MS);
  };
  const { sender } = peer.addTransceiver(microphone ?? 'audio', { direction: 'sendrecv' });
  try {
    await peer.setLocalDescription(await peer.createOffer());
    await gathered(peer);
    await peer.setRemoteDescription(await offered(url, { ...who, sdp: peer.localDescription?.sdp ?? '' }));
  } catch (error) {
    peer.close();
    throw error;
  }
  return {
    send(command) {
      if (signals.readyState !== 'open') return false;
      signals.send(JSON.stringify(command));
      return true;
    },
    microphone: (track) => sender.replaceTrack(track).catch(ignoreClosed),
    close() {
      clearTimeout(silent);
      [signals.onclose, signals.onmessage, peer.ontrack, peer.onconnectionstatechange] = [null, null, null, null];
      void sender.replaceTrack(null).catch(ignoreClosed);
      setTimeout(() => peer.close(), GOODBYE_MS);
    },
  };
}

/** Whether this house takes such calls at all; null when it cannot be asked just now. */
export async function offers(url: string): Promise<boolean | null> {
  try {
    const headers = { 'Content-Type': 'application/json' };
    return (await fetch(url, { method: 'POST', headers, body: '{}' })).status !== NOT_HERE;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

async function offered(url: string, offer: object): Promise<RTCSessionDescriptionInit> {
  const body = JSON.stringify({ type: 'offer', ...offer });
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  if (answer.ok) return (await answer.json()) as RTCSessionDescriptionInit;
  const said = (await answer.json().catch(() => ({}))) as { text?: string };
  throw new Refused(said.text ?? `The house answered ${answer.status}.`);
}

function gathered(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      if (peer.iceGatheringState === 'complete') resolve();
    };
    peer.onicegatheringstatechange = done;
    setTimeout(resolve, GATHER_MS);
    done();
  });
}

function once(does: () => void): () => void {
  let done = false;
  return () => {
    if (!done) {
      done = true;
      does();
    }
  };
}
