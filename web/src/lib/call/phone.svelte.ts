/**
 * This window's telephone: what rings, listens and speaks in a call.
 *
 * The rules are elsewhere and pure (`call`, `jitter`, `unsent`, `level`, `weather`); here they meet the microphone, the
 * loudspeaker, the line and the clock. It does not know what anything looks like, nor what is said.
 */
import { newId } from '../seat';
import { PROTOCOL } from '../protocol';
import { connect, offers } from '../rtc';
import { IDLE, live, sentence, step, type Call, type Effect, type Happening } from './call';
import { goodbye } from './goodbye';
import { decibels, heard, QUIET } from './level';
import { line, type Line } from './line';
import { devices, NoMicrophone, open, type Devices, type Microphone } from './microphone';
import { down } from './packets';
import { second } from './second';
import { Speaker } from './speaker';
import { Unsent } from './unsent';
import { stayAwake } from './wakefulness';
import { broke, FAIR, firstWay, receipt, shouldMove, type Way } from './weather';

/** The ring is drawn anew every third frame: 60 ms is finer than an eye follows. */
const SHOWN_EVERY = 3;
/** Frames without the least noise, three seconds: this microphone gives nothing. */
const DEAD_FRAMES = 150;
/** After Stop, what still arrives of her is dropped until the house says `hushed`; it may have had nothing to hush. */
const HUSHING_MS = 1_000;
/** Frames without a receipt, on a house that gives one every half second: six seconds. The line only looks open. */
const STUCK = 300;
/** Frames between two receipts, at most, of a house that can be judged by them. */
const OFTEN = 100;

const INPUT = 'os1.input';
const OUTPUT = 'os1.output';
const WEBRTC = 'os1.webrtc';
/** Where a house that is open to phones takes calls over WebRTC. */
const OFFER = '/api/call/offer';

export class Phone {
  call = $state.raw<Call>(IDLE);
  /** How loud the person is, 0 to 1, and whether they speak. */
  level = $state(0);
  speaking = $state(false);
  /** The microphone gives no sound at all. */
  dead = $state(false);
  /** How loud she is, 0 to 1. */
  voice = $state(0);
  sounding = $state(false);
  devices = $state.raw<Devices>({ inputs: [], outputs: [] });
  input = $state('');
  /** The microphone that really listens. */
  using = $state('');
  output = $state('');
  /** The person wants WebRTC, for a bad network. */
  webrtc = $state(false);
  /** It did not come through from here: not tried again by itself. */
  noWebrtc = $state(false);

  live = $derived(live(this.call));

  #url: string;
  #shelf: Storage;
  #client: () => string;
  #line: Line | null = null;
  #microphone: Microphone | null = null;
  #speaker: Speaker | null = null;
  #unsent = new Unsent();
  #level = QUIET;
  #frames = 0;
  #toldMuted = false;
  #oftenConfirmed = false;
  /** The newest speech of hers that arrived, and how many of its frames. */
  #arrived = { speech: 0, frames: 0 };
  #hushing = 0;
  #weather = FAIR;
  #asking = false;
  /** Sent on a line that wants a track while the microphone is off. */
  #silence: MediaStreamTrack | null = null;
  #asleepAgain: () => void = () => undefined;

