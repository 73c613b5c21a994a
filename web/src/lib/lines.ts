/**
 * What of the log is shown in the conversation: turns, and quiet lines where something was forgotten or not kept. Pure.
 *
 * It does not know what anything looks like.
 */
import type { Happened } from './protocol';

export interface Line {
  happened: Happened;
  /** A quiet line instead of the event. */
  note: string | null;
}

export const FORGOTTEN = 'Something was forgotten here.';
export const OFF = 'Off the record: nothing is kept';
export const ON_AGAIN = 'On the record again';
export const WAS_OFF = 'You were off the record for a while';

/** Each event that shows something; many that were forgotten one after the other are one line. */
export function lines(events: readonly Happened[]): Line[] {
  const shown: Line[] = [];
  for (const happened of events) {
    const note = noteOf(happened);
    const before = shown.at(-1);
    if (note === null ? !speaks(happened) : note === before?.note) continue;
    if (note === ON_AGAIN && before?.note === OFF) {
      shown.pop();
      if (shown.at(-1)?.note !== WAS_OFF) shown.push({ happened, note: WAS_OFF });
    } else shown.push({ happened, note });
  }
  return shown;
}

/** What was said off the record is gone from the page with the end of it. */
export function hushed(events: readonly Happened[]): readonly Happened[] {
  const from = events.findLastIndex(({ event }) => event.kind === 'private' && event.on);
  return events.map((happened, index) => (index > from ? silent(happened) : happened));
}

function silent(happened: Happened): Happened {
  const { event } = happened;
  if (event.kind === 'heard') return { ...happened, event: { ...event, text: '' } };
  return event.kind === 'said' ? { ...happened, event: { ...event, text: '', cut_off: false } } : happened;
}

function noteOf({ event }: Happened): string | null {
  switch (event.kind) {
    case 'forgot':
      return FORGOTTEN;
    case 'erased': // of what was never shown here nothing is missed here
      return event.was === 'heard' || event.was === 'said' ? FORGOTTEN : null;
    case 'private':
      return event.on ? OFF : ON_AGAIN;
    default:
      return null;
  }
}

/** Words that were not kept are an envelope without a letter. */
function speaks({ event }: Happened): boolean {
  if (event.kind === 'heard') return event.text.trim() !== '';
  if (event.kind === 'said') return event.text.trim() !== '' || event.cut_off;
  return event.kind === 'called' || event.kind === 'hung_up' || event.kind === 'skipped' || (event.kind === 'met' && event.why !== 'edited');
}
