/**
 * Hands an address to the default browser without its code standing in the process list, which
 * every account of the machine can read: what is opened is a file that only this account can read,
 * and that leads on.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface HandOver {
  /** `file:` address without anything secret in it. */
  address: string;
  /** Remove the file: after use, and at the end. */
  remove(): void;
}

/** Write the page that leads to `url`, which must be an address of this server. */
export function handOver(url: string): HandOver {
  const dir = mkdtempSync(join(tmpdir(), 'postrun-open-'));
  const file = join(dir, 'open.html');
  const attribute = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const page =
    '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Postrun</title>' +
    `<meta http-equiv="refresh" content="0; url=${attribute}"><p><a href="${attribute}">Open Postrun</a>\n`;
  writeFileSync(file, page, { mode: 0o600, flag: 'wx' });
  return {
    address: pathToFileURL(file).href,
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
