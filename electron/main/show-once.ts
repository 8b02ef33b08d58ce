/**
 * Shows a window as soon as there is something to see. On Wayland, `ready-to-show` may never arrive
 * (electron#48859, electron#54025), so the end of loading, and then a timer, stand in for it.
 */
import type { BrowserWindow } from 'electron';

/**
 * A window that has painted nothing by then is shown with its background. That is better than a
 * program that seems not to start.
 */
const showPatienceMs = 2_000;

/**
 * Calls `show` once: at the first of `ready-to-show`, the end of loading, and {@link
 * showPatienceMs}.
 */
export function showOnce(window: BrowserWindow, show: () => void, patienceMs = showPatienceMs): void {
  let isDone = false;
  const run = () => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    if (!window.isDestroyed()) show();
  };
  const timer = setTimeout(run, patienceMs);
  window.once('ready-to-show', run);
  window.webContents.once('did-finish-load', run);
  window.once('closed', () => clearTimeout(timer));
}
