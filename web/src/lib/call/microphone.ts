/**
 * The microphone: asked for, opened, cut into frames, and really let go of.
 *
 * The browser takes her own voice and the room's hum out of it, but leaves its loudness alone: she hears whispering by
 * it. It does not know where the frames go.
 */
import module from '../../worklets/microphone?worker&url';
import { ignoreClosed } from './closed';

/** Why there is no microphone; each has its own sentence. */
export type Refusal = 'insecure' | 'unable' | 'denied' | 'none' | 'busy' | 'broken';

export class NoMicrophone extends Error {
  constructor(readonly why: Refusal) {
    super(why);
  }
}

export interface MicrophoneListener {
  frame(samples: Int16Array): void;
  /** The device was pulled out, or taken away. */
  ended(): void;
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  NotReadableError: 'busy',
  AbortError: 'broken',
};

export interface Microphone {
  /** The device it is. */
  readonly device: string;
  /** For a line that takes it whole. */
  readonly track: MediaStreamTrack;
  /** The browser's own sign that it listens goes out. */
  close(): void;
}

/** Throws NoMicrophone, and nothing else. `device`: the one to use if it is still there. */
export async function open(device: string, listener: MicrophoneListener): Promise<Microphone> {
  const stream = await lent(device);
  const [track] = stream.getAudioTracks();
  if (track === undefined) throw new NoMicrophone('none');
  const context = new AudioContext({ latencyHint: 'interactive' });
  track.onended = () => listener.ended();
  try {
    await context.audioWorklet.addModule(module);
    await context.resume();
    const node = new AudioWorkletNode(context, 'microphone', { outputChannelCount: [1] });
    node.port.onmessage = ({ data }: MessageEvent<Int16Array>) => listener.frame(data);
    // Its output is silence; without one, some browsers never ask for its input.
    context.createMediaStreamSource(stream).connect(node).connect(context.destination);
  } catch (error) {
    track.stop();
    void context.close();
    if (error instanceof DOMException) throw new NoMicrophone('broken');
    throw error;
  }
  const wake = (): void => void (document.visibilityState === 'visible' && context.resume().catch(ignoreClosed));
  document.addEventListener('visibilitychange', wake);
  return {
    device: track.getSettings().deviceId ?? '',
    track,
    close() {
      document.removeEventListener('visibilitychange', wake);
      track.onended = null;
      track.stop();
      void context.close().catch(ignoreClosed);
    },
  };
}

async function lent(device: string): Promise<MediaStream> {
  if (!window.isSecureContext || navigator.mediaDevices === undefined) throw new NoMicrophone('insecure');
  if (typeof AudioWorkletNode === 'undefined') throw new NoMicrophone('unable');
  const wanted = { echoCancellation: true, noiseSuppression: true, autoGainControl: false, channelCount: 1 };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: device === '' ? wanted : { ...wanted, deviceId: { exact: device } } });
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (device !== '' && (error.name === 'OverconstrainedError' || error.name === 'NotFoundError')) return lent('');
    throw new NoMicrophone(REFUSALS[error.name] ?? 'broken');
  }
}

export interface Device {
  id: string;
  name: string;
}

export interface Devices {
  inputs: readonly Device[];
  outputs: readonly Device[];
}

/** What can be chosen from. Names are only told once a microphone was lent. */
export async function devices(): Promise<Devices> {
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind): Device[] =>
    all.filter((device) => device.kind === kind && device.deviceId !== '').map(({ deviceId, label }) => ({ id: deviceId, name: label || 'Unnamed' }));
  return { inputs: of('audioinput'), outputs: of('audiooutput') };
}
