/** How the rows of each table are printed: columns for people, columns of CSV. */
import { formatBytes, formatDuration, formatNumber } from '../contract/format.ts';
import { formatDateTime } from '../contract/format-time.ts';
import { attemptJson, batchJson, fileJson, problemJson } from '../contract/json-rows.ts';
import type { AttemptRow, FileRow, MiniBatchRow, Problem } from '../contract/records.ts';
import type { RowPrinter } from './print-rows.ts';

const text = (value: string | number | null) => (value === null ? '' : String(value));

export const batchPrinter: RowPrinter<MiniBatchRow> = {
  json: batchJson,
  csvColumns: [
    'miniBatchId',
    'status',
    'attempts',
    'node',
    'pid',
    'total',
    'succeeded',
    'failed',
    'startedAt',
    'endedAt',
    'durationSeconds',
  ],
  columns: [
    { title: 'BATCH', text: (row) => row.miniBatchId, right: true },
    { title: 'STATUS', text: (row) => row.status },
    { title: 'ATTEMPTS', text: (row) => formatNumber(row.attempts), right: true },
    { title: 'ITEMS', text: (row) => formatNumber(row.total), right: true },
    { title: 'OK', text: (row) => formatNumber(row.succeeded), right: true },
    { title: 'FAILED', text: (row) => formatNumber(row.failed), right: true },
    { title: 'STARTED (UTC)', text: (row) => formatDateTime(row.startUs, 'utc') },
    { title: 'TOOK', text: (row) => formatDuration(row.durationSeconds), right: true },
    { title: 'NODE', text: (row) => text(row.node) },
    { title: 'PID', text: (row) => text(row.pid) },
  ],
  none: 'No mini-batches.',
};

export const attemptPrinter: RowPrinter<AttemptRow> = {
  json: attemptJson,
  csvColumns: [
    'miniBatchId',
    'attempt',
    'node',
    'pid',
    'process',
    'startedAt',
    'endedAt',
    'durationSeconds',
    'processSeconds',
    'runMethodSeconds',
    'total',
    'succeeded',
    'failed',
    'outcome',
    'error',
    'pickedUp',
    'finished',
  ],
  columns: [
    { title: 'BATCH', text: (row) => row.miniBatchId, right: true },
    { title: 'ATTEMPT', text: (row) => formatNumber(row.attempt), right: true },
    { title: 'OUTCOME', text: (row) => row.outcome },
    { title: 'ITEMS', text: (row) => formatNumber(row.total), right: true },
    { title: 'OK', text: (row) => formatNumber(row.succeeded), right: true },
    { title: 'FAILED', text: (row) => formatNumber(row.failed), right: true },
    { title: 'STARTED (UTC)', text: (row) => formatDateTime(row.startUs, 'utc') },
    { title: 'TOOK', text: (row) => formatDuration(row.durationSeconds), right: true },
    { title: 'RUN()', text: (row) => formatDuration(row.runMethodSeconds), right: true },
    { title: 'NODE', text: (row) => text(row.node) },
    { title: 'PID', text: (row) => text(row.pid) },
    {
      title: 'PICKED UP AT',
      text: (row) => (row.pickedUp === null ? '' : `${row.pickedUp.file}:${row.pickedUp.line}`),
    },
  ],
  none: 'No attempts.',
};

export const filePrinter: RowPrinter<FileRow> = {
  json: fileJson,
  csvColumns: ['file', 'kind', 'node', 'process', 'pid', 'bytes', 'lines', 'firstAt', 'lastAt'],
  columns: [
    { title: 'SIZE', text: (row) => formatBytes(row.bytes), right: true },
    { title: 'LINES', text: (row) => formatNumber(row.lines), right: true },
    { title: 'ERRORS', text: (row) => formatNumber(row.errors), right: true },
    { title: 'KIND', text: (row) => row.kind },
    { title: 'NODE', text: (row) => text(row.node) },
    { title: 'PID', text: (row) => text(row.pid) },
    { title: 'FIRST (UTC)', text: (row) => formatDateTime(row.firstUs, 'utc') },
    { title: 'FILE', text: (row) => row.path },
  ],
  none: 'No files.',
};

export const problemPrinter: RowPrinter<Problem> = {
  json: problemJson,
  csvColumns: ['file', 'line', 'kind', 'message', 'count'],
  columns: [
    { title: 'COUNT', text: (row) => formatNumber(row.count), right: true },
    { title: 'KIND', text: (row) => row.kind },
    { title: 'WHERE', text: (row) => [row.file, row.line].filter((part) => part !== null).join(':') },
    { title: 'MESSAGE', text: (row) => row.message },
  ],
  none: 'No problems.',
};
