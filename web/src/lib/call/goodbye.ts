/** Hung up while the line was away: she is told as soon as there is one. It does not know whether anyone still waits. */
import type { Dial } from '../protocol';
import { line } from './line';

/** About forty seconds: by then a call has nearly been given up by the house, and dialling would begin a new one. */
const TRIES = 11;

/** `dial`: as for the call that is to end. */
export function goodbye(url: string, dial: Dial): void {
  let tries = 0;
  const last = line(url, {
    opened: () => void last.send(dial),
    heard: ({ kind }) => {
      if (kind === 'answered') last.send({ kind: 'hang_up' });
      else if (kind === 'call_ended') last.close();
    },
    sound: () => undefined,
    lost: () => void ((tries += 1) > TRIES && last.close()),
  });
}
