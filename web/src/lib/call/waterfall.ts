/**
 * Where the time of a turn went, as bars on a line. Pure.
 *
 * It does not know what draws them.
 */
import type { Trace } from '../protocol';

export interface Bar {
  name: string;
  /** Where it begins and how long it is, of the whole width, 0 to 1. */
  from: number;
  width: number;
  /** How long it took. */
  ms: number;
}

export interface Waterfall {
  reply: number;
  /** From the end of the person's speech to her first sound, in ms. */
  took: number;
  /** Where the person stopped speaking, and where she was first heard, 0 to 1. */
  stopped: number;
  sounded: number;
  bars: readonly Bar[];
}

/** Room left and right of the first and the last, of the time shown. */
const MARGIN = 0.04;
/** A bar too short to be seen is drawn this wide. */
const THINNEST = 0.006;
/** One scale for all, no shorter than this many ms: a quick turn looks quick. */
const SHORTEST_SPAN = 400;

/** All on one scale, newest first, so that they can be compared. */
export function waterfalls(traces: readonly Trace[]): readonly Waterfall[] {
  const stages = traces.flatMap((trace) => trace.stages);
  const first = Math.min(0, ...stages.map((stage) => stage.start));
  const last = Math.max(first + SHORTEST_SPAN, ...traces.map((trace) => trace.voice_to_voice), ...stages.map((stage) => stage.end));
  const margin = (last - first) * MARGIN;
  const place = (ms: number): number => (ms - first + margin) / (last - first + 2 * margin);
  return traces.toReversed().map((trace) => ({
    reply: trace.reply,
    took: trace.voice_to_voice,
    stopped: place(0),
    sounded: place(trace.voice_to_voice),
    bars: trace.stages.toSorted((one, other) => one.start - other.start).map((stage) => ({
      name: stage.name,
      from: place(stage.start),
      width: Math.max(THINNEST, place(stage.end) - place(stage.start)),
      ms: Math.round(stage.end - stage.start),
    })),
  }));
}

export function milliseconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(2)} s`;
}
