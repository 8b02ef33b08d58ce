/**
 * Line columns are as wide as their longest content. The widths come from the files in advance, so
 * that the columns do not move during scrolling.
 */
import type { FileRow } from '../../../../electron/contract/file-records.ts';
import { formatNumber } from '../../../base/format.ts';
import { logName } from '../tree/file-label.ts';

export interface LineColumns {
  /** Present if the lines come from several files. */
  time: boolean;
  source: boolean;
  miniBatch: boolean;
  /** Names which of a process's logs the line is from. */
  log: boolean;
  /** The characters of the longest of each, so that columns do not move during scrolling. */
  numberChars: number;
  logChars: number;
  nodeChars: number;
  processChars: number;
}

const MOST_NODE_CHARS = 24;
const MOST_PROCESS_CHARS = 22;
/** Fits the names of the usual logs. Files of no known kind may have longer ones. */
const LOG_CHARS = 11;
const MOST_LOG_CHARS = 24;

export function lineColumns(files: readonly FileRow[], mostLine: number, isMerged: boolean): LineColumns {
  let node = 4;
  let process = 7;
  let log = LOG_CHARS;
  for (const file of files) {
    node = Math.max(node, file.node?.length ?? 0);
    if (file.kind === 'other') log = Math.max(log, logName(file).length);
    const pid = file.pid === null ? 0 : String(file.pid).length;
    process = Math.max(process, (file.process?.length ?? 0) + (pid === 0 ? 0 : pid + 3));
  }
  return {
    time: isMerged,
    source: isMerged,
    // Logs that belong to no run have no mini-batches.
    miniBatch: isMerged && files.some(({ kind }) => kind !== 'other'),
    log: isMerged,
    numberChars: Math.max(4, formatNumber(mostLine).length),
    nodeChars: Math.min(node, MOST_NODE_CHARS),
    processChars: Math.min(process, MOST_PROCESS_CHARS),
    logChars: Math.min(log, MOST_LOG_CHARS),
  };
}

/** Tells whether lines have cells that tell those of several files apart. */
export function hasCells({ time, source, log, miniBatch }: LineColumns): boolean {
  return time || source || log || miniBatch;
}

/** Returns the widths of all columns before the text, as CSS lengths. */
export function columnWidths(columns: LineColumns): string[] {
  const chars = (count: number) => `calc(${count}ch + 12px)`;
  return [
    '18px',
    `calc(${columns.numberChars}ch + 8px)`,
    ...(columns.time ? [chars(12)] : []),
    ...(columns.source ? [chars(columns.nodeChars), chars(columns.processChars)] : []),
    ...(columns.log ? [chars(columns.logChars)] : []),
    ...(columns.miniBatch ? [chars(7)] : []),
    '20px',
  ];
}
