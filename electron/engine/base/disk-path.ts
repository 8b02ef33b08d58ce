/**
 * Names on disk: on Linux a name is bytes and need not be text. A byte that is not UTF-8 is shown
 * as `\xe9`, the same everywhere, and the file is found again by that name.
 */
import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ESCAPED = /\\x([89a-f][0-9a-f])/g;

/** Returns the text that shows a name. */
export function shownName(name: Buffer): string {
  if (isUtf8(name)) return name.toString('utf8');
  let shown = '';
  for (let at = 0; at < name.length; ) {
    const length = [1, 2, 3, 4].find((each) => at + each <= name.length && isUtf8(name.subarray(at, at + each)));
    shown += length === undefined ? `\\x${(name[at] as number).toString(16)}` : name.toString('utf8', at, at + length);
    at += length ?? 1;
  }
  return shown;
}

/** Returns the path on disk for a shown path. */
export function diskPath(...parts: string[]): string | Buffer {
  const path = join(...parts);
  if (!path.includes('\\x') || existsSync(path)) return path;
  // Each escape becomes one byte; the rest is text.
  const pieces: Buffer[] = [];
  let done = 0;
  for (const match of path.matchAll(ESCAPED)) {
    pieces.push(Buffer.from(path.slice(done, match.index)), Buffer.from([Number.parseInt(match[1] ?? '', 16)]));
    done = match.index + match[0].length;
  }
  return Buffer.concat([...pieces, Buffer.from(path.slice(done))]);
}
