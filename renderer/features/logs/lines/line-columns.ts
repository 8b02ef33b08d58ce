/**
 * Line columns are as wide as the longest of what they hold. The widths follow from the files
 * beforehand, so that the columns stand still while one scrolls.
 */
import type { FileRow } from '../../../../electron/contract/records.ts';
import { formatNumber } from '../../../base/format.ts';
import { logName } from '../tree/file-label.ts';

export interface LineColumns {
  /** Where the lines are of several files. */
  time: boolean;
  source: boolean;
  miniBatch: boolean;
  /** Which of the logs of a process it is. */
  log: boolean;
  /** Characters of the longest of each, so that columns stand still while one scrolls. */
  numberChars: number;
  logChars: number;
  nodeChars: number;
  processChars: number;
}

const MOST_NODE_CHARS = 24;
const MOST_PROCESS_CHARS = 22;
/** Of the names of the usual logs; files of no known kind may have longer ones. */
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
    // Logs of no run have none.
    miniBatch: isMerged && files.some(({ kind }) => kind !== 'other'),
    log: isMerged,
    numberChars: Math.max(4, formatNumber(mostLine).length),
    nodeChars: Math.min(node, MOST_NODE_CHARS),
    processChars: Math.min(process, MOST_PROCESS_CHARS),
    logChars: Math.min(log, MOST_LOG_CHARS),
  };
}
