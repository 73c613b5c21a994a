/**
 * Her voice as a media track, let out through the loudspeaker's own context: so it is measured, shut at once, and played
 * where the person chose.
 *
 * It does not know where the track comes from.
 */
import { ignoreClosed } from './closed';
import { after, OPEN, shut, sounding, type Shutter } from './shutter';

/** The ring follows her as finely as when she comes in frames. */
const LOOK_MS = 60;
/** Samples looked at: at 24 kHz 85 ms, so that nothing between two looks is missed. */
const LOOKED_AT = 2_048;
/** Seconds in which the sound is shut or opened: no click, and heard as at once. */
const EASED_S = 0.005;

export class Track {
  #own: AudioContext | null = null;
  #element = new Audio();
  #source: MediaStreamAudioSourceNode;
  #meter: AnalyserNode;
  #gain: GainNode;
  #seen = new Float32Array(LOOKED_AT);
  #shutter: Shutter = OPEN;
  #looking: number;

  /** `sounds` is told how loud she is, 0 to 1. */
  constructor(
    context: AudioContext,
    stream: MediaStream,
    private readonly sounds: (loudness: number, sounding: boolean) => void,
  ) {
    // Chromium hands on no sound of a track that no element plays; this one plays it into nowhere.
    this.#element.muted = true;
    this.#element.srcObject = stream;
    void this.#element.play().catch(ignoreClosed);
    this.#source = this.#sourceIn(context, stream);
    const { context: here } = this.#source;
    this.#meter = new AnalyserNode(here, { fftSize: LOOKED_AT });
    this.#gain = new GainNode(here);
    this.#source.connect(this.#meter).connect(this.#gain).connect(here.destination);
    this.#looking = window.setInterval(() => this.#look(), LOOK_MS);
  }

  /** Stop means stop: silent here and now, and until she has fallen silent herself. */
  hush(): void {
    this.#shutter = shut(this.#shutter);
    this.#let(0);
  }

  close(): void {
    window.clearInterval(this.#looking);
    this.#let(0);
    this.#element.srcObject = null;
    window.setTimeout(() => this.#source.disconnect(), 4_000 * EASED_S);
    void this.#own?.close().catch(ignoreClosed);
  }

  #look(): void {
    this.#meter.getFloatTimeDomainData(this.#seen);
    const loudness = Math.sqrt(this.#seen.reduce((sum, sample) => sum + sample * sample, 0) / LOOKED_AT);
    const before = this.#shutter;
    this.#shutter = after(before, loudness, LOOK_MS);
    if (before.shut && !this.#shutter.shut) this.#let(1);
    this.sounds(this.#shutter.shut ? 0 : loudness, sounding(this.#shutter));
  }

  #let(gain: number): void {
    this.#gain.gain.setTargetAtTime(gain, this.#gain.context.currentTime, EASED_S / 4);
  }

  /** Firefox takes a track only into a context of the device's own rate: then it gets one. */
  #sourceIn(context: AudioContext, stream: MediaStream): MediaStreamAudioSourceNode {
    try {
      return context.createMediaStreamSource(stream);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.#own = new AudioContext({ latencyHint: 'interactive' });
      return this.#own.createMediaStreamSource(stream);
    }
  }
}
