/** The error reporter collects error records and tracebacks from any log. */
import { mentionedMiniBatch } from '../mention.ts';
import { isChainLine, nextTraceback, parseTraceback } from '../traceback.ts';
import type { ErrorEvent, FileContext, LogRecord, RecordSink } from '../types.ts';
import { errorStart } from './last-words.ts';

const errorLevel = 4;
const longestMessage = 2_000;
const longestHead = 300;
/**
 * A traceback belongs to the error line before it only if it follows directly or after a few lines
 * of message.
 */
const farthestTraceback = 12;
/** Maximum number of message lines of an error line. */
const mostMessageLines = 5;
/** Maximum number of lines in which argparse explains a program's arguments. */
const farthestUsage = 80;

/** Reports the errors of one file. */
export interface ErrorReporter {
  record(record: LogRecord, sink: RecordSink): void;
  end(sink: RecordSink): void;
  /** See `LogParser.state`. */
  readonly state: object;
}

interface State {
  held: { event: ErrorEvent; lines: string[]; next: number } | null;
  /**
   * An error line without a traceback in free text; indented lines directly after it continue it.
   */
  open: ErrorEvent | null;
  /**
   * The line where a program last explained its usage: argparse does so before it rejects the
   * arguments.
   */
  usageLine: number | null;
}

