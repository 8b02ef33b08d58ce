/**
 * Open requests: what the system asks the app to open. They come from the arguments of this start,
 * from those of a second one, and on macOS from `open-file`, which may come before the app is
 * ready. All become paths that go to one function.
 */
import { app } from 'electron';
import * as z from 'zod';
import { pathsOf, relaunchArguments } from './start-arguments.ts';

const secondStart = z.object({ paths: z.array(z.string().min(1).max(32_768)).max(100) });

/**
 * Become the only instance and give every request to `open`, beginning with the call of the
 * function returned; null means: just show yourself. Returns null where another instance runs: it
 * has been told, and this one should quit.
 *
 * A request that comes while the app quits would be lost with it, so the app then starts anew with
 * the paths.
 */
export function takeOpenRequests(open: (path: string | null) => void): (() => void) | null {
  const paths = pathsOf(process.argv, process.cwd(), app.isPackaged);
  // The second instance says itself what it wants: Chromium reorders the arguments that it passes
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
