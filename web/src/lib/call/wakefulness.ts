/** The screen stays on while they talk, where the browser can do that. It does not know what a call is. */

/** Returns what lets it go dark again. */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let over = false;

  async function hold(): Promise<void> {
    if (over || document.visibilityState !== 'visible' || navigator.wakeLock === undefined) return;
    try {
      const held = await navigator.wakeLock.request('screen');
      if (over) void held.release();
      else lock = held;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // a low battery may say no: then it goes dark
    }
  }

  const again = (): void => void hold(); // browsers let go of it whenever the page is hidden
  document.addEventListener('visibilitychange', again);
  void hold();
  return () => {
    over = true;
    document.removeEventListener('visibilitychange', again);
    void lock?.release();
    lock = null;
  };
}
