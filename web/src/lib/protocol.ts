// Made from src/os1/events.py, frames.py and voice/signals.py by `python -m os1.cli protocol`. Do not edit: change the models and make it again.

/** Raised when an old window could misread a new frame; the window then asks to be reloaded. */
export const PROTOCOL = 1;

/** Characters in one message, about four printed pages: more would push her memories out of a small brain's window. */
export const LONGEST_MESSAGE = 8000;

/** A person opened the door for the first time, and chose how to meet her. */
export interface Began {
  kind: "began";
  how: "interview" | "shipped" | "named";
  /** The name the person gives her, when `how` is "named". */
  name: string | null;
}

/** The person said something. Acknowledged only once it is on disk. */
export interface Heard {
  kind: "heard";
  text: string;
  /** The window it came from; with `n` it makes a message known again when it is sent twice. */
  client: string;
  n: number;
  /** How long the person took to write it, from first key to sending. */
  seconds: number | null;
  /** How often they stopped for over two seconds, or took words back. */
  hesitations: number | null;
  /** The id of her question that this answers, in the first meeting. */
  answers: string | null;
  /** In a call: the words are what she understood. */
  spoken: boolean;
  /** It continues the person's words before it: they paused, and went on. */
  goes_on: boolean;
}

/** The person called her, and she picked up. She owes a hello. */
export interface Called {
  kind: "called";
  client: string;
}

/** The call is over. */
export interface HungUp {
  kind: "hung_up";
  /** How long it was. */
  seconds: number;
  /** hung_up: the person ended it; lost: the line broke and did not come back; closed: the house closed. */
  why: "hung_up" | "lost" | "closed";
}

/** The person would rather not answer that question. */
export interface Skipped {
  kind: "skipped";
  question: string;
}

/** What was really shown or played of her words, which may be less than what was thought. */
export interface Said {
  kind: "said";
  text: string;
  /** The log number of what this answers: the stream it came in was named by the same number. */
  reply: number;
  cut_off: boolean;
  /** The id of the question it ends with, in the first meeting. */
  asks: string | null;
  /** Which brain found the words; None when they were written in advance. */
  brain: string | null;
  /** Log numbers of the memories that were in mind: "why did you say that?" can be answered. */
  recalled: readonly number[];
  /** In a call: the words are those that were really played. */
  spoken: boolean;
}

/** Who she is was settled, or changed: after the first meeting, by an edit of the persona file, by an import. */
export interface Met {
  kind: "met";
  /** A whole `os1.persona.Persona`, as plain values. */
  persona: Record<string, unknown>;
  why: "interview" | "shipped" | "named" | "edited";
}

/** Someone said they would do something. */
export interface Promised {
  kind: "promised";
  /** The promise, word for word. */
  text: string;
  /** The log number of the words it was made in. */
  heard: number;
  due: string | null;
}

/** A day, and how exactly it is known: "in March" is the 1st of March, to the month. */
export interface Dated {
  day: string;
  precision: "day" | "week" | "month" | "year";
}

/** Characters `start` to `end` (not included) of the words kept as number `seq`: a quote that cannot be invented. */
export interface Span {
  seq: number;
  start: number;
  end: number;
}

/** Words from a life before OS1, word for word: a talk elsewhere, a diary. They happened when they were said there. */
export interface Brought {
  kind: "brought";
  /** What makes it known again when the same export is brought once more, such as "chatgpt:<message id>". */
  key: string;
  /** companion: whoever they talked with there. */
  speaker: "person" | "companion";
  /** Who spoke, if it was not the person: "ChatGPT", "Seraphina". */
  name: string;
  text: string;
  /** chatgpt, sillytavern, lorebook, letta, markdown, diary. */
  source: string;
  /** The conversation or file it belongs to. */
  talk: string;
}

/** A character card that came along, kept whole: with what it has that is unknown here it can be written again. */
export interface Carded {
  kind: "carded";
  /** What makes it known again, as in `Brought`. */
  key: string;
  name: string;
  /** Its JSON, word for word. */
  card: string;
  /** The PNG it was in, without the card, in base64; empty where there was none, or too large a one. */
  picture: string;
  /** Whether the person asked that she become who is on it. */
  worn: boolean;
}

/** She learned something about the person or someone in their life. Its log number is the fact's id. */
export interface Learned {
  kind: "learned";
  /** Whom: a name as it was said, or "my sister" while she has none; empty: the person themself. */
  about: string;
  /** Which kind of thing, a slot of `os1.memory.slots`: lives_in, works_as, likes. */
  what: string;
  /** In the words that were used: "Lisbon", "my sister". */
  value: string;
  /** Where it was said. None only for what the person wrote into Our story themself. */
  quote: Span | null;
  /** When those words were said; None: when this was written down. */
  said: string | null;
  /** From when it is true, as far as that was said. */
  since: Dated | null;
  until: Dated | null;
  /** It was told as being over: "I used to live in Rome". */
  over: boolean;
  /** Told as a correction: what was believed in its place was never true. */
  mends: boolean;
  /** The fact whose place it takes, if the person said which. */
  replaces: number | null;
  sure: number;
  /** Who drew it from the words; person: written by them, and it beats the others for ever. */
  by: "rules" | "brain" | "person";
}

