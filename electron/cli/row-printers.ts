import { attemptJson, batchJson, fileJson, isoTime, problemJson } from '../contract/json-rows.ts';
import type { AttemptRow, FileRow, MiniBatchRow, Problem } from '../contract/records.ts';
import type { RowPrinter } from './print-rows.ts';
import { formatBytes, formatCount, formatDuration } from './values.ts';

const number = (value: number | null) => (value === null ? '' : formatCount(value));
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
    { title: 'ATTEMPTS', text: (row) => number(row.attempts), right: true },
    { title: 'ITEMS', text: (row) => number(row.total), right: true },
    { title: 'OK', text: (row) => number(row.succeeded), right: true },
    { title: 'FAILED', text: (row) => number(row.failed), right: true },
    { title: 'STARTED', text: (row) => text(isoTime(row.startUs)) },
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
    { title: 'ATTEMPT', text: (row) => number(row.attempt), right: true },
    { title: 'OUTCOME', text: (row) => row.outcome },
    { title: 'ITEMS', text: (row) => number(row.total), right: true },
    { title: 'OK', text: (row) => number(row.succeeded), right: true },
    { title: 'FAILED', text: (row) => number(row.failed), right: true },
    { title: 'STARTED', text: (row) => text(isoTime(row.startUs)) },
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
    { title: 'LINES', text: (row) => number(row.lines), right: true },
    { title: 'ERRORS', text: (row) => number(row.errors), right: true },
    { title: 'KIND', text: (row) => row.kind },
    { title: 'NODE', text: (row) => text(row.node) },
    { title: 'PID', text: (row) => text(row.pid) },
    { title: 'FIRST', text: (row) => text(isoTime(row.firstUs)) },
    { title: 'FILE', text: (row) => row.path },
  ],
  none: 'No files.',
};

export const problemPrinter: RowPrinter<Problem> = {
  json: problemJson,
  csvColumns: ['file', 'line', 'kind', 'message', 'count'],
  columns: [
    { title: 'COUNT', text: (row) => number(row.count), right: true },
    { title: 'KIND', text: (row) => row.kind },
    { title: 'WHERE', text: (row) => [row.file, row.line].filter((part) => part !== null).join(':') },
    { title: 'MESSAGE', text: (row) => row.message },
  ],
  none: 'No problems.',
};
