/** The name of a file or folder is the last part of its path. */

/** Returns the last part of a path of any operating system. */
export function lastPart(path: string): string {
  return (
    path
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .pop() || path
  );
}
