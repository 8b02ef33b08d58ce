/**
 * Jobs: the messages between a search session and its workers, with blocks to verify and their
 * results.
 */
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { ClockChoice } from '../../../contract/filter.ts';
import type { LineRow } from '../../../contract/line-records.ts';
import type { OwnFormat } from '../../formats/custom/format-book.ts';
import type { SourcePlace } from '../../source/source-reader.ts';
import type { BlockHits, BlockRef, LineFilter } from '../plan/block-ref.ts';
import type { Expr } from '../query/query.ts';
import type { PartKeys, PartRequirement } from '../query/requirement.ts';
import type { Extract, ExtractWish } from './extract.ts';
import type { PackedBlocks, PackedHits } from './packed.ts';
import type { ScanFile } from './scan.ts';

export interface WorkerQuery {
  queryId: string;
  expr: Expr;
  lines: LineFilter | null;
  /** The clock for filters on time, and for the times of hits and rows. */
  clock: ClockChoice;
}

/**
 * Which text of a line: the text that it shows, all states of a progress bar (one line each), or
 * the line as written.
 */
export type TextPart = 'shown' | 'states' | 'raw';

export type SearchJob =
  | { type: 'count'; query: WorkerQuery; blocks: PackedBlocks; keep: boolean; epoch: number }
  | {
      type: 'rows';
      query: WorkerQuery;
      block: BlockRef;
      lines: number[];
      maxChars: number;
      raw: boolean;
      epoch: number;
    }
  | { type: 'scan'; query: WorkerQuery; file: ScanFile; keep: boolean; stop: SharedArrayBuffer; epoch: number }
  | { type: 'extract'; query: WorkerQuery; blocks: PackedBlocks; wish: ExtractWish; epoch: number }
  | { type: 'text'; block: BlockRef; line: number; from: number; length: number; part: TextPart; epoch: number }
  | { type: 'vocabulary'; segmentIds: number[]; parts: PartRequirement[] };

export type SearchReply =
  | { type: 'scan'; refs: BlockRef[]; hits: BlockHits[]; bytes: number }
  | { type: 'count'; hits: PackedHits; bytes: number }
  | { type: 'rows'; rows: LineRow[] }
  | { type: 'extract'; found: Extract }
  | { type: 'text'; text: string; length: number }
  /** By segment. */
  | { type: 'vocabulary'; keys: PartKeys[] }
  | { type: 'error'; error: ErrorInfo };

export interface SearchWorkerData {
  database: string;
  /** Folder of the run's root if text is read in place; null if the case has the text. */
  folder: string | null;
  source: SourcePlace;
  /** Custom formats. */
  formats: readonly OwnFormat[];
  /** Vocabulary text that a thread caches. */
  vocabularyBytes: number;
}
