/**
 * Window faults: a page that dies, and one that does not answer. The app repairs the first faults
 * silently, then a person decides.
 */
import { type BrowserWindow, dialog } from 'electron';
import { createCrashPolicy } from './crash-policy.ts';

/** Watches a window. `reload` loads its page again and says `what` happened. */
export function watchFaults(window: BrowserWindow, reload: (what: string) => void): void {
  const policy = createCrashPolicy();
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const what = `The window stopped (${reason})`;
    if (policy.mayRestart()) return reload(`${what} and was loaded again.`);
    policy.forget();
    askAfterCrash(window, what).then((isAgain) => isAgain && reload(`${what} and was loaded again.`), console.error);
  });

  let isAsking = false;
  window.on('unresponsive', () => {
    if (isAsking) return;
    isAsking = true;
    askUnresponsive(window, reload)
      .catch(console.error)
      .finally(() => {
        isAsking = false;
      });
  });
}

/** Returns true if the page should be loaded again. Otherwise closes the window. */
async function askAfterCrash(window: BrowserWindow, what: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: `${what}, for the third time within a minute.`,
    detail: 'Your run and its index are kept.',
    buttons: ['Load Again', 'Close Window'],
    defaultId: 0,
    cancelId: 1,
  });
  if (response !== 0 && !window.isDestroyed()) window.destroy();
  return response === 0 && !window.isDestroyed();
}

async function askUnresponsive(window: BrowserWindow, reload: (what: string) => void): Promise<void> {
  const question = new AbortController();
  // It may respond while the question is open; then nobody has to decide.
  window.once('responsive', () => question.abort());
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window does not respond.',
    detail: 'It may be busy and answer again. Loading it again keeps your run and its index.',
    buttons: ['Wait', 'Load Again', 'Close Window'],
    defaultId: 0,
    cancelId: 0,
    signal: question.signal,
  });
  if (window.isDestroyed() || question.signal.aborted) return;
  if (response === 1) {
    window.webContents.forcefullyCrashRenderer();
    reload('The window did not respond and was loaded again.');
  }
  if (response === 2) window.destroy();
}
