/**
 * What the system asks to open: arguments of this start, those of a second one, and on macOS `open-file`, which may come
 * before the app is ready. All become paths that go to one function.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { z } from 'zod';

const secondStart = z.object({ paths: z.array(z.string().min(1).max(32_768)).max(100) });

/**
 * The paths among the arguments of a start, made absolute. Switches are the system's or Chromium's; a desktop environment
 * may pass addresses (`file:///…`). An unpackaged app has its own folder as the first argument.
 */
export function pathsOf(argv: string[], cwd: string, isPackaged: boolean): string[] {
  const plain = argv.slice(1).filter((argument) => argument !== '' && !argument.startsWith('-'));
  return plain.slice(isPackaged ? 0 : 1).flatMap((argument) => {
    if (!argument.startsWith('file:')) return [resolve(cwd, argument)];
    try {
      return [fileURLToPath(argument)];
    } catch {
      return [];
    }
  });
}

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
