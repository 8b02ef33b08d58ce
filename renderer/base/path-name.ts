/** Paths as people name and paste them. The name of a file or folder is the end of its path. */

/** Returns the last part of a path of any operating system. */
export function lastPart(path: string): string {
  return (
    path
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .pop() || path
  );
}

/** Turns a pasted `"C:\logs.zip"` or `file:///home/me/logs.zip` into a path. */
export function pastedPath(text: string): string {
  const bare = text.trim().replace(/^(["'])(.*)\1$/s, '$2');
  if (!/^file:\/\//i.test(bare)) return bare;
  try {
    const path = decodeURIComponent(new URL(bare).pathname);
    return /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
  } catch {
    return bare;
  }
}
