/** Finding context: the input of every finding. */
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import type { RunCounts } from './counts.ts';
import type { Evidence } from './evidence.ts';
import type { Ref } from './refs.ts';
import type { DraftFinding, StoredCause } from './run-info.ts';

/** Maximum number of lines that a finding shows. */
export const MAX_EVIDENCE = 6;

export interface FindingContext {
  db: ReadableDb;
  counts: RunCounts;
  evidence: Evidence;
  cause: StoredCause | null;
  /** Findings so far, so that later ones do not repeat them. */
  found: readonly DraftFinding[];
}

/** Selects the first lines that reported these process events. */
export function eventRefs(db: ReadableDb, where: string, ...values: unknown[]): Ref[] {
  return selectRows(
    db,
    `SELECT file_id AS fileId, line FROM process_event WHERE ${where} ORDER BY at_us IS NULL, at_us, file_id, line LIMIT ${MAX_EVIDENCE}`,
    { fileId: 'number', line: 'number' },
  ).all(...values);
}
