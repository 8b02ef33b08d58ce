/**
 * Resolves the identity of a line: its process, its mini-batch, and the outcome of that attempt.
 */
import type { Outcome } from '../../../contract/batch-records.ts';
import { mentionedMiniBatch } from '../../formats/mention.ts';
import type { ReadableDb } from '../../store/open.ts';
import { type RowOf, selectCells, selectRows, word } from '../../store/select.ts';
import { ATTEMPT_TAIL_US, NAMING_KINDS } from '../plan/block-ref.ts';

/**
 * Identity of a line: pid (-1 if unknown), mini-batch, and the outcome of the attempt in which it
 * was written.
 */
export interface LineIdentity {
  pid: number;
  miniBatchId: string | null;
  outcome: Outcome | null;
}

/** A line in the bytes of its block. */
export interface LinePlace {
  /** Own or carried; -1 and NaN if unknown. */
  pid: number;
  us: number;
  /** Bytes of the shown text. */
  shown: number;
  end: number;
  /** Whether it continues a record, and where that record begins; -1 if before the block. */
  isContinuation: boolean;
  recordStart: number;
}

/**
 * Returns the mini-batch that a line names, otherwise the one that the first line of its record
 * names.
 */
function namedBatch(line: LinePlace, bytes: Buffer): string | null {
  const named = mentionedMiniBatch(bytes.toString('utf8', line.shown, line.end));
  if (named !== null || !line.isContinuation || line.recordStart === -1) return named;
  const end = bytes.indexOf(10, line.recordStart);
  return mentionedMiniBatch(bytes.toString('utf8', line.recordStart, end === -1 ? bytes.length : end));
}

const spanColumns = {
  from: 'number',
  to: 'number',
  pid: 'number',
} as const;
type Span = RowOf<typeof spanColumns>;

interface AttemptSpan {
  /** Start truncated to the millisecond, the precision of the lines' times. */
  startMs: number;
  endUs: number;
  miniBatchId: string;
  outcome: Outcome;
}

/**
 * Resolves lines to processes and mini-batches. The file name of a process is an alias that is
 * resolved by time, and a line belongs to the attempt its process was running. Loads one process at
 * a time, on demand.
 */
export class LineResolver {
  readonly #db: ReadableDb;
  readonly #spans = new Map<string, Span[]>();
  readonly #attempts = new Map<string, AttemptSpan[]>();
  #onlyNode: string | null | undefined;

  constructor(db: ReadableDb) {
    this.#db = db;
  }

  /** Returns pid and mini-batch of a line, from the line, its record, its file and the attempts. */
  identify(
    file: { kind: string; node: string | null; process: string | null; pid: number | null },
    line: LinePlace,
    bytes: Buffer,
  ): LineIdentity {
    let pid = line.pid;
    if (pid === -1) pid = file.pid ?? this.pidOf(file.node, file.process, line.us);
    const attempt = this.attemptAt(file.node, pid, line.us);
    const named = NAMING_KINDS.has(file.kind) ? namedBatch(line, bytes) : null;
    if (named !== null && named !== attempt?.miniBatchId) return { pid, miniBatchId: named, outcome: null };
    return { pid, miniBatchId: attempt?.miniBatchId ?? named, outcome: attempt?.outcome ?? null };
  }

  /** Returns the pid that wrote as (node, process) at a time; -1 if unknown or ambiguous. */
  pidOf(node: string | null, process: string | null, us: number): number {
    if (node === null || process === null) return -1;
    const key = `${node}\0${process}`;
    let spans = this.#spans.get(key);
    if (spans === undefined) {
      spans = selectRows(
        this.#db,
        'SELECT pid, from_us AS "from", to_us AS "to" FROM pid_span WHERE node = ? AND process = ? ORDER BY from_us',
        spanColumns,
      ).all(node, process);
      const first = spans[0];
      if (first !== undefined && spans.every((span) => span.pid === first.pid)) spans = [first];
      this.#spans.set(key, spans);
    }
    if (spans.length <= 1) return spans[0]?.pid ?? -1;
    if (Number.isNaN(us)) return -1;
    let best = -1;
    for (const span of spans) if (span.from <= us) best = span.pid;
    return best;
  }

  /** Returns the attempt that a process was running at a time; null if none. */
  attemptAt(node: string | null, pid: number, us: number): AttemptSpan | null {
    if (pid === -1 || Number.isNaN(us)) return null;
    const spans = this.#attemptsOf(node ?? this.#soleNode(), pid);
    let low = 0;
    let high = spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((spans[middle] as AttemptSpan).startMs <= us) low = middle + 1;
      else high = middle;
    }
    const span = spans[low - 1];
    return span !== undefined && us <= span.endUs + ATTEMPT_TAIL_US ? span : null;
  }

  #attemptsOf(node: string | null, pid: number): AttemptSpan[] {
    const key = `${node}\0${pid}`;
    let spans = this.#attempts.get(key);
    if (spans === undefined) {
      const rows = selectRows(
        this.#db,
        `SELECT mini_batch_id AS id, start_us AS start, end_us AS end, outcome FROM attempt
         WHERE node IS ? AND pid = ? AND start_us IS NOT NULL ORDER BY start_us`,
        { id: 'text', start: 'number', end: 'number?', outcome: word<Outcome>() },
      ).all(node, pid);
      spans = rows.map((row, k) => ({
        startMs: Math.floor(row.start / 1000) * 1000,
        endUs: row.end ?? rows[k + 1]?.start ?? Number.POSITIVE_INFINITY,
        miniBatchId: row.id,
        outcome: row.outcome,
      }));
      this.#attempts.set(key, spans);
    }
    return spans;
  }

  #soleNode(): string | null {
    if (this.#onlyNode === undefined) {
      const nodes = selectCells(this.#db, 'SELECT DISTINCT node FROM attempt LIMIT 2', 'text?').all();
      this.#onlyNode = nodes.length === 1 ? (nodes[0] ?? null) : null;
    }
    return this.#onlyNode;
  }
}
