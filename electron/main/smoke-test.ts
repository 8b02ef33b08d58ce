/**
 * `--smoke-test [PATH]` starts the app, opens PATH, prints what the window shows as one line of
 * JSON, and exits with 0, or with 1 if the run is not open in time. The fuses of a packaged app
 * forbid inspection from outside, so the app looks at itself.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { app, type BrowserWindow } from 'electron';

const patienceMs = 90_000;
const pollMs = 250;

/** Script that reads what the page shows. */
const readPage = `(() => {
  const header = document.querySelector('[data-region="header"]');
  const start = document.querySelector('[data-region="start"]');
  // The header tells how the run ended, and while the run is being read that this is not known yet.
  const isRead = header !== null && header.dataset.reading === undefined;
  return { isOpen: isRead && header.querySelector('.header__status') !== null, text: (header ?? start ?? document.body).innerText.slice(0, 2000) };
})()`;

/**
 * Polls the window until it shows the run, or the start screen if `hasPath` is false; then ends the
 * app.
 */
export async function runSmokeTest(window: BrowserWindow, hasPath: boolean): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  let shown = { isOpen: false, text: '' };
  let isGood = false;
  while (!isGood && Date.now() < giveUpAt) {
    await delay(pollMs);
    const before = shown.text;
    shown = await window.webContents.executeJavaScript(readPage).catch(() => shown);
    // Two looks in a row agree: the page has caught up with the engine.
    isGood = (hasPath ? shown.isOpen : shown.text !== '') && shown.text === before;
  }
  const { electron, chrome, node } = process.versions;
  process.stdout.write(`${JSON.stringify({ isGood, ...shown, isPackaged: app.isPackaged, electron, chrome, node })}\n`);
  app.exit(isGood ? 0 : 1);
}
