/**
 * The loudspeaker: an AudioContext at her rate, with the jitter buffer in it.
 *
 * Made within a click, or browsers keep it silent. It does not know where her voice comes from.
 */
import module from '../../worklets/speaker?worker&url';
import type { FromSpeaker, ToSpeaker } from '../../worklets/speaker';
import { ignoreClosed } from './closed';
import { SPOKEN_RATE, type Spoken } from './packets';
import { Track } from './track';

export interface SpeakerListener {
  /** So much of a speech has left the loudspeaker. */
  played(speech: number, samples: number): void;
  /** How loud she is just now, 0 to 1. */
  sounds(loudness: number, sounding: boolean): void;
  /** The browser stopped the sound (a locked phone, a telephone call), or lets it go on. */
  paused(paused: boolean): void;
}

/** Not in every browser, nor in TypeScript's library. */
type Sinkable = AudioContext & { setSinkId?: (id: string) => Promise<void> };

/** Silence takes its 5 ms and the device's buffer; then the context may go. */
const CLOSE_MS = 80;

export class Speaker {
  #context: Sinkable;
  #node: AudioWorkletNode | null = null;
  #track: Track | null = null;
  #untold: { order: ToSpeaker; transfer: Transferable[] }[] = [];
  #last = { speech: 0, samples: 0 };
  #closed = false;

  /** Call it within the person's click, and `open` as soon as may be. */
  constructor(private readonly listener: SpeakerListener) {
    this.#context = madeContext();
    void this.#context.resume();
  }

  static canChooseOutput(): boolean {
    return 'setSinkId' in AudioContext.prototype;
  }

  async open(): Promise<void> {
    await this.#context.audioWorklet.addModule(module);
    if (this.#closed) return;
    const node = new AudioWorkletNode(this.#context, 'speaker', { numberOfInputs: 0, outputChannelCount: [1] });
    node.port.onmessage = ({ data }: MessageEvent<FromSpeaker>) => this.#reported(data);
    node.connect(this.#context.destination);
    this.#node = node;
    this.#context.onstatechange = () => this.listener.paused(!this.#closed && this.#context.state !== 'running');
    for (const { order, transfer } of this.#untold) node.port.postMessage(order, transfer);
    this.#untold = [];
  }

  put(spoken: Spoken): void {
    this.#tell({ kind: 'put', ...spoken }, [spoken.samples.buffer]);
  }

  duck(gain: number): void {
    this.#tell({ kind: 'duck', gain });
  }

  hold(holding: boolean): void {
    this.#tell({ kind: 'hold', holding });
  }

  hush(speech: number): void {
    this.#track?.hush();
    this.#tell({ kind: 'hush', speech });
  }

  /** Her voice comes as a track from now on; null: in frames again. */
  follow(stream: MediaStream | null): void {
    this.#track?.close();
    this.#track = stream && new Track(this.#context, stream, (loudness, sounding) => this.listener.sounds(loudness, sounding));
  }

  /** A track on which nothing is heard, for a line that wants one while the microphone is off. */
  silence(): MediaStreamTrack | null {
    const nothing = new ConstantSourceNode(this.#context, { offset: 0 });
    const track = new MediaStreamAudioDestinationNode(this.#context, { channelCount: 1 });
    nothing.connect(track);
    nothing.start();
    return track.stream.getAudioTracks()[0] ?? null;
  }

  reset(): void {
    this.#last = { speech: 0, samples: 0 };
    this.#tell({ kind: 'reset' });
  }

  /** True when sound goes on after it: some browsers want another click. */
  async resume(): Promise<boolean> {
    if (!this.#closed && this.#context.state !== 'running') await this.#context.resume().catch(ignoreClosed);
    return this.#context.state === 'running';
  }

  /** Plays on another device; false when that cannot be. */
  async useOutput(id: string): Promise<boolean> {
    try {
      await this.#context.setSinkId?.(id);
      return true;
    } catch (error) {
      if (error instanceof DOMException) return false;
      throw error;
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.follow(null);
    this.#tell({ kind: 'reset' });
    window.setTimeout(() => void this.#context.close().catch(ignoreClosed), CLOSE_MS);
  }

  #tell(order: ToSpeaker, transfer: Transferable[] = []): void {
    if (this.#node === null) this.#untold.push({ order, transfer });
    else this.#node.port.postMessage(order, transfer);
  }

  #reported({ speech, samples, loudness, sounding }: FromSpeaker): void {
    if (this.#closed || this.#track !== null) return;
    this.listener.sounds(loudness, sounding);
    if (speech === this.#last.speech && samples === this.#last.samples) return;
    this.#last = { speech, samples };
    // What was taken is heard a little later: the device has a buffer of its own.
    const late = 1_000 * ((this.#context.outputLatency || 0) + (this.#context.baseLatency || 0));
    window.setTimeout(() => {
      if (!this.#closed && speech >= this.#last.speech) this.listener.played(speech, samples);
    }, late);
  }
}

function madeContext(): Sinkable {
  try {
    return new AudioContext({ sampleRate: SPOKEN_RATE, latencyHint: 'interactive' });
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return new AudioContext({ latencyHint: 'interactive' }); // it has a rate of its own; the worklet follows
  }
}
