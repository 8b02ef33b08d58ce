/** How the rows of each table are printed: columns for people, columns of CSV. */

import type { AttemptRow, MiniBatchRow } from '../contract/batch-records.ts';
import type { FileRow, Problem } from '../contract/file-records.ts';
import { formatBytes, formatNumber } from '../contract/format.ts';
import { formatDateTime } from '../contract/format-time.ts';
import { attemptJson, batchJson, fileJson, problemJson } from '../contract/json-rows.ts';
import { attemptColumns, batchColumns, type RowColumn } from '../contract/row-columns.ts';
import type { RowPrinter } from './print-rows.ts';

const text = (value: string | number | null) => (value === null ? '' : String(value));

/** Returns the part of a printer that follows from a table of columns. */
function printed<Row>(columns: readonly Pick<RowColumn<Row>, 'name' | 'terminal' | 'isNumber'>[]) {
  const shown = columns.flatMap(({ terminal, isNumber }) =>
    terminal === undefined ? [] : [{ ...terminal, title: terminal.heading, right: isNumber === true }],
  );
  return { csvColumns: columns.map(({ name }) => name), columns: shown.sort((a, b) => a.at - b.at) };
}

export const batchPrinter: RowPrinter<MiniBatchRow> = {
  json: batchJson,
  ...printed(batchColumns),
  none: 'No mini-batches.',
};

export const attemptPrinter: RowPrinter<AttemptRow> = {
  json: attemptJson,
  ...printed(attemptColumns),
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
