/** A process name is how a table or a log identifies a process. */
import { parseText } from './values.ts';

/**
 * A process as a table's column or a log's prefix names it: by its pid, by its name (`Process-3`,
 * `process001`), or by both with the node (`0_process001_22796`, `10.0.0.4_Process-3`). Which form
 * a build writes is not documented, so each part is optional.
 */
export interface ProcessName {
  node: string | null;
  process: string | null;
  pid: number | null;
}

const separator = String.raw`[\s:_/|(-]+`;
const workerName = String.raw`(?:Fork|Spawn|ForkServer)?Process-\d+(?::\d+)*|process\d+|_*main_*|MainProcess`;
const withName = new RegExp(
  String.raw`^(?:(?<node>\S+?)${separator})?(?<process>${workerName})(?:${separator}(?:pid\s*)?(?<pid>\d+)\)?)?$`,
  'i',
);
const withNode = new RegExp(String.raw`^(?<node>\d+\.\d+\.\d+\.\d+|\d{1,6})${separator}(?<rest>.+)$`);

/** Cache: the rows of a table repeat few names. */
const seen = new Map<string, ProcessName>();
const mostSeen = 1_000;

/**
 * Splits the text of a cell; parts it does not name are null. A text of unknown form is a process
 * name as a whole.
 */
export function parseProcessName(value: unknown): ProcessName {
  const text = parseText(value);
  if (text === null) return { node: null, process: null, pid: null };
  const known = seen.get(text);
  if (known !== undefined) return known;
  const name = splitName(text);
  if (seen.size >= mostSeen) seen.clear();
  seen.set(text, name);
  return name;
}

function splitName(text: string): ProcessName {
  if (/^\d+$/.test(text)) return { node: null, process: null, pid: Number(text) };
  const named = withName.exec(text)?.groups;
  if (named !== undefined) {
    return {
      node: named.node ?? null,
      process: named.process ?? null,
      pid: named.pid === undefined ? null : Number(named.pid),
    };
  }
  const parts = withNode.exec(text)?.groups;
  if (parts === undefined) return { node: null, process: text, pid: null };
  return { ...splitName(parts.rest ?? ''), node: parts.node ?? null };
}

/**
 * Decides whether a name is a supervisor's, which starts workers and processes no mini-batches
 * (`MainProcess`, `main`, `_main`, `_main_0`).
 */
export function isSupervisor(process: string): boolean {
  return /^_*main/i.test(process) || /^(?:master|driver|overview)/i.test(process);
}
