/**
 * Run events: statements of the run that bear on its end, in time order. Omits progress lines,
 * which can be many.
 */
import type { ReadableDb } from '../store/open.ts';
import { type RowOf, selectCells, selectRows } from '../store/select.ts';

const runEventColumns = {
  type: 'text',
  atUs: 'number?',
  node: 'text?',
  name: 'text?',
  value: 'number?',
  message: 'text?',
  /** Kind of its file. */
  kind: 'text',
  path: 'text',
  fileId: 'number',
  /** 1-based. */
  line: 'number',
} as const;
export type RunEventRow = RowOf<typeof runEventColumns>;

const TYPES = [
  'run_started',
  'scheduling_started',
  'scheduling_finished',
  'first_task',
  'all_processed',
  'summary',
  'stop_reason',
  'cancelled',
  'failure',
  'cause',
  'advice',
  'result',
  'driver_exit',
  'run_ended',
  'concatenating',
  'node_left',
  'node_joined',
  'failover',
  'phase',
  'last_words',
  'lost',
  'too_many_results',
];

/** Reads the events that the verdict rests on. */
export function readRunEvents(db: ReadableDb): RunEventRow[] {
  const events = selectRows(
    db,
    `SELECT e.file_id AS fileId, e.line, e.type, e.at_us AS atUs, e.node, e.name, e.value, e.message, f.kind, f.path
       FROM run_event e JOIN file f ON f.id = e.file_id
       WHERE e.type IN (${TYPES.map(() => '?').join(', ')})
       ORDER BY e.at_us IS NULL, e.at_us, e.file_id, e.line LIMIT 100000`,
    runEventColumns,
  ).all(...TYPES);
  // A large file is read in parts, and each reports its last words. Only the last part's are the
  // end.
  const lastOf = new Map<number, RunEventRow>();
  for (const event of events)
    if (event.type === 'last_words' && event.line > (lastOf.get(event.fileId)?.line ?? 0))
      lastOf.set(event.fileId, event);
  const lines = selectCells(db, 'SELECT lines FROM file WHERE id = ?', 'number?');
  return events.filter((event) => {
    if (event.type !== 'last_words') return true;
    if (lastOf.get(event.fileId) !== event) return false;
    const all = lines.get(event.fileId) ?? null;
    return all === null || all - event.line < FARTHEST_LAST_WORDS;
  });
}

/** Closing lines may follow the last words, but no more than a part's tail holds. */
const FARTHEST_LAST_WORDS = 400;
