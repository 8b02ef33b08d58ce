/**
 * Start arguments: selects the paths to open from a command line, and the arguments that a restart
 * needs.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Returns the paths among the arguments of a start, made absolute. Switches belong to the system or
 * to Chromium. A desktop environment may pass addresses (`file:///…`). The first argument of an
 * unpackaged app is its own folder.
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
 * Returns the arguments to restart the app with other paths: its own folder if it is unpackaged,
 * and all switches.
 */
export function relaunchArguments(argv: string[], isPackaged: boolean, paths: string[]): string[] {
  const given = argv.slice(1);
  const switches = given.filter((argument) => argument.startsWith('-'));
  const folder = isPackaged ? [] : given.filter((argument) => argument !== '' && !argument.startsWith('-')).slice(0, 1);
  return [...switches, ...folder, ...paths];
}
