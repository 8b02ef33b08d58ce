/**
 * Error detail: the exception and the user's frame behind a line, from the errors that the parsers
 * found.
 */
import type { ExceptionInfo, FrameInfo } from '../../contract/testimony.ts';
import { parseTraceback, phaseOf } from '../formats/traceback.ts';
import type { ReadableDb } from '../store/open.ts';
import { type JsonText, parseJson, type RowOf, type Select, selectRows, word } from '../store/select.ts';
import { firstLine } from './meaning.ts';
import type { Ref } from './refs.ts';
import { isServiceClass } from './service-words.ts';

const errorColumns = {
  lines: 'number',
  atUs: 'number?',
  node: 'text?',
  pid: 'number?',
  process: 'text?',
  chain: word<JsonText<string[]>>(),
  message: 'text',
  messages: word<JsonText<string[]>>(),
  userFrames: word<JsonText<string[]>>(),
  miniBatchId: 'text?',
  /** First line of the record that contains a traceback; null if the traceback stands alone. */
  head: 'text?',
  kind: 'text',
  path: 'text',
  fileId: 'number',
  /** 1-based. */
  line: 'number',
} as const;
export type ErrorRow = RowOf<typeof errorColumns>;

/**
 * Selects errors with the path of their file. `rest` is the condition, on `e` (error_event) or `f`
 * (file), and the order.
 */
export function selectErrors(db: ReadableDb, rest: string): Select<ErrorRow> {
  const sql = `SELECT e.file_id AS fileId, e.line, e.lines, e.at_us AS atUs, e.node, e.pid, e.process, e.chain, e.message,
      e.messages, e.user_frames AS userFrames, e.mini_batch_id AS miniBatchId, e.head, f.kind, f.path
    FROM error_event e JOIN file f ON f.id = e.file_id ${rest}`;
  return selectRows(db, sql, errorColumns);
}

/** Returns the error that includes this line; undefined if none does. */
export function errorAt(db: ReadableDb, { fileId, line }: Ref): ErrorRow | undefined {
  return selectErrors(
    db,
    `WHERE e.file_id = ? AND e.line <= ? AND e.line + e.lines > ? ORDER BY e.line DESC LIMIT 1`,
  ).get(fileId, line, line);
}

const classInText =
  /(?:^|[\s:(])(?<name>(?:[\p{L}_][\p{L}\p{N}_]*\.)*[\p{Lu}\p{Lo}][\p{L}\p{N}_]*(?:Error|Exception|Exit|Interrupt|Timeout|Failure|NotFound|Warning)): (?<message>[^\n]*)/u;

const classesInLine =
  /\s(?:[A-Za-z_]\w*\.)*(?<name>[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Timeout|Failure|NotFound))(?:: (?<message>[^\n]*?))?(?=\s*$|\n)/g;

/**
 * Returns the exception of an error: the last in its chain that is the user's or a library's,
 * because what the service raises on top only repeats it. For an error line without a traceback,
 * returns the class that its text names.
 */
export function exceptionOf(row: Pick<ErrorRow, 'chain' | 'message' | 'messages'>): ExceptionInfo | null {
  const chain = parseJson(row.chain);
  const messages = parseJson(row.messages);
  // An exception group has no message of its own. Its last member is the exception.
  const last = chain.findLastIndex((name) => !/Group$/.test(name));
  for (let index = last; index >= 0; index--) {
    const name = chain[index];
    if (name === undefined || (isServiceClass(name) && index > 0)) continue;
    const message = index === last ? row.message : (messages[index] ?? '');
    return { class: name, message: message.trim() };
  }
  return exceptionIn(row.message);
}

/**
 * Returns the exception that a text names, as in `… failed with error: TypeError: no text`; null if
 * it names none.
 */
export function exceptionIn(text: string): ExceptionInfo | null {
  const { name, message } = classInText.exec(text.slice(0, 4_000))?.groups ?? {};
  if (name === undefined || message === undefined) return null;
  return { class: name.slice(name.lastIndexOf('.') + 1), message: message.trim() };
}

/**
 * Returns the exception that ends a traceback within a text, as Python prints it; null if there is
 * no traceback. Platforms quote a console with its line breaks or without them.
 */
export function quotedException(text: string): ExceptionInfo | null {
  const start = text.indexOf('Traceback (most recent call last)');
  if (start === -1) return null;
  const quoted = text.slice(start, start + 20_000);
  const { chain, message } = parseTraceback(quoted.split('\n'));
  const name = chain.at(-1);
  if (name !== undefined) return { class: name, message: message.trim() };
  const last = [...quoted.matchAll(classesInLine)].at(-1)?.groups;
  return last?.name === undefined ? null : { class: last.name, message: last.message?.trim() ?? '' };
}

/**
 * Returns the most informative line of a text: the first, unless it only introduces an indented
 * `Message: …` below it, as SDK exceptions do (`UserErrorException:`).
 */
export function tellingLine(text: string): string {
  const line = firstLine(text);
  const told = /^\s*Message: (.+)$/m.exec(text)?.[1]?.trim();
  if (told === undefined || !(line.endsWith(':') || line.startsWith('Message: '))) return line;
  const lead = line.startsWith('Message: ') ? '' : line.replace(/(?:^|\s)\w+:$/, '').trim();
  return lead === '' ? told.slice(0, 300) : `${lead} ${told}`.slice(0, 300);
}

/** Formats an exception as Python prints it: `KeyError: 'customer_id'`, `AssertionError`. */
export function exceptionText({ class: name, message }: ExceptionInfo): string {
  const line = tellingLine(message);
  return line === '' ? name : `${name}: ${line}`;
}

/**
 * Returns the innermost frame in the user's own code. The source line is read later, with the text.
 */
export function frameOf(row: Pick<ErrorRow, 'userFrames'>): FrameInfo | null {
  const frames = parseJson(row.userFrames);
  const match = /^(.*):([^:]*):(\d+)$/s.exec(frames.at(-1) ?? '');
  if (match === null) return null;
  return { file: match[1] ?? '', line: Number(match[3]), function: match[2] ?? '', code: null };
}

/**
 * Returns the method of the entry script that raised the error, from its frames or the words before
 * them.
 */
export function phaseOfError(row: Pick<ErrorRow, 'userFrames' | 'message' | 'head'>): 'init' | 'run' | null {
  const said = /\b(init|run)\(\)/.exec(`${row.head ?? ''} ${row.message}`)?.[1];
  return phaseOf(parseJson(row.userFrames)) ?? (said === 'init' || said === 'run' ? said : null);
}
