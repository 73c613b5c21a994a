/**
 * One window with her: what it shows, what it keeps, what it asks.
 *
 * The rules are elsewhere and pure (`conversation`, `outbox`, `typing`); here they meet the socket, the storage and
 * the clock. It does not know what anything looks like.
 */
import { aloud, SILENT } from './aloud';
import { last, question, receive, speaking, START, stop, type Conversation, type Effect } from './conversation';
import * as outbox from './outbox';
import { admitted } from './house';
import { PROTOCOL, type Begin, type Frame } from './protocol';
import { claimByLock, hasWords, inherit, save, type Seat } from './seat';
import { seconds, typed, UNTOUCHED } from './typing';
import { wire, type Wire } from './wire';
import { length } from './words';

export type Link = 'connecting' | 'open' | 'away' | 'refused';

/** She may think ahead of a draft that rested this long; sooner would be a message per key. */
const DRAFT_MS = 120;
/** Four times a second is finer than anyone can interrupt. */
const SHOWN_MS = 250;
/** Sentences kept for the screen reader: enough that a slow one misses none. */
const ALOUD_KEPT = 6;

export class Face {
  talk = $state.raw<Conversation>(START);
  link = $state<Link>('connecting');
  /** Grows with every piece of her words: the ribbon ripples with it. */
  ripples = $state(0);
  /** When the last key came, for the ribbon to lean in. */
  touched = $state(0);
  beginning = $state(false);
  askingEarlier = $state(false);
  sentences = $state.raw<readonly { id: number; text: string }[]>([]);
  seat = $state.raw<Seat>({ client: '', outbox: outbox.EMPTY, draft: '' });
  /** Kept by the house, but not yet come back as an event. */
  settling = $state.raw<readonly outbox.Message[]>([]);

  speaking = $derived(speaking(this.talk));
  asked = $derived(this.seat.outbox.queue.length > 0 ? null : question(this.talk));

  #wire: Wire;
  #shelf: Storage;
  #writing = UNTOUCHED;
  #aloud = SILENT;
  #draftTimer = 0;
  #draftSent = '';
  #shownTimer = 0;
  #shown = { reply: 0, chars: 0 };
  #shownSent = { reply: 0, chars: 0 };

