/** Times without a year are read as of the year that the case noted for its run. */
import { setDefaultYear } from '../formats/prefix/time-rules.ts';
import { getMeta } from '../store/meta.ts';
import type { ReadableDb } from '../store/open.ts';

/** Sets the year of times without one, for all lines that this thread reads from now on. */
export function takeYearOf(db: ReadableDb): void {
  setDefaultYear(Number(getMeta(db, 'year') ?? new Date().getUTCFullYear()));
}
