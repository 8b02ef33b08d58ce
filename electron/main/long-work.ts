/**
 * Shows the signs of long work: the taskbar or Dock, a power blocker, a notification.
 * `work-signs.ts` decides on them.
 */
import { BrowserWindow, Notification, powerSaveBlocker } from 'electron';
import type { IndexProgress } from '../contract/case-records.ts';
import { signsOf, takeProgress, type WorkSigns, type Works } from './work-signs.ts';

export interface LongWork {
  take(event: IndexProgress): void;
  /** The engine is gone, and its work with it. */
  clear(): void;
}

/**
 * Follows the engine's work. `show` brings the app to the front when the notification is clicked.
 */
export function createLongWork(show: () => void): LongWork {
  let works: Works = new Map();
  let blocker: number | null = null;

  const apply = (signs: WorkSigns) => {
    works = signs.works;
    for (const window of BrowserWindow.getAllWindows()) window.setProgressBar(signs.progress);
    if (signs.mustStayAwake && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!signs.mustStayAwake && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
    if (signs.ended !== null && BrowserWindow.getFocusedWindow() === null) tell(signs.ended.isWhole);
  };
  const tell = (isWhole: boolean) => {
    if (!Notification.isSupported()) return;
    const title = isWhole ? 'Indexing has finished' : 'Indexing stopped before its end';
    const body = isWhole ? 'The run is ready.' : 'Postrun says why in its window.';
    const notification = new Notification({ title, body });
    notification.on('click', show);
    notification.show();
  };
  return {
    take: (event) => apply(takeProgress(works, event, Date.now())),
    clear: () => apply(signsOf(new Map(), Date.now())),
  };
}