  constructor(url: string, seat: Seat, shelf: Storage) {
    this.seat = seat;
    this.#shelf = shelf;
    this.#wire = wire(url, {
      opened: () => this.#open(),
      heard: (frame) => this.#hear(frame),
      lost: () => (this.link = 'away'),
      refused: () => (this.link = 'refused'),
      admitted,
    });
    window.addEventListener('online', () => this.#wire.hurry());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#wire.hurry();
    });
  }

  /** The composer changed. Every key is kept at once; the house hears of it a moment later. */
  write(text: string): void {
    const now = performance.now();
    this.#writing = typed(this.#writing, length(this.seat.draft), length(text), now);
    this.touched = now;
    this.#keep({ ...this.seat, draft: text });
    this.#draftSoon();
  }

  say(): void {
    const text = this.seat.draft.trim();
    if (text === '') return;
    const { hesitations } = this.#writing;
    const took = seconds(this.#writing, performance.now());
    this.#post(outbox.add(this.seat.outbox, text, took, took === null ? null : hesitations), '');
  }

  tryAgain(message: outbox.Message): void {
    this.#post(outbox.again(this.seat.outbox, message), this.seat.draft);
  }

  /** A refused message goes back into the composer, before whatever is there. */
  takeBack(message: outbox.Message): void {
    const draft = [message.text, this.seat.draft].filter((part) => part !== '').join('\n');
    this.#writing = UNTOUCHED;
    this.#keep({ ...this.seat, outbox: outbox.letGo(this.seat.outbox, message), draft });
    this.#draftSoon();
  }

  interrupt(): void {
    const reply = this.speaking;
    if (reply === null) return;
    this.talk = stop(this.talk);
    this.#sendStop();
  }

  begin(how: Begin['how'], name: string | null = null): void {
    this.beginning = this.#wire.send({ kind: 'begin', ...(how && { how }), name });
  }

  skip(question: string): void {
    this.#wire.send({ kind: 'skip', question });
  }

  earlier(): void {
    const first = this.talk.events[0];
    if (!this.talk.more || this.askingEarlier || first === undefined) return;
    this.askingEarlier = this.#wire.send({ kind: 'earlier', before: first.seq });
  }

  dismissTrouble(): void {
    this.talk = { ...this.talk, trouble: null };
  }

  /**
   * The page has `chars` characters of stream `reply` in it. A window in the background counts: she would wait for it,
   * and the person finds her words there when they come back.
   */
  seen(reply: number, chars: number): void {
    this.#shown = { reply, chars };
    if (this.#shownTimer === 0) this.#shownTimer = window.setTimeout(() => this.#sendShown(), SHOWN_MS);
  }

  #open(): void {
    this.#wire.send({
      kind: 'open',
      protocol: PROTOCOL,
      client: this.seat.client,
      after: last(this.talk),
      reply: this.talk.stream?.reply ?? 0,
      have: length(this.talk.stream?.text ?? ''),
    });
  }

  #hear(frame: Frame): void {
    const before = this.talk;
    const [after, effects] = receive(before, frame, this.seat.client);
    this.talk = after;
    if (after.stream !== null && after.stream !== before.stream) this.ripples += 1;
    this.#noteArrival(frame);
    this.#readAloud(frame);
    for (const effect of effects) this.#act(effect);
  }

  #noteArrival(frame: Frame): void {
    if (frame.kind === 'welcome') {
      this.link = 'open';
      this.beginning = false;
      this.askingEarlier = false;
      this.#draftSent = '';
    }
    if (frame.kind === 'page') this.askingEarlier = false;
    if (frame.kind === 'trouble') this.beginning = false;
    if (frame.kind === 'ended') this.#sendShown();
    if (frame.kind === 'happened') this.settling = this.settling.filter((message) => !isHeard(frame, this.seat.client, message.n));
  }

  #act(effect: Effect): void {
    switch (effect.kind) {
      case 'reopen':
        return this.#wire.reopen();
      case 'heard-up-to':
        return this.#resume(effect.n);
      case 'kept':
        return this.#kept(effect.n, effect.seq);
      case 'refused':
        return this.#keep({ ...this.seat, outbox: outbox.refuse(this.seat.outbox, effect.n) });
    }
  }

  /** After every `welcome`: what the house has not heard is sent again, in order. */
  #resume(heard: number): void {
    this.#keep({ ...this.seat, outbox: outbox.heardUpTo(this.seat.outbox, heard) });
    for (const message of this.seat.outbox.queue) this.#wire.send(outbox.say(message));
    if (this.talk.stopped !== null) this.#sendStop();
    this.#draftSoon();
    if (!hasWords(this.seat)) void this.#inherit();
  }

  /** Words left by a window that died are sent in that window's name, so that none is heard twice. */
  async #inherit(): Promise<void> {
    const seat = await inherit(this.#shelf, sessionStorage, claimByLock);
    if (seat === null || hasWords(this.seat)) return;
    this.seat = seat;
    this.#wire.reopen();
  }

  /** Until the event itself comes, the words stay where they are. */
  #kept(n: number, seq: number): void {
    const message = this.seat.outbox.queue.find((waiting) => waiting.n === n);
    if (message !== undefined && seq > last(this.talk)) this.settling = [...this.settling, message];
    this.#keep({ ...this.seat, outbox: outbox.kept(this.seat.outbox, n) });
  }

  #post(next: outbox.Outbox, draft: string): void {
    this.dismissTrouble();
    this.#sendShown(); // these words may cut hers off: she keeps what was on the screen until now
    this.#keep({ ...this.seat, outbox: next, draft });
    if (draft === '') {
      window.clearTimeout(this.#draftTimer);
      this.#writing = UNTOUCHED;
      this.#draftSent = '';
    }
    const message = next.queue.at(-1);
    if (message !== undefined && this.link === 'open') this.#wire.send(outbox.say(message));
  }

  #keep(seat: Seat): void {
    this.seat = seat;
    save(this.#shelf, seat);
  }

  #draftSoon(): void {
    window.clearTimeout(this.#draftTimer);
    this.#draftTimer = window.setTimeout(() => {
      const text = this.seat.draft;
      if (this.link !== 'open' || this.talk.stage === 'unmet' || text === this.#draftSent) return;
      if (this.#wire.send({ kind: 'draft', text })) this.#draftSent = text;
    }, DRAFT_MS);
  }

  #sendShown(): void {
    window.clearTimeout(this.#shownTimer);
    this.#shownTimer = 0;
    const { reply, chars } = this.#shown;
    if (reply === 0 || (reply === this.#shownSent.reply && chars === this.#shownSent.chars)) return;
    if (this.#wire.send({ kind: 'shown', reply, chars })) this.#shownSent = { reply, chars };
  }

  #sendStop(): void {
    const reply = this.talk.stopped;
    if (reply === null) return;
    const chars = this.talk.stream?.reply === reply ? length(this.talk.stream.text) : 0;
    this.#wire.send({ kind: 'stop', reply, chars });
  }

  #readAloud(frame: Frame): void {
    if (this.talk.catchingUp) return;
    if (heardAnyway(frame, this.talk)) return;
    const stream = this.talk.stream;
    if (frame.kind === 'words' && stream?.reply === frame.reply) this.#tell(stream.reply, stream.text, false);
    if (frame.kind === 'happened' && frame.event.kind === 'said') this.#tell(frame.event.reply, frame.event.text, true);
  }

  #tell(reply: number, text: string, whole: boolean): void {
    const [after, sentence] = aloud(this.#aloud, reply, text, whole);
    this.#aloud = after;
    if (sentence === '') return;
    const id = (this.sentences.at(-1)?.id ?? 0) + 1;
    this.sentences = [...this.sentences, { id, text: sentence }].slice(-ALOUD_KEPT);
  }
}

/** In a call she speaks for herself: a screen reader would talk over her. */
function heardAnyway(frame: Frame, talk: Conversation): boolean {
  return talk.calling !== null || (frame.kind === 'happened' && frame.event.kind === 'said' && frame.event.spoken);
}

function isHeard(frame: Frame, client: string, n: number): boolean {
  return frame.kind === 'happened' && frame.event.kind === 'heard' && frame.event.client === client && frame.event.n === n;
}
