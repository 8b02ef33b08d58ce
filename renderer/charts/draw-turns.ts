/**
 * Draw turns: many charts that move together are drawn over several frames, so that no frame is
 * late. Each frame draws what asked first until its time is used; a chart that asks again while it
 * waits is drawn once, as it is by then.
 */

/** Leaves the rest of a frame of 16 ms to what else moves. */
const FRAME_SHARE_MS = 8;

const waiting = new Map<object, () => void>();
let isScheduled = false;

/** Draw soon; `key` is the chart. Its drawing may go on in a microtask. */
export function drawInTurn(key: object, draw: () => void): void {
  waiting.set(key, draw);
  schedule();
}

/** The chart is gone. */
export function leaveTurn(key: object): void {
  waiting.delete(key);
}

function schedule(): void {
  if (isScheduled || waiting.size === 0) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    void drawSome().finally(() => {
      isScheduled = false;
      schedule();
    });
  });
}

async function drawSome(): Promise<void> {
  const started = performance.now();
  for (const [key, draw] of waiting) {
    waiting.delete(key);
    draw();
    // uPlot draws in a microtask of its own: it is part of what this frame has spent.
    await null;
    if (performance.now() - started > FRAME_SHARE_MS) return;
  }
}
