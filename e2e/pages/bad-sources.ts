/**
 * Bad sources are sources that cannot be opened: an encrypted zip, an incomplete download, a page
 * saved as a zip, an empty folder. Specs make them here to see what the start screen says.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes a zip whose entries claim to be encrypted: bit 0 of the flags in both kinds of header. */
export function encryptedCopy(zip: string, to: string): string {
  const bytes = readFileSync(zip);
  for (let at = 0; at + 12 < bytes.length; at++) {
    const signature = bytes.readUInt32LE(at);
    if (signature === 0x04034b50) bytes.writeUInt16LE(bytes.readUInt16LE(at + 6) | 1, at + 6);
    if (signature === 0x02014b50) bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 1, at + 8);
  }
  writeFileSync(to, bytes);
  return to;
}

/** Makes the first half of a zip, as an incomplete download leaves it. */
export function cutCopy(zip: string, to: string): string {
  const bytes = readFileSync(zip);
  writeFileSync(to, bytes.subarray(0, bytes.length >> 1));
  return to;
}

/** Makes a text that is called a zip. */
export function fakeZip(dir: string): string {
  const path = join(dir, 'page.zip');
  writeFileSync(path, '<html>Sign in to download</html>');
  return path;
}

export function emptyFolder(dir: string): string {
  const path = join(dir, 'empty');
  mkdirSync(path);
  return path;
}
