/** What closes while something is still asked of it. It does not know what that was. */

/** A context or a connection that is closing refuses everything else: there is nothing left to do. */
export function ignoreClosed(error: unknown): void {
  if (!(error instanceof DOMException)) throw error;
}
