/** File choices are what people set for single files that were read wrongly. */
import type { ReadingChoice } from '../../contract/reading.ts';

/** The choices of a case, by path. */
export type FileChoices = ReadonlyMap<string, ReadingChoice>;

export const noChoices: FileChoices = new Map();
