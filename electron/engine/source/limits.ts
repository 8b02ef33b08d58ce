/**
 * Limits say how far to follow an archive before leaving the rest unread and reporting a problem.
 * They bound memory, disk and time against archives made to exhaust them, and apply to the bytes as
 * they stream by, whatever an archive claims about itself. An environment variable can change each
 * limit; the engine's threads and processes inherit it.
 */

/** Files in all archives of a source together. */
export const MOST_FILES = limit('POSTRUN_MAX_FILES', 1_000_000);
/**
 * Maximum ratio of a file's content to its compressed bytes, once the content exceeds {@link
 * FREE_BYTES}.
 */
export const MOST_FOLD = limit('POSTRUN_MAX_EXPANSION', 250);
/** Content up to this size may expand as far as its format allows. */
export const FREE_BYTES = 256 * 1024 * 1024;
/** Unpacked bytes of all files, as the archive states them. */
export const MOST_UNPACKED_BYTES = limit('POSTRUN_MAX_UNPACKED_GB', 1_024) * 1024 ** 3;

/** Bytes of a line that are searched. The rest is counted and kept, but no search sees it. */
export const MAX_LINE_BYTES = limit('POSTRUN_MAX_LINE_MB', 256) * 1024 * 1024;

function limit(variable: string, otherwise: number): number {
  const value = Number(process.env[variable] ?? Number.NaN);
  return Number.isFinite(value) && value > 0 ? value : otherwise;
}