/** Adds an indented record directly after an error line to its message. */
function goesOnWith(open: ErrorEvent, record: LogRecord): boolean {
  const isNext = !record.prefixed && record.line === open.line + open.lines && /^\s+\S/.test(record.head);
  if (!isNext || open.lines >= mostMessageLines || /^\s+File "/.test(record.head)) return false;
  open.message = cut(`${open.message}\n${record.head}`);
  open.lines++;
  return true;
}

interface Found {
  /** Index of its first line in the record. */
  start: number;
  end: number;
}

/**
 * Creates a reporter, which emits one event for a line with level error or critical together with
 * the traceback that follows it, and one for every other traceback. It treats all kinds of log
 * alike, so that an error counts the same everywhere. It holds back a bare traceback until it knows
 * whether the next record continues with "During handling of the above exception…", which makes
 * both one error.
 */
export function createErrorReporter(context: FileContext): ErrorReporter {
  const state: State = { held: null, open: null, usageLine: null };
  const isList = isErrorList(context.path);
  const flush = (sink: RecordSink): void => {
    if (state.held) sink.error(state.held.event);
    if (state.open) sink.error(state.open);
    state.held = null;
    state.open = null;
  };

  return {
    state,
    record(record, sink) {
      if (state.open !== null && goesOnWith(state.open, record)) return;
      const found = findTracebacks(record.lines, record.prefixed);
      if (record.prefixed && !isFree(context)) extendMessage(record.lines, found);
      const before = state.held;
      const joins =
        before !== null &&
        !record.prefixed &&
        record.line - before.next <= 3 &&
        record.lines.slice(0, 3).some((line) => isChainLine(line));
      if (before && joins) {
        const end = found[0]?.end ?? record.lines.length;
        const lines = [...before.lines, ...record.lines.slice(0, end)];
        const parsed = parseTraceback(lines);
        before.event.chain = parsed.chain;
        before.event.message = cut(parsed.message) || before.event.message;
        before.event.messages = parsed.chain.length > 1 ? parsed.messages : [];
        before.event.userFrames = parsed.userFrames;
        before.event.lines = record.line + end - before.event.line;
        state.held = { event: before.event, lines, next: record.line + end };
        found.shift();
      } else {
        flush(sink);
      }
      const isError =
        record.level >= errorLevel || (isList && !isListHeader(record)) || startsError(context, state, record);
      const raised = isError && (record.prefixed || found.length === 0) && !joins;
      const first = found[0];
      const own = raised && first && first.start <= farthestTraceback ? first : null;
      const json = found.length === 0 ? jsonErrors(context, record) : [];
      for (const event of json) sink.error(event);
      if (raised && !own && json.length === 0) {
        const event = plainError(context, record);
        if (record.prefixed) sink.error(event);
        else state.open = event;
      }
      for (const each of found) {
        flush(sink);
        const start = each === own ? 0 : each.start;
        const lines = record.lines.slice(each.start, each.end);
        const event = tracebackError(context, record, start, each.end, lines);
        if (record.prefixed) sink.error(event);
        else state.held = { event, lines, next: record.line + each.end };
      }
    },
    end: flush,
  };
}

/** `The process001 on node 3 failed with error: …`: a list of errors names the process of each. */
const namedProcess =
  /\b(?<process>(?:Fork|Spawn|ForkServer)?Process-\d+|process\d+|_main|MainProcess)\b[^\n]{0,40}? on (?:the )?node (?<node>[\w.:-]*\w)/i;

/** Returns the node and process that an error's line names, or null. */
export function namedIn(text: string): { node: string; process: string } | null {
  const { node, process } = namedProcess.exec(text.slice(0, 400))?.groups ?? {};
  return node === undefined || process === undefined ? null : { node, process };
}

function common(
  context: FileContext,
  record: LogRecord,
): Pick<ErrorEvent, 'atUs' | 'node' | 'pid' | 'process' | 'level'> {
  const named = context.node === null ? namedIn(record.head) : null;
  return {
    atUs: record.timeUs,
    node: named?.node ?? context.node,
    pid: record.pid,
    process: named?.process ?? context.process,
    level: Math.max(record.level, errorLevel),
  };
}

/** Decides whether prints of a script may stand between the lines of the log. */
function isFree(context: FileContext): boolean {
  return (
    (context.kind === 'user' && !context.format.endsWith('user-error')) ||
    context.kind === 'driver' ||
    context.kind === 'other'
  );
}

/**
 * Decides whether a file is a list of errors, some of which the run recovered from:
 * `job_error.txt`, `joberror_….txt`.
 */
export function isErrorList(path: string): boolean {
  return /(?:^|\/)job_?errors?\b[^/]*$/.test(path.replace(/[._](?=[^/]*$)/g, '.'));
}

/** Decides whether a record is the line with which a list of errors explains itself. */
function isListHeader(record: LogRecord): boolean {
  const { head } = record;
  if (head.includes('Traceback (most recent call last)') || namedIn(head) !== null) return false;
  return (
    head.trim() === '' ||
    /\b(?:this|the) (?:file|log|list)\b|\b(?:may|might|does|do) not (?:\w+ ){0,2}(?:impact|affect|change|influence)|\blists? (?:of )?(?:all )?(?:the )?errors?\b/i.test(
      head,
    )
  );
}

/**
 * Decides whether a free line without a level begins an error: argparse's rejection anywhere, and
 * what a program or the platform writes when it ends.
 */
function startsError(context: FileContext, state: State, record: LogRecord): boolean {
  const { head } = record;
  if (head.startsWith('usage: ')) {
    state.usageLine = record.line;
    return false;
  }
  if (record.level !== 0 || (context.kind !== 'driver' && context.kind !== 'user' && context.kind !== 'other'))
    return false;
  const isAfterUsage = state.usageLine !== null && record.line - state.usageLine <= farthestUsage;
  const start = errorStart(head, isAfterUsage);
  if (start === null) return false;
  return context.kind === 'driver' ? start.name !== 'launcher' : start.name === 'usage_error';
}

/**
 * Reads exceptions written as one line of JSON: `{"module": …, "name": "KeyError", "message": …,
 * "formatted_traceback": "Traceback …"}`.
 */
function jsonErrors(context: FileContext, record: LogRecord): ErrorEvent[] {
  const events: ErrorEvent[] = [];
  for (const [index, line] of record.lines.entries()) {
    const at = line.indexOf('"formatted_traceback"');
    if (at === -1) continue;
    const text = jsonString(line, 'formatted_traceback');
    const parsed = parseTraceback((text ?? '').split('\n'));
    const name = jsonString(line, 'name') ?? jsonString(record.lines[index - 2] ?? '', 'name');
    const message = jsonString(line, 'message') ?? jsonString(record.lines[index - 1] ?? '', 'message');
    const chain = parsed.chain.length > 0 ? parsed.chain : name === null ? [] : [name];
    if (chain.length === 0 && message === null) continue;
    events.push({
      ...common(context, record),
      line: record.line + index,
      lines: 1,
      chain,
      message: cut(parsed.chain.length > 0 ? parsed.message : (message ?? '')),
      messages: chain.length > 1 ? parsed.messages : [],
      userFrames: parsed.userFrames,
      miniBatchId: mentionedMiniBatch(record.head),
      head: null,
    });
  }
  return events;
}

/** Returns a string property from a line of JSON that may be cut. */
function jsonString(line: string, name: string): string | null {
  const match = new RegExp(`"${name}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(line);
  if (match?.[1] === undefined) return null;
  try {
    return JSON.parse(match[1]) as string;
  } catch {
    return null;
  }
}

/**
 * Extends the message: the service's own records end with the exception, so the lines after it
 * continue its message.
 */
function extendMessage(lines: readonly string[], found: Found[]): void {
  const last = found.at(-1);
  if (!last) return;
  const limit = Math.min(lines.length, last.end + 20);
  while (last.end < limit && (lines[last.end] ?? '').trim() !== '') last.end++;
}

function plainError(context: FileContext, record: LogRecord): ErrorEvent {
  // In the log of a script, prints may follow, so only indented lines continue the message.
  const free = isFree(context);
  let count = 1;
  while (count < record.lines.length && count < mostMessageLines) {
    const line = record.lines[count] ?? '';
    if (line.trim() === '' || (free && !/^\s/.test(line))) break;
    count++;
  }
  return {
    ...common(context, record),
    line: record.line,
    lines: count,
    chain: [],
    message: cut([record.head, ...record.lines.slice(1, count)].join('\n')),
    messages: [],
    userFrames: [],
    miniBatchId: mentionedMiniBatch(record.head),
    head: null,
  };
}

function tracebackError(
  context: FileContext,
  record: LogRecord,
  start: number,
  end: number,
  lines: string[],
): ErrorEvent {
  const parsed = parseTraceback(lines);
  return {
    ...common(context, record),
    line: record.line + start,
    lines: end - start,
    chain: parsed.chain,
    message: cut(parsed.message || (parsed.chain.length > 0 ? '' : start === 0 ? record.head : (lines[0] ?? ''))),
    messages: parsed.chain.length > 1 ? parsed.messages : [],
    userFrames: parsed.userFrames,
    miniBatchId: start === 0 ? mentionedMiniBatch(record.head) : null,
    head: start === 0 && record.prefixed ? record.head.slice(0, longestHead) : null,
  };
}

function cut(text: string): string {
  // A list of errors closes each entry with a dot on its own line.
  return text
    .slice(0, longestMessage)
    .trimEnd()
    .replace(/\n\s*\.$/, '');
}

/** Finds the range of lines of each traceback; chained ones count as one. */
function findTracebacks(lines: readonly string[], prefixed: boolean): Found[] {
  const found: Found[] = [];
  let state = 0;
  for (let index = 0; index < lines.length; index++) {
    const step = nextTraceback(state, lines[index] ?? '', index === 0 && prefixed);
    state = step.state;
    if (step.role === 'first') found.push({ start: index, end: index + 1 });
    const last = found.at(-1);
    if (last && step.role !== null && step.role !== 'first') last.end = index + 1;
  }
  return found;
}
