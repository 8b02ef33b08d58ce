/**
 * Run events: what the run says of itself that bears on its end, in time order; progress lines can
 * be many and are left out.
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
  /** Kind and path of its file. */
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

/** Read the events that the verdict rests on. */
export function readRunEvents(db: ReadableDb): RunEventRow[] {
  const events = selectRows(
    db,
    `SELECT e.file_id AS fileId, e.line, e.type, e.at_us AS atUs, e.node, e.name, e.value, e.message, f.kind, f.path
       FROM run_event e JOIN file f ON f.id = e.file_id
       WHERE e.type IN (${TYPES.map(() => '?').join(', ')})
       ORDER BY e.at_us IS NULL, e.at_us, e.file_id, e.line LIMIT 100000`,
    runEventColumns,
  ).all(...TYPES);
  // A large file is read in parts, each of which reports how it ends: only the last one is the end.
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

/** Closing lines may follow the last words, but not more than a part's tail holds. */
const FARTHEST_LAST_WORDS = 400;
