/** Inside: the way to the bytes of a file that lies in an archive or is compressed. */
import { isGzip, isZstd } from './packed-input.ts';
import type { ZipPlace } from './zip-place.ts';

/**
 * What is done with the bytes of a file, or of the step before, on the way to the bytes of what
 * lies in it.
 */
export type Step =
  | { type: 'gzip' }
  | { type: 'zstd' }
  /** A member of a tar: bytes from `offset` on. */
  | { type: 'range'; offset: number; bytes: number }
  /** A member of a zip within. */
  | { type: 'zip'; place: ZipPlace; bytes: number };

/**
 * Where the bytes of an entry lie when it is no file of its own: which file of the source holds it,
 * and the way through that.
 */
export interface Inside {
  /** The file that holds it, relative to the source; '' for the source itself. */
  path: string;
  bytes: number;
  modifiedUs: number | null;
  steps: Step[];
}

/** How an archive or a compressed file is read through. */
export interface ArchiveType {
  codec: 'gzip' | 'zstd' | null;
  container: 'tar' | 'zip' | null;
}

const ENDINGS: readonly [RegExp, ArchiveType][] = [
  [/\.(?:tar\.gz|tgz)$/i, { codec: 'gzip', container: 'tar' }],
  [/\.(?:tar\.zst|tzst)$/i, { codec: 'zstd', container: 'tar' }],
  [/\.tar$/i, { codec: null, container: 'tar' }],
  [/\.zip$/i, { codec: null, container: 'zip' }],
  [/\.gz$/i, { codec: 'gzip', container: null }],
  [/\.zstd?$/i, { codec: 'zstd', container: null }],
];
/** What rotation appends to a name: `x.gz.13`. */
const ROTATION = /\.\d{1,10}$/;
const COMPRESSED = /\.(?:gz|zstd?)$/i;

/** Bytes of the beginning of a file that {@link archiveType} looks at. */
export const HEAD_BYTES = 262;

/**
 * How a file is read through; null for a file that is read as it is. Its first bytes decide, its
 * name only where they are not known (`head` null), and what the content of a compressed file is. A
 * zip must have the name: many documents are zips that nobody wants unpacked.
 */
export function archiveType(path: string, head: Buffer | null): ArchiveType | null {
  const named = typeOfName(path) ?? typeOfName(path.replace(ROTATION, ''));
  if (head === null || named?.container === 'zip') return named;
  if (isGzip(head)) return { codec: 'gzip', container: named?.container ?? null };
  if (isZstd(head)) return { codec: 'zstd', container: named?.container ?? null };
  if (isTar(head)) return { codec: null, container: 'tar' };
  // A tar of before 1988 has no mark. What is named as compressed and is not was unpacked on its
  // way.
  return named?.container === 'tar' ? { codec: null, container: 'tar' } : null;
}

function typeOfName(path: string): ArchiveType | null {
  return ENDINGS.find(([ending]) => ending.test(path))?.[1] ?? null;
}

function isTar(head: Buffer): boolean {
  return head.length >= HEAD_BYTES && head.toString('latin1', 257, 262) === 'ustar';
}

/** A path without the ending of a compressed file: what its content is called. */
export function contentName(path: string): string {
  const unrotated = path.replace(ROTATION, '');
  return (COMPRESSED.test(unrotated) ? unrotated : path).replace(COMPRESSED, '');
}

/**
 * An entry whose bytes come one after another only, so that all members of its archive are read in
 * one go; the archive's key, else null.
 */
export function streamKey(inside: Inside | null, isOuterDeflated: boolean): string | null {
  if (inside === null) return null;
  const last = inside.steps.findLastIndex((step) => step.type === 'range' || step.type === 'zip');
  if (last === -1) return null;
  const before = inside.steps.slice(0, last);
  const isStream = isOuterDeflated || before.some((step) => step.type !== 'range' && !isStoredZip(step));
  return isStream ? JSON.stringify([inside.path, before]) : null;
}

function isStoredZip(step: Step): boolean {
  return step.type === 'zip' && step.place.method === 0;
}

/** Where in its archive's bytes an entry begins. */
export function offsetInside(inside: Inside | null): number {
  const last = inside?.steps.findLast((step) => step.type === 'range' || step.type === 'zip');
  return last === undefined ? 0 : last.type === 'range' ? last.offset : last.type === 'zip' ? last.place.offset : 0;
}
