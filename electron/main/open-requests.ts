/**
 * Open requests are paths that the system asks the app to open. They come from the arguments of
 * this start, from those of a second one, and on macOS from `open-file`, possibly before the app is
 * ready. All go to one function.
 */
import { app } from 'electron';
import * as z from 'zod';
import { pathsOf, relaunchArguments } from './start-arguments.ts';

const secondStart = z.object({ paths: z.array(z.string().min(1).max(32_768)).max(100) });

/**
 * Becomes the only instance and passes every request to `open`, once the returned function is
 * called. Null means: just show the app. Returns null if another instance is running; that one now
 * knows the paths, and this one should quit.
 *
 * A request that arrives while the app quits would be lost, so the app then restarts with its
 * paths.
 */
export function takeOpenRequests(open: (path: string | null) => void): (() => void) | null {
  const paths = pathsOf(process.argv, process.cwd(), app.isPackaged);
  // The second instance passes its paths as data, because Chromium reorders the arguments it passes
  // on.
  if (!app.requestSingleInstanceLock({ paths })) return null;
  let isStarted = false;
  let isQuitting = false;
  const waiting = [...paths];

  app.on('before-quit', () => {
    isQuitting = true;
  });
  const take = (wanted: string[]) => {
    if (isQuitting) app.relaunch({ args: relaunchArguments(process.argv, app.isPackaged, wanted) });
    else if (!isStarted) waiting.push(...wanted);
    else if (wanted.length === 0) open(null);
    else for (const path of wanted) open(path);
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    take([path]);
  });
  app.on('second-instance', (_event, _argv, _cwd, additionalData) => {
    const asked = secondStart.safeParse(additionalData);
    take(asked.success ? asked.data.paths : []);
  });
  return () => {
    isStarted = true;
    if (waiting.length === 0) open(null);
    for (const path of waiting) open(path);
  };
}