  /** `client`: which seat this window has; it may change. */
  constructor(url: string, client: () => string, shelf: Storage) {
    this.#url = url;
    this.#client = client;
    this.#shelf = shelf;
    this.input = shelf.getItem(INPUT) ?? '';
    this.output = Speaker.canChooseOutput() ? (shelf.getItem(OUTPUT) ?? '') : '';
    this.webrtc = shelf.getItem(WEBRTC) !== null;
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.goOn();
    });
    window.addEventListener('pagehide', () => this.hangUp());
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.#look());
  }

  sentence(her: string): string {
    return sentence(this.call, her) || (this.dead ? 'No sound comes from this microphone.' : '');
  }

  /** In a click. */
  async press(): Promise<void> {
    if (this.call.state !== 'idle' && this.call.state !== 'ended') return;
    const id = newId();
    this.#take({ kind: 'pressed', id });
    if (!window.isSecureContext || typeof AudioContext === 'undefined') return this.#refused(new NoMicrophone(window.isSecureContext ? 'unable' : 'insecure'));
    this.#begin();
    const [lent] = await Promise.all([this.#listen(), this.#speaker?.open()]);
    if (!lent || this.call.id !== id) return;
    this.#take({ kind: 'lent', way: firstWay(this.webrtc, this.noWebrtc) });
    void this.goOn();
  }

  hangUp(): void {
    if (!this.live && this.call.state !== 'asking') return;
    const { id, answered } = this.call;
    const told = this.#line?.send({ kind: 'hang_up' }) ?? false;
    this.#take({ kind: 'hung-up' });
    if (answered && !told) goodbye(this.#url, { kind: 'dial', protocol: PROTOCOL, client: this.#client(), call: id, ...this.#arrived });
  }

  /** Stop means stop: silent here and now, whenever the house hears of it. */
  hush(): void {
    if (!this.live) return;
    this.#speaker?.hush(this.#arrived.speech);
    window.clearTimeout(this.#hushing);
    this.#hushing = window.setTimeout(() => (this.#hushing = 0), HUSHING_MS);
    this.#line?.send({ kind: 'hush' });
  }

  /** Off: the device itself is let go, and the browser's own sign with it. */
  async mute(muted: boolean): Promise<void> {
    if (!this.live || muted === this.call.muted) return;
    if (muted) {
      this.#deafen();
      this.#line?.microphone(this.#track());
    } else if (!(await this.#listen())) return;
    this.#take({ kind: 'muted', muted });
    this.#tellMuted();
  }

  async useInput(id: string): Promise<void> {
    this.input = id;
    this.#shelf.setItem(INPUT, id);
    if (!this.live || this.call.muted) return;
    this.#deafen();
    if (await this.#listen()) this.#take({ kind: 'plugged' });
  }

  async useOutput(id: string): Promise<void> {
    if ((await this.#speaker?.useOutput(id)) === false) return;
    this.output = id;
    this.#shelf.setItem(OUTPUT, id);
  }

  /** Over WebRTC from now on, or not any more; a call that goes on is moved. */
  useWebrtc(wanted: boolean): void {
    [this.webrtc, this.noWebrtc] = [wanted, false];
    if (wanted) this.#shelf.setItem(WEBRTC, 'yes');
    else this.#shelf.removeItem(WEBRTC);
    const way = firstWay(wanted, false);
    if (this.live && this.call.way !== way) this.#move(way);
  }

  /** The sound goes on, if the browser lets it. */
  async goOn(): Promise<void> {
    if (this.#speaker !== null) this.#take({ kind: 'paused', paused: !(await this.#speaker.resume()) });
  }

  dismiss(): void {
    this.#take({ kind: 'dismissed' });
  }

  // --- what happens, and what is done about it ---

  #take(happening: Happening): void {
    const [call, effects] = step(this.call, happening);
    this.call = call;
    for (const effect of effects) this.#act(effect);
  }

  #act(effect: Effect): void {
    switch (effect.kind) {
      case 'dial':
        return this.#connect();
      case 'resend':
        return this.#resend(effect.frame, effect.anew);
      case 'confirm':
        return this.#confirmed(effect.frame);
      case 'sound':
        return this.#sound(effect.order);
      case 'release':
        return this.#release();
    }
  }

  #begin(): void {
    this.#unsent = new Unsent();
    this.#toldMuted = false;
    this.#arrived = { speech: 0, frames: 0 };
    [this.#weather, this.#silence] = [FAIR, null];
    this.#speaker = new Speaker({
      played: (speech, samples) => void this.#line?.send({ kind: 'played', speech, samples }),
      sounds: (loudness, sounding) => {
        [this.voice, this.sounding] = [loudness, sounding];
      },
      paused: (paused) => this.#take({ kind: 'paused', paused }),
    });
    if (this.output !== '') void this.#speaker.useOutput(this.output);
  }

  #connect(): void {
    this.#asleepAgain();
    this.#asleepAgain = stayAwake();
    if (this.call.way === 'webrtc') return this.#offer(this.call.id);
    this.#line = line(this.#url, {
      opened: () => this.#dial(),
      heard: (frame) => this.#take({ kind: 'frame', frame }),
      sound: (message) => this.#arrive(message),
      lost: (tries) => this.#lost(tries),
    });
  }

  #offer(call: string): void {
    this.#line = second((track, listener) => connect(OFFER, { client: this.#client(), call }, track, listener), this.#track(), {
      heard: (frame) => this.#take({ kind: 'frame', frame }),
      voice: (stream) => this.#speaker?.follow(stream),
      lost: () => this.#take({ kind: 'lost', tries: 1 }),
      failed: () => {
        this.noWebrtc = true;
        this.#speaker?.follow(null);
        this.#take({ kind: 'fell-back' });
      },
    });
  }

  #lost(tries: number): void {
    if (this.call.state === 'on') this.#weather = broke(this.#weather, performance.now());
    this.#take({ kind: 'lost', tries });
    void this.#consider();
  }

  #confirmed(frame: number): void {
    this.#oftenConfirmed ||= this.#unsent.waiting < OFTEN;
    this.#unsent.confirm(frame);
    this.#weather = receipt(this.#weather, this.#unsent.waiting, performance.now());
    void this.#consider();
  }

  /** Is the other way better? The house is asked first: without one, a bad line is better than none. */
  async #consider(): Promise<void> {
    const { id, way } = this.call;
    if (this.#asking || !this.live || !shouldMove(way, this.noWebrtc, this.#weather, performance.now())) return;
    this.#asking = true;
    const offered = await offers(OFFER);
    this.#asking = false;
    if (offered === false) this.noWebrtc = true;
    if (offered === true && this.live && this.call.id === id && this.call.way === way) this.#move('webrtc');
  }

  /** To another line, as another call: the house cannot change what carries one. */
  #move(way: Way): void {
    this.#line?.send({ kind: 'hang_up' });
    this.#line?.close();
    this.#line = null;
    this.#speaker?.follow(null);
    this.#speaker?.reset();
    this.#weather = FAIR;
    this.#take({ kind: 'moved', way, id: newId() });
  }

  #dial(): void {
    const { id } = this.call;
    this.#line?.send({ kind: 'dial', protocol: PROTOCOL, client: this.#client(), call: id, ...this.#arrived });
  }

  #resend(frame: number, anew: boolean): void {
    if (this.call.way === 'webrtc') this.#unsent = new Unsent(); // the track carries what is said from now on
    if (anew) {
      this.#unsent.renumber(frame);
      this.#speaker?.reset();
      this.#arrived = { speech: 0, frames: 0 };
      this.#toldMuted = false;
    } else this.#unsent.confirm(frame);
    this.#oftenConfirmed = false;
    for (const message of this.#unsent.all()) this.#line?.send(message);
    this.#tellMuted();
  }

  #sound(order: Extract<Effect, { kind: 'sound' }>['order']): void {
    switch (order.kind) {
      case 'duck':
        return this.#speaker?.duck(order.gain);
      case 'hold':
        return this.#speaker?.hold(order.holding);
      case 'hushed':
        window.clearTimeout(this.#hushing);
        this.#hushing = 0;
        return this.#speaker?.hush(order.speech);
    }
  }

  #arrive(message: ArrayBuffer): void {
    const spoken = down(message);
    if (spoken === null) return;
    const { speech, frame } = spoken;
    this.#arrived = { speech, frames: frame + 1 };
    if (this.#hushing === 0) this.#speaker?.put(spoken);
  }

  #tellMuted(): void {
    const { state, muted } = this.call;
    if (state !== 'on' || muted === this.#toldMuted) return;
    if (this.#line?.send({ kind: 'mute', muted }) === true) this.#toldMuted = muted;
  }

  // --- the microphone ---

  /** True when it listens. */
  async #listen(): Promise<boolean> {
    const { id } = this.call;
    try {
      const opened = await open(this.input, { frame: (samples) => this.#hear(samples), ended: () => this.#unplugged() });
      if (this.call.id !== id || !(this.live || this.call.state === 'asking')) {
        opened.close();
        return false;
      }
      this.#microphone?.close();
      this.#microphone = opened;
      this.using = opened.device;
      this.#line?.microphone(opened.track);
      void this.#look();
      return true;
    } catch (error) {
      if (!(error instanceof NoMicrophone)) throw error;
      this.#refused(error);
      return false;
    }
  }

  /** Before the call it ends there; in the middle of one she goes on speaking, and another can be chosen. */
  #refused(error: NoMicrophone): void {
    this.#line?.microphone(this.#track());
    this.#take(this.live ? { kind: 'unplugged' } : { kind: 'refused', why: error.why });
  }

  #unplugged(): void {
    this.#deafen();
    this.#line?.microphone(this.#track());
    this.#take({ kind: 'unplugged' });
    void this.#look();
  }

  /** What of the person is sent as a track. */
  #track(): MediaStreamTrack | null {
    return this.#microphone?.track ?? (this.#silence ??= this.#speaker?.silence() ?? null);
  }

  #deafen(): void {
    this.#microphone?.close();
    this.#microphone = null;
    [this.#level, this.level, this.speaking, this.dead] = [QUIET, 0, false, false];
  }

  #hear(samples: Int16Array): void {
    if (!this.live) return; // lent, but she is not called yet
    if (this.call.way === 'socket' || this.call.state !== 'on') this.#keep(samples);
    if (this.call.state === 'on' && this.#oftenConfirmed && this.#unsent.waiting > STUCK) this.#stuck();
    this.#level = heard(this.#level, decibels(samples));
    this.#frames += 1;
    if (this.#frames % SHOWN_EVERY !== 0) return;
    [this.level, this.speaking, this.dead] = [this.#level.shown, this.#level.speaking, this.#level.dead > DEAD_FRAMES];
  }

  #keep(samples: Int16Array): void {
    const message = this.#unsent.add(samples);
    if (this.call.state === 'on') this.#line?.send(message);
  }

  /** Nothing comes back any more: the network changed, and the browser has not noticed. */
  #stuck(): void {
    this.#oftenConfirmed = false;
    this.#line?.reopen();
  }

  async #look(): Promise<void> {
    this.devices = await devices();
  }

  #release(): void {
    this.#deafen();
    this.#speaker?.close();
    this.#line?.close();
    this.#asleepAgain();
    window.clearTimeout(this.#hushing);
    [this.#speaker, this.#line, this.#hushing] = [null, null, 0];
    [this.voice, this.sounding, this.#oftenConfirmed] = [0, false, false];
  }
}
