/** Tells how searching reads the lines of a file, as decided when it was indexed. */
import { blockWithoutCodes } from '../../base/terminal.ts';
import type { FormatBook } from '../../formats/custom/format-book.ts';
import { type LineRules, usualRulesOfLines } from '../../formats/prefix/line-rules.ts';
import { ownRules, rulesOfKept } from '../../ingest/decide-rules.ts';
import type { BlockRef } from '../plan/block-ref.ts';
import type { FileMeta } from './block-reader.ts';

/** Returns the rules of a file, or of a block of a file that is not indexed yet. */
export function rulesOf(formats: FormatBook, file: FileMeta, block: BlockRef | null = null): LineRules {
  const own = formats.ownPrefix(file.format);
  if (own !== null) return ownRules(own).rules;
  const reading = block?.reading ?? file.reading;
  return reading === null ? usualRulesOfLines : rulesOfKept(reading);
}

/**
 * Returns the time by which a line sorts: its own or the last before it, or for lines before the
 * first time of the file that time. NaN if the file has no times or is not fully indexed.
 */
export function effectiveUs(file: FileMeta, us: number): number {
  return Number.isNaN(us) ? (file.first_us ?? Number.NaN) : us;
}

/** Returns the text of a block without terminal codes, as searched and shown. */
export function shownBytes(file: FileMeta, bytes: Buffer): Buffer {
  return file.shape === 'binary' ? bytes : blockWithoutCodes(bytes);
}
