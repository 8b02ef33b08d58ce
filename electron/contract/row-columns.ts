/**
 * A row column is one column of the table of mini-batches or of attempts.
 *
 * These tables are the one place that names them. JSON and CSV of the command line and of saved
 * lists, the table on a terminal, the sort orders of mini-batches, and the window's table follow
 * from them. To add a column, add a row here.
 */

import type { AttemptRow, MiniBatchRow } from './batch-records.ts';
import { formatDuration, formatNumber } from './format.ts';
import { formatDateTime } from './format-time.ts';
import { isoTime, refJson } from './json-values.ts';
import type { LineRef } from './line-records.ts';

export interface RowColumn<Row> {
  /** Name in the window, and in its address as a sort order. */
  id: string;
  /** Name in JSON and CSV: names are added, never changed. */
  name: string;
  title: string;
  hint?: string;
  json: (row: Row) => string | number | null | ReturnType<typeof refJson>;
  isNumber?: boolean;
  /** Heading, text and position on a terminal. Absent if not shown there. */
  terminal?: { heading: string; at: number; text: (row: Row) => string };
}

const text = (value: string | number | null) => (value === null ? '' : String(value));
const placeOf = (ref: LineRef | null) => (ref === null ? '' : `${ref.file}:${ref.line}`);

/** The sort orders of mini-batches. */
export const batchSorts = [
  'miniBatchId',
  'status',
  'attempts',
  'node',
  'pid',
  'total',
  'succeeded',
  'failed',
  'startUs',
  'endUs',
  'durationSeconds',
  'retries',
] as const;

export const batchColumns: readonly RowColumn<MiniBatchRow>[] = [
  {
    id: 'miniBatchId',
    name: 'miniBatchId',
    title: 'Mini-batch',
    json: (row) => row.miniBatchId,
    isNumber: true,
    terminal: { heading: 'BATCH', at: 0, text: (row) => row.miniBatchId },
  },
  {
    id: 'status',
    name: 'status',
    title: 'Status',
    json: (row) => row.status,
    terminal: { heading: 'STATUS', at: 1, text: (row) => row.status },
  },
  {
    id: 'attempts',
    name: 'attempts',
    title: 'Attempts',
    hint: 'How often a process picked it up',
    json: (row) => row.attempts,
    isNumber: true,
    terminal: { heading: 'ATTEMPTS', at: 2, text: (row) => formatNumber(row.attempts) },
  },
  {
    id: 'node',
    name: 'node',
    title: 'Node',
    hint: 'Of the last attempt',
    json: (row) => row.node,
    terminal: { heading: 'NODE', at: 8, text: (row) => text(row.node) },
  },
  {
    id: 'pid',
    name: 'pid',
    title: 'PID',
    hint: 'Of the last attempt',
    json: (row) => row.pid,
    terminal: { heading: 'PID', at: 9, text: (row) => text(row.pid) },
  },
  {
    id: 'total',
    name: 'total',
    title: 'Items',
    hint: 'Items in the mini-batch',
    json: (row) => row.total,
    isNumber: true,
    terminal: { heading: 'ITEMS', at: 3, text: (row) => formatNumber(row.total) },
  },
  {
    id: 'succeeded',
    name: 'succeeded',
    title: 'Succeeded',
    hint: 'Items that succeeded in the last attempt',
    json: (row) => row.succeeded,
    isNumber: true,
    terminal: { heading: 'OK', at: 4, text: (row) => formatNumber(row.succeeded) },
  },
  {
    id: 'failed',
    name: 'failed',
    title: 'Failed',
    hint: 'Items that failed in the last attempt',
    json: (row) => row.failed,
    isNumber: true,
    terminal: { heading: 'FAILED', at: 5, text: (row) => formatNumber(row.failed) },
  },
  {
    id: 'startUs',
    name: 'startedAt',
    title: 'Start',
    hint: 'Of the first attempt',
    json: (row) => isoTime(row.startUs),
    terminal: { heading: 'STARTED (UTC)', at: 6, text: (row) => formatDateTime(row.startUs, 'utc') },
  },
  {
    id: 'endUs',
    name: 'endedAt',
    title: 'End',
    hint: 'Of the last attempt',
    json: (row) => isoTime(row.endUs),
  },
  {
    id: 'durationSeconds',
    name: 'durationSeconds',
    title: 'Duration',
    hint: 'Of the last attempt',
    json: (row) => row.durationSeconds,
    isNumber: true,
    terminal: { heading: 'TOOK', at: 7, text: (row) => formatDuration(row.durationSeconds) },
  },
  {
    id: 'retries',
    name: 'retries',
    title: 'Retries',
    hint: 'Attempts after the first',
    json: (row) => Math.max(0, row.attempts - 1),
    isNumber: true,
  },
];

