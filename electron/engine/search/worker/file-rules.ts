/** File rules say how searching reads the lines of a file: as was decided when it was indexed. */
import { blockWithoutCodes } from '../../base/terminal.ts';
import type { FormatBook } from '../../formats/custom/format-book.ts';
import { type LineRules, usualRulesOfLines } from '../../formats/prefix/line-rules.ts';
import { ownRules, rulesOfKept } from '../../ingest/decide-rules.ts';
import type { BlockRef } from '../plan/block-ref.ts';
import type { FileMeta } from './block-reader.ts';

/** How searching reads the lines of a file: by what was decided when it was indexed. */

/** The rules of a file, or of a block of one that is not indexed yet. */
export function rulesOf(formats: FormatBook, file: FileMeta, block: BlockRef | null = null): LineRules {
  const own = formats.ownPrefix(file.format);
  if (own !== null) return ownRules(own).rules;
  const reading = block?.reading ?? file.reading;
  return reading === null ? usualRulesOfLines : rulesOfKept(reading);
}

/**
 * The time that a line sorts by: its own or the last one before it; what stands before the first
 * time of its file sorts with that. NaN where the file has no times, or is not indexed to its end.
 */
export function effectiveUs(file: FileMeta, us: number): number {
  return Number.isNaN(us) ? (file.first_us ?? Number.NaN) : us;
}

/** The text of a block without the codes of a terminal: what is searched and shown. */
export function shownBytes(file: FileMeta, bytes: Buffer): Buffer {
  return file.shape === 'binary' ? bytes : blockWithoutCodes(bytes);
}
