import type { ErrorInfo } from '../../contract/errors.ts';
import type { LineRow, Outcome } from '../../contract/records.ts';
import type { OwnFormat } from '../formats/own-formats.ts';
import type { PackedBlocks, PackedHits } from './packed.ts';
import type { PartKeys, PartRequirement } from './planner.ts';
import type { Expr } from './query.ts';
import type { ScanFile } from './scan.ts';

/** A block, or a chain of blocks that share a line, as a worker needs it. */
export interface BlockRef {
  blockId: number;
  span: number;
  fileId: number;
  start: number;
  bytes: number;
  /** First line in its file, 0-based. */
  fileLine: number;
  carryUs: number;
  carryPid: number;
  traceback: number;
  /** Its text, where it cannot be read again: compressed. For blocks of a zip that is not indexed yet. */
  text?: Uint8Array;
}

/** What cuts lines, after the files and blocks were cut. Times are half-open. */
export interface LineFilter {
  minLevel: number;
  fromUs: number | null;
  toUs: number | null;
  pids: { include: number[]; exclude: number[] };
  miniBatches: { include: string[]; exclude: string[] };
  outcomes: { include: Outcome[]; exclude: Outcome[] };
}

export interface WorkerQuery {
  queryId: string;
  expr: Expr;
  lines: LineFilter | null;
}

/** What a block gave. `lines`, `us` and `levels` only where asked for. */
export interface BlockHits {
  count: number;
  minUs: number;
  maxUs: number;
  /** Hits by level, none first. */
  levels: number[];
  pids: [number, number][];
  lines: Uint32Array | null;
  us: Float64Array | null;
}

export type SearchJob =
  | { type: 'count'; query: WorkerQuery; blocks: PackedBlocks; keep: boolean; epoch: number }
  | { type: 'rows'; query: WorkerQuery; block: BlockRef; lines: number[]; maxChars: number; epoch: number }
  | { type: 'scan'; query: WorkerQuery; file: ScanFile; keep: boolean; stop: SharedArrayBuffer; epoch: number }
  | { type: 'text'; block: BlockRef; line: number; from: number; length: number; epoch: number }
  | { type: 'vocabulary'; segmentIds: number[]; parts: PartRequirement[] };

export type SearchReply =
  | { type: 'scan'; refs: BlockRef[]; hits: BlockHits[]; bytes: number }
  | { type: 'count'; hits: PackedHits; bytes: number }
  | { type: 'rows'; rows: LineRow[] }
  | { type: 'text'; text: string; length: number }
  /** By segment. */
  | { type: 'vocabulary'; keys: PartKeys[] }
  | { type: 'error'; error: ErrorInfo };

export interface SearchWorkerData {
  database: string;
  /** Folder of the run's root, null for a zip. */
  folder: string | null;
  zipPath: string | null;
  /** Absolute path of the source. */
  sourcePath: string;
  /** Formats of one's own. */
  formats: readonly OwnFormat[];
  /** Text of the vocabulary that a thread keeps. */
  vocabularyBytes: number;
}
