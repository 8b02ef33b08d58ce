/**
 * Draw turns spread the drawing of many charts that move together over several frames, so that no
 * frame is late. Each frame draws the charts that asked first until its time is used. A chart that
 * asks again while it waits is drawn once, in its latest state.
 */

/** Leaves the rest of a 16 ms frame to everything else that moves. */
const FRAME_SHARE_MS = 8;

const waiting = new Map<object, () => void>();
let isScheduled = false;

/** Schedules a drawing. `key` is the chart. The drawing may continue in a microtask. */
export function drawInTurn(key: object, draw: () => void): void {
  waiting.set(key, draw);
  schedule();
}

/** Forgets a chart that is gone. */
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
    // uPlot draws in a microtask, which counts towards the time of this frame.
    await null;
    if (performance.now() - started > FRAME_SHARE_MS) return;
  }
}
