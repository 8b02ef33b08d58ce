/** File choices are what a person has set about the reading of single files, by path. */
import type { ReadingChoice } from '../../contract/reading.ts';

/**
 * What a person has set for files of a case, by path: how they are read where that was decided
 * wrongly.
 */
export type FileChoices = ReadonlyMap<string, ReadingChoice>;

export const noChoices: FileChoices = new Map();