type AttemptColumn = Omit<RowColumn<AttemptRow>, 'id' | 'title' | 'hint'>;

const attempt = (
  name: string,
  json: AttemptColumn['json'],
  terminal?: AttemptColumn['terminal'],
  isNumber = false,
): AttemptColumn => ({ name, json, isNumber, ...(terminal === undefined ? {} : { terminal }) });
const shown = (heading: string, at: number, of: (row: AttemptRow) => string) => ({ heading, at, text: of });

/** Attempts have no titles here, because the window shows them within their mini-batch. */
export const attemptColumns: readonly AttemptColumn[] = [
  attempt(
    'miniBatchId',
    (row) => row.miniBatchId,
    shown('BATCH', 0, (row) => row.miniBatchId),
    true,
  ),
  attempt(
    'attempt',
    (row) => row.attempt,
    shown('ATTEMPT', 1, (row) => formatNumber(row.attempt)),
    true,
  ),
  attempt(
    'node',
    (row) => row.node,
    shown('NODE', 9, (row) => text(row.node)),
  ),
  attempt(
    'pid',
    (row) => row.pid,
    shown('PID', 10, (row) => text(row.pid)),
  ),
  attempt('process', (row) => row.process),
  attempt(
    'startedAt',
    (row) => isoTime(row.startUs),
    shown('STARTED (UTC)', 6, (row) => formatDateTime(row.startUs, 'utc')),
  ),
  attempt('endedAt', (row) => isoTime(row.endUs)),
  attempt(
    'durationSeconds',
    (row) => row.durationSeconds,
    shown('TOOK', 7, (row) => formatDuration(row.durationSeconds)),
    true,
  ),
  attempt('processSeconds', (row) => row.processSeconds),
  attempt(
    'runMethodSeconds',
    (row) => row.runMethodSeconds,
    shown('RUN()', 8, (row) => formatDuration(row.runMethodSeconds)),
    true,
  ),
  attempt(
    'total',
    (row) => row.total,
    shown('ITEMS', 3, (row) => formatNumber(row.total)),
    true,
  ),
  attempt(
    'succeeded',
    (row) => row.succeeded,
    shown('OK', 4, (row) => formatNumber(row.succeeded)),
    true,
  ),
  attempt(
    'failed',
    (row) => row.failed,
    shown('FAILED', 5, (row) => formatNumber(row.failed)),
    true,
  ),
  attempt(
    'outcome',
    (row) => row.outcome,
    shown('OUTCOME', 2, (row) => row.outcome),
  ),
  attempt('error', (row) => row.error),
  attempt(
    'pickedUp',
    (row) => row.pickedUp && refJson(row.pickedUp),
    shown('PICKED UP AT', 11, (row) => placeOf(row.pickedUp)),
  ),
  attempt('finished', (row) => row.finished && refJson(row.finished)),
];

/** Builds the JSON of a row from its columns. */
export function jsonOf<Row>(
  columns: readonly Pick<RowColumn<Row>, 'name' | 'json'>[],
  row: Row,
): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ name, json }) => [name, json(row)]));
}
