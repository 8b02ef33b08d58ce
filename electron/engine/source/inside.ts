/** An inside is the way to the bytes of an entry that lies in an archive or is compressed. */
import { isGzip, isZstd } from './packed-input.ts';
import type { ZipPlace } from './zip-place.ts';

/**
 * One step from the bytes of a file, or of the step before, to the bytes of something within them.
 */
export type Step =
  | { type: 'gzip' }
  | { type: 'zstd' }
  /** A member of a tar: bytes from `offset` on. */
  | { type: 'range'; offset: number; bytes: number }
  /** A member of an inner zip. */
  | { type: 'zip'; place: ZipPlace; bytes: number };

/**
 * Locates the bytes of an entry that is not a file of its own: the file of the source that holds
 * it, and the steps through that file.
 */
export interface Inside {
  /** The file that holds it, relative to the source; '' for the source itself. */
  path: string;
  bytes: number;
  modifiedUs: number | null;
  steps: Step[];
}

/** The way to read through an archive or a compressed file. */
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
/** The suffix that rotation appends to a name: `x.gz.13`. */
const ROTATION = /\.\d{1,10}$/;
const COMPRESSED = /\.(?:gz|zstd?)$/i;

/** Bytes that {@link archiveType} needs of the beginning of a file. */
export const HEAD_BYTES = 262;

/**
 * Returns how to read through a file, or null to read it unchanged. The first bytes decide. The
 * name decides only if they are unknown (`head` is null), and for the content of a compressed file.
 * A zip must have the name: many documents are zips that nobody wants unpacked.
 */
export function archiveType(path: string, head: Buffer | null): ArchiveType | null {
  const named = typeOfName(path) ?? typeOfName(path.replace(ROTATION, ''));
  if (head === null || named?.container === 'zip') return named;
  if (isGzip(head)) return { codec: 'gzip', container: named?.container ?? null };
  if (isZstd(head)) return { codec: 'zstd', container: named?.container ?? null };
  if (isTar(head)) return { codec: null, container: 'tar' };
  // A tar from before 1988 has no mark. A file that is named as compressed but is not was unpacked
  // on its way.
  return named?.container === 'tar' ? { codec: null, container: 'tar' } : null;
}

function typeOfName(path: string): ArchiveType | null {
  return ENDINGS.find(([ending]) => ending.test(path))?.[1] ?? null;
}

function isTar(head: Buffer): boolean {
  return head.length >= HEAD_BYTES && head.toString('latin1', 257, 262) === 'ustar';
}

/** Returns a path without the extension of a compressed file, which is the name of its content. */
export function contentName(path: string): string {
  const unrotated = path.replace(ROTATION, '');
  return (COMPRESSED.test(unrotated) ? unrotated : path).replace(COMPRESSED, '');
}

/**
 * Returns the archive's key if the entry can only be read as part of a stream, so that all members
 * of its archive are read together; otherwise null.
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

/** Returns the offset of an entry within its archive. */
export function offsetInside(inside: Inside | null): number {
  const last = inside?.steps.findLast((step) => step.type === 'range' || step.type === 'zip');
  return last === undefined ? 0 : last.type === 'range' ? last.offset : last.type === 'zip' ? last.place.offset : 0;
}
