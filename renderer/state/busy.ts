/**
 * Busy keeps the names of everything that keeps the window from being idle, so that a test that
 * waits in vain learns why. Everything that takes time registers here; nothing else in the window
 * reads it.
 */
export interface Busy {
  /** Returns the function that ends it. Ending twice is harmless. */
  begin(name: string): () => void;
  names(): string[];
}

export function createBusy(): Busy {
  const open = new Map<symbol, string>();
  return {
    begin(name) {
      const key = Symbol(name);
      open.set(key, name);
      return () => {
        open.delete(key);
      };
    },
    names: () => [...open.values()],
  };
}

/**
 * Resolves after three idle frames in a row, so that everything that arrived is drawn. Each frame
 * lets the tasks that wait run as well: React renders in one, and only then asks for more. Rejects
 * with the names of what is still busy. A page opened with `?testing` exposes it as
 * `window.waitForIdle`.
 */
export function createWaitForIdle(busy: Busy, pendingCalls: () => number) {
  return async (timeoutMs = 10_000): Promise<void> => {
    const deadline = performance.now() + timeoutMs;
    let quietFrames = 0;
    while (quietFrames < 3) {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const isQuiet = busy.names().length === 0 && pendingCalls() === 0;
      quietFrames = isQuiet ? quietFrames + 1 : 0;
      if (performance.now() > deadline) {
        throw new Error(`Not idle after ${timeoutMs} ms: ${busy.names().join(', ') || `${pendingCalls()} open calls`}`);
      }
    }
  };
}
