/**
 * A row as JSON, as `--json` prints it and the window saves it. Scripts rely on the names: names
 * are added, never changed.
 */

import type { AttemptRow, MiniBatchRow } from './batch-records.ts';
import type { FileRow, Problem } from './file-records.ts';
import { isoTime } from './json-values.ts';
import type { LineRow } from './line-records.ts';
import { attemptColumns, batchColumns, jsonOf } from './row-columns.ts';

export { isoTime };

/** Like {@link isoTime}, with as many decimals as the time has: 3, 6 or 9. */
function exactTime(timeUs: number | null, nanos: number): string | null {
  const text = isoTime(timeUs);
  if (text === null || timeUs === null) return null;
  const micros = ((timeUs % 1000) + 1000) % 1000;
  if (micros === 0 && nanos === 0) return text;
  const three = (value: number) => String(value).padStart(3, '0');
  return `${text.slice(0, -1)}${three(micros)}${nanos === 0 ? '' : three(nanos)}Z`;
}

export const batchJson = (row: MiniBatchRow) => jsonOf(batchColumns, row);
export const attemptJson = (row: AttemptRow) => jsonOf(attemptColumns, row);

export function matchJson(row: LineRow, file: string) {
  return {
    file,
    line: row.line,
    text: row.text,
    node: row.node,
    pid: row.pid,
    process: row.process,
    miniBatchId: row.miniBatchId,
    level: row.level,
    timestamp: exactTime(row.writtenUs, row.nanos),
    // Present only if times were requested on one clock and the node's clock differs.
    ...(row.timeUs !== row.writtenUs && { alignedTimestamp: exactTime(row.timeUs, row.nanos) }),
    // Present only if clocks were set back, so that this local time occurred twice.
    ...(row.offset !== null && { utcOffset: row.offset }),
    continuation: row.isContinuation,
    // False if the time comes from the last dated line before this one.
    ownTimestamp: row.ownTime,
  };
}

export function fileJson(row: FileRow) {
  return {
    file: row.path,
    kind: row.kind,
    node: row.node,
    process: row.process,
    pid: row.pid,
    bytes: row.bytes,
    lines: row.lines,
    firstAt: isoTime(row.firstUs),
    lastAt: isoTime(row.lastUs),
    format: row.format,
    errors: row.errors,
    warnings: row.warnings,
    timeExample: row.timeExample ?? null,
    zone: row.zone ?? null,
    dateOrder: row.dateOrder ?? null,
    encoding: row.encoding ?? null,
  };
}

export function problemJson({ file, line, kind, message, count }: Problem) {
  return { file, line, kind, message, count };
}
