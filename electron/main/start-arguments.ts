/** Start arguments: what of a command line is a path to open, and what a new start needs of it. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The paths among the arguments of a start, made absolute. Switches are the system's or Chromium's;
 * a desktop environment may pass addresses (`file:///…`). An unpackaged app has its own folder as
 * the first argument.
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
 * Arguments for a new start of the app with other paths: its own folder where it is unpackaged, and
 * all switches.
 */
export function relaunchArguments(argv: string[], isPackaged: boolean, paths: string[]): string[] {
  const given = argv.slice(1);
  const switches = given.filter((argument) => argument.startsWith('-'));
  const folder = isPackaged ? [] : given.filter((argument) => argument !== '' && !argument.startsWith('-')).slice(0, 1);
  return [...switches, ...folder, ...paths];
}
