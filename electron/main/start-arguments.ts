import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

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
