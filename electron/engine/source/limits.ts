/**
 * Limits: how far an archive is followed before the rest of it is left unread and a problem says
 * so. They bound memory, disk and time against archives that were made to exhaust them, and hold
 * while bytes stream by, whatever an archive claims of itself. Each can be changed by an
 * environment variable, which the engine's threads and processes inherit.
 */

/** Files in all archives of a source together. */
export const MOST_FILES = limit('POSTRUN_MAX_FILES', 1_000_000);
/**
 * How many times larger than its compressed bytes the content of a file may be, once it is larger
 * than {@link FREE_BYTES}.
 */
export const MOST_FOLD = limit('POSTRUN_MAX_EXPANSION', 250);
/** Content up to this size may expand as far as its format can. */
export const FREE_BYTES = 256 * 1024 * 1024;
/** Unpacked bytes of all files that an archive states. */
export const MOST_UNPACKED_BYTES = limit('POSTRUN_MAX_UNPACKED_GB', 1_024) * 1024 ** 3;

/**
 * Bytes of a line that are searched. What is beyond them is counted and kept, but no search sees
 * it.
 */
export const MAX_LINE_BYTES = limit('POSTRUN_MAX_LINE_MB', 256) * 1024 * 1024;

function limit(variable: string, otherwise: number): number {
  const value = Number(process.env[variable] ?? Number.NaN);
  return Number.isFinite(value) && value > 0 ? value : otherwise;
}