/** The person's own word about a fact. */
export interface Settled {
  kind: "settled";
  fact: number;
  /** true: it holds (again); wrong: it never did; past: it did once; rest: do not bring it up; wake: you may again. */
  how: "true" | "wrong" | "past" | "rest" | "wake";
}

/** A chapter of their story was written, or written anew: the latest of the same level and first day counts. */
export interface Chaptered {
  kind: "chaptered";
  level: "day" | "week" | "arc" | "life";
  first: string;
  last: string;
  title: string;
  text: string;
  /** Log numbers of the words it is made of. */
  cites: readonly number[];
  by: "rules" | "brain" | "person";
}

/** Two names are one person: "Annie" is Ana. */
export interface Merged {
  kind: "merged";
  name: string;
  other: string;
}

/**
 * One name is two people: these facts belong to the other, who is called `other` from now on.
 * Without facts: a merge is taken back.
 */
export interface Parted {
  kind: "parted";
  name: string;
  other: string;
  facts: readonly number[];
}

/** The quiet work on the words up to this log number is done. */
export interface Dreamt {
  kind: "dreamt";
  upto: number;
  of: "facts" | "chapters";
}

/** From here on nothing is kept, until it is off again. */
export interface Private {
  kind: "private";
  on: boolean;
}

/** What is left where something was: forgotten at the person's wish, or said in private. Never what it was about. */
export interface Erased {
  kind: "erased";
  /** The kind of event it was. */
  was: string;
}

/** The receipt for a forgetting. It says how much went, and never what. */
export interface Forgot {
  kind: "forgot";
  scope: "sentence" | "fact" | "topic" | "person" | "day" | "all";
  /** Log numbers that were erased or shortened: whoever shows them shows them no more. */
  seqs: readonly number[];
  facts: number;
  chapters: number;
  /** Keyed hashes of what must not be learned again. */
  never: readonly string[];
}

/** An event with its place in the log. Also the frame that tells a window of it. */
export interface Happened {
  kind: "happened";
  /** Its number in this companion's log: 1, 2, 3, without gaps. */
  seq: number;
  at: string;
  event: Event;
}

/** The first thing a window says, and again after a lost connection. */
export interface Open {
  kind: "open";
  protocol?: number;
  /** Made up by the window once, and kept: "n" counts within it. */
  client: string;
  /** The last log number it has shown; -1: nothing yet, send the most recent page. */
  after?: number;
  /** The stream it was showing when the connection was lost, 0 for none ... */
  reply?: number;
  /** ... and how many characters of it were shown. */
  have?: number;
}

/** The person sends a message. */
export interface Say {
  kind: "say";
  /** 1, 2, 3 within this client. Sending the same n again is safe: it is answered with the same `kept`. */
  n: number;
  text: string;
  seconds?: number | null;
  hesitations?: number | null;
}

/** Words not sent yet: she may think ahead, but she has not heard them. Never stored. */
export interface Draft {
  kind: "draft";
  text: string;
}

/** So many characters of a stream have been shown to the person. */
export interface Shown {
  kind: "shown";
  reply: number;
  chars: number;
}

/** The person interrupts her. */
export interface Stop {
  kind: "stop";
  reply: number;
  /** How much of it they had seen. */
  chars: number;
}

/** The first meeting starts, in the way the person chose. */
export interface Begin {
  kind: "begin";
  how?: "interview" | "shipped" | "named";
  name?: string | null;
}

/** Next question, please. */
export interface Skip {
  kind: "skip";
  question: string;
}

/** A page of older events, for someone scrolling back. */
export interface Earlier {
  kind: "earlier";
  before: number;
}

/** The answer to `open`. */
export interface Welcome {
  kind: "welcome";
  protocol: number;
  /** The newest log number. Frames `happened` up to it follow at once, then `caught_up`. */
  last: number;
  /** What follows is the latest page: whatever the window shows is shown no more. Also after something was forgotten. */
  fresh: boolean;
  /** unmet: nothing was chosen yet, offer `begin`; meeting: the first conversation; living: ever after. */
  stage: "unmet" | "meeting" | "living";
  /** What she is called, once she has a name. */
  name: string | null;
  /** The last `n` of this client that is in the log: the window may drop those from its queue. */
  heard_n: number;
  /** Whether she is off the record: nothing that is said is kept just now. */
  private: boolean;
  brain: BrainFrame;
}

/** All that was missed has been sent. */
export interface CaughtUp {
  kind: "caught_up";
  last: number;
}

/** Numbers `first` to `last` hold nothing for a window to show: what she learned in a quiet hour, a life brought along. */
export interface Passed {
  kind: "passed";
  first: number;
  last: number;
}

/** Older events, oldest first; `more` says whether there is anything before them. */
export interface Page {
  kind: "page";
  events: readonly Happened[];
  more: boolean;
}

