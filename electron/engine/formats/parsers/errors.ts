import { mentionedMiniBatch } from '../mention.ts';
import { isChainLine, nextTraceback, parseTraceback } from '../traceback.ts';
import type { ErrorEvent, FileContext, LogRecord, RecordSink } from '../types.ts';

const errorLevel = 4;
const longestMessage = 2_000;
/** A traceback belongs to the error line before it only if it follows at once, a message of some lines between them. */
const farthestTraceback = 12;
/** Lines of a message that an error line goes on with. */
const mostMessageLines = 5;

/** Reports the errors of one file. */
export interface ErrorReporter {
  record(record: LogRecord, sink: RecordSink): void;
  end(sink: RecordSink): void;
  /** As `LogParser.state`. */
  readonly state: object;
}

interface Found {
  /** Index of its first line in the record. */
  start: number;
  end: number;
}

/**
 * One event for a line with level error or critical together with the traceback that follows it, and one for every other traceback. The same
 * for all kinds of log, so that an error counts the same wherever it stands. A bare traceback is held back until it is known whether the
 * next record goes on with "During handling of the above exception…", because then both are one error.
 */
export function createErrorReporter(context: FileContext): ErrorReporter {
  const state: { held: { event: ErrorEvent; lines: string[]; next: number } | null } = { held: null };
  const flush = (sink: RecordSink): void => {
    if (state.held) sink.error(state.held.event);
    state.held = null;
  };

  return {
    state,
    record(record, sink) {
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
        before.event.userFrames = parsed.userFrames;
        before.event.lines = record.line + end - before.event.line;
        state.held = { event: before.event, lines, next: record.line + end };
        found.shift();
      } else {
        flush(sink);
      }
      const raised = record.level >= errorLevel && (record.prefixed || found.length === 0) && !joins;
      const first = found[0];
      const own = raised && first && first.start <= farthestTraceback ? first : null;
      if (raised && !own) sink.error(plainError(context, record));
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

function common(
  context: FileContext,
  record: LogRecord,
): Pick<ErrorEvent, 'atUs' | 'node' | 'pid' | 'process' | 'level'> {
  return {
    atUs: record.timeUs,
    node: context.node,
    pid: record.pid,
    process: context.process,
    level: Math.max(record.level, errorLevel),
  };
}

/** Whether prints of a script may stand between the lines of the log. */
function isFree(context: FileContext): boolean {
  return (
    (context.kind === 'user' && !context.format.endsWith('user-error')) ||
    context.kind === 'driver' ||
    context.kind === 'other'
  );
}

/** The service's own records end with the exception: the lines after it are its message, going on. */
function extendMessage(lines: readonly string[], found: Found[]): void {
  const last = found.at(-1);
  if (!last) return;
  const limit = Math.min(lines.length, last.end + 20);
  while (last.end < limit && (lines[last.end] ?? '').trim() !== '') last.end++;
}

function plainError(context: FileContext, record: LogRecord): ErrorEvent {
  // What follows in the log of a script may be prints of their own: only what is indented goes on with the message.
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
    userFrames: [],
    miniBatchId: mentionedMiniBatch(record.head),
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
    message: cut(parsed.message || (start === 0 ? record.head : (lines[0] ?? ''))),
    userFrames: parsed.userFrames,
    miniBatchId: start === 0 ? mentionedMiniBatch(record.head) : null,
  };
}

function cut(text: string): string {
  return text.slice(0, longestMessage).trimEnd();
}

/** Ranges of lines that are a traceback each, chained ones as one. */
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
