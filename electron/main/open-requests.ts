/**
 * What the system asks to open: arguments of this start, those of a second one, and on macOS `open-file`, which may come
 * before the app is ready. All become paths that go to one function.
 */
import { app } from 'electron';
import { z } from 'zod';
import { pathsOf } from './start-arguments.ts';

const secondStart = z.object({ paths: z.array(z.string().min(1).max(32_768)).max(100) });

/**
 * Become the only instance and give every request to `open`, beginning with the call of the function returned; null in it
 * means: just show yourself. Null where another instance runs: it has been told, and this one should quit.
 */
export function takeOpenRequests(open: (path: string | null) => void): (() => void) | null {
  const paths = pathsOf(process.argv, process.cwd(), app.isPackaged);
  // The second instance says itself what it wants: Chromium reorders the arguments that it passes on.
  if (!app.requestSingleInstanceLock({ paths })) return null;
  let isStarted = false;
  const waiting = [...paths];

  const take = (path: string) => {
    if (isStarted) open(path);
    else waiting.push(path);
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    take(path);
  });
  app.on('second-instance', (_event, _argv, _cwd, additionalData) => {
    const asked = secondStart.safeParse(additionalData);
    const wanted = asked.success ? asked.data.paths : [];
    if (wanted.length === 0 && isStarted) open(null);
    for (const path of wanted) take(path);
  });
  return () => {
    isStarted = true;
    if (waiting.length === 0) open(null);
    for (const path of waiting) open(path);
  };
}