/** The message `n` is on disk, as number `seq` of the log. */
export interface Kept {
  kind: "kept";
  n: number;
  seq: number;
}

/** She has begun to think about number `reply`. A stream of that name may follow. */
export interface Thinking {
  kind: "thinking";
  reply: number;
}

/**
 * A piece of her answer to number `reply`: put it at character `start`.
 *
 * A window that already has some of it keeps what it has; one that misses some asks again with `open`.
 */
export interface Words {
  kind: "words";
  reply: number;
  start: number;
  text: string;
}

/** The stream `reply` is over. What was kept of it follows, or was sent, as a `said` event; `chars` 0: nothing was. */
export interface Ended {
  kind: "ended";
  reply: number;
  chars: number;
}

/** How her brain is. */
export interface BrainFrame {
  kind: "brain";
  state: "waking" | "ready" | "lost";
  /** For people: "embedded · Qwen2.5 1.5B", "ollama · llama3.2". */
  name: string;
  /** A sentence for the person, when there is something to say about it. */
  text: string;
}

/**
 * What the person is saying in the call, as far as she has understood it: a caption, replaced by the next one.
 * Empty: it was nothing after all.
 */
export interface Hearing {
  kind: "hearing";
  text: string;
}

/** Whether a call is going on, so that every window shows that she listens. */
export interface Calling {
  kind: "calling";
  /** away: the line is broken, and she waits for it. */
  state: "off" | "on" | "away";
  /** The window that called. */
  client: string;
  /** The microphone is off. */
  muted: boolean;
}

/** Something went wrong; nothing that was acknowledged is lost. */
export interface Trouble {
  kind: "trouble";
  /** As in `os1.errors`. */
  code: string;
  /** What she says about it. */
  text: string;
  /** The message it is about: the window keeps those words and offers them again. */
  n: number | null;
  /** For out-of-order: the `n` she waits for. For ahead-of-log: the newest number she has. */
  expected: number | null;
}

/** The first thing said on a call's line, and again on a new line after a lost one. */
export interface Dial {
  kind: "dial";
  protocol?: number;
  /** As in `open`. */
  client: string;
  /** Made up by the window for each call; the same one takes up a call that lost its line. */
  call: string;
  /** The speech that was playing when the line was lost, 0 for none ... */
  speech?: number;
  /** ... and how many of its frames arrived, played or not. */
  frames?: number;
}

/** So much of a speech has left the loudspeaker. */
export interface Played {
  kind: "played";
  speech: number;
  /** At 24 kHz. */
  samples: number;
}

/** The microphone was turned off or on. */
export interface Mute {
  kind: "mute";
  muted: boolean;
}

/** Be silent: the person pressed stop. The page is silent already. */
export interface Hush {
  kind: "hush";
}

/** Goodbye. */
export interface HangUp {
  kind: "hang_up";
}

/** She picked up, or took up the call that lost its line. */
export interface Answered {
  kind: "answered";
  call: string;
  /** It is the same call, on a new line. */
  again: boolean;
  /** The next frame of the microphone she wants: what is older may be dropped, what is newer is sent again. */
  frame: number;
}

/** She has heard the microphone up to here: the window may drop what it kept. */
export interface Got {
  kind: "got";
  /** The next frame she wants. */
  frame: number;
}

/** Her voice, louder or softer from now on, eased over 50 ms. 1: as usual. */
export interface Duck {
  kind: "duck";
  gain: number;
}

/** Stop playing where you are, or go on from there. */
export interface Hold {
  kind: "hold";
  holding: boolean;
}

/** Silence now: drop everything of this speech and before it. */
export interface Hushed {
  kind: "hushed";
  speech: number;
}

/** One stage of a turn, in milliseconds from the end of the person's speech. */
export interface Stage {
  name: string;
  start: number;
  end: number;
}

/** Where the time of one turn went: shown as a waterfall to whoever opens it. */
export interface Trace {
  kind: "trace";
  reply: number;
  /** Milliseconds from the end of the person's speech to her first audible sound leaving the house. */
  voice_to_voice: number;
  stages: readonly Stage[];
}

/** The call is over. */
export interface CallEnded {
  kind: "call_ended";
  /** elsewhere: another window called her. */
  why: "hung_up" | "lost" | "closed" | "elsewhere";
  /** A sentence for the person, when there is something to say about it. */
  text: string;
}

export type Event = Began | Heard | Called | HungUp | Skipped | Said | Met | Promised | Brought | Carded | Learned | Settled | Chaptered | Merged | Parted | Dreamt | Private | Erased | Forgot;

export type Command = Open | Say | Draft | Shown | Stop | Begin | Skip | Earlier;

export type Frame = Welcome | CaughtUp | Page | Happened | Passed | Kept | Thinking | Words | Ended | BrainFrame | Hearing | Calling | Trouble;

export type CallCommand = Dial | Played | Mute | Hush | HangUp;

export type CallFrame = Answered | Got | Duck | Hold | Hushed | Trace | CallEnded | Trouble;
