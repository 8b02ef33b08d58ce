/** Paths of the repository, whatever folder a script is called in. */
import { fileURLToPath } from 'node:url';

/** Root of the repository, with a trailing separator. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** A path below the root of the repository. */
export function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

/**
 * The same without its trailing separator: Windows reads a `\\` before a closing quote as part of
 * the argument.
 */
export const rootFolder = root.slice(0, -1);
