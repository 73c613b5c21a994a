/**
 * A call over WebRTC: the second way to reach her, for networks that lose and delay.
 *
 * The browser carries the sound: Opus, its repairs and the jitter buffer are its own. Signals go by a data channel. It
 * does not know what the signals mean, and does not try again by itself: whoever uses it offers anew, with the same call.
 */
import type { CallCommand, CallFrame } from './protocol';

export interface RtcListener {
  /** Signals can go both ways. */
  opened(): void;
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
const SIGNALS = 'signals';

/** Offers a call to `url` (POST /api/call/offer). Throws Refused, or TypeError when the house cannot be reached. */
export async function connect(
  url: string,
  who: { client: string; call: string },
  stream: MediaStream,
  listener: RtcListener,
): Promise<RtcLine> {
  const peer = new RTCPeerConnection({ iceServers: [] });
  const signals = peer.createDataChannel(SIGNALS);
  const over = once(() => {
    peer.close();
    listener.lost();
  });
  signals.onopen = () => listener.opened();
  signals.onclose = over;
  signals.onmessage = ({ data }: MessageEvent<string>) => listener.heard(JSON.parse(data) as CallFrame);
  peer.ontrack = ({ track, streams }) => listener.voice(streams[0] ?? new MediaStream([track]));
  peer.onconnectionstatechange = () => {
    if (peer.connectionState === 'failed' || peer.connectionState === 'closed') over();
  };
  const sender = peer.addTransceiver(stream.getAudioTracks()[0] ?? 'audio', { direction: 'sendrecv' }).sender;
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
    microphone: (track) => sender.replaceTrack(track),
    close() {
      signals.onclose = null;
      peer.onconnectionstatechange = null;
      peer.close();
    },
  };
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
