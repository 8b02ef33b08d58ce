/** Paths of the repository, whatever the working directory. */
import { fileURLToPath } from 'node:url';

/** Root of the repository, with a trailing separator. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Returns a path below the root of the repository. */
export function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

/**
 * The root without its trailing separator: Windows reads a `\\` before a closing quote as part of
 * the argument.
 */
export const rootFolder = root.slice(0, -1);

/**
 * Compiled code of everything that tests start, by its content. Each thread would otherwise compile
 * the engine anew, which takes a third of the tests' time.
 */
export const compileCache = fromRoot('node_modules/.cache/postrun-compiled');
