/** Chooses the parser for each kind of file. */
import { runEvent } from '../events.ts';
import { createFreeTable } from '../tables/free-table.ts';
import { createProgressTable } from '../tables/progress-table.ts';
import { createResourceTable } from '../tables/resource-table.ts';
import { createProcessTaskTable, createReportTable } from '../tables/task-table.ts';
import type { FileContext, LogParser, TableParser } from '../types.ts';
import { createComputeParser } from './compute-parser.ts';
import { createDriverParser } from './driver-parser.ts';
import { createErrorReporter } from './errors.ts';
import { errorNeedles, lastWords } from './last-words.ts';
import { createMasterParser } from './master-parser.ts';
import { createProgressParser, createResultParser } from './progress-parser.ts';
import { createPoisonParser, createUserErrorParser, createUserOutputParser } from './user-parser.ts';
import { createWorkerParser } from './worker-parser.ts';

/**
 * Creates the parser of a file with lines. It reports the errors and tracebacks that any file can
 * have, and what the parser of the file's kind finds. It has state, so each file needs its own.
 */
export function createLogParser(context: FileContext): LogParser {
  const errors = createErrorReporter(context);
  const inner = createKindParser(context);
  // The end of these logs shows how the program that wrote them ended; the end of a worker's log
  // says nothing about the run.
  const wantsTail = context.kind === 'driver' || context.kind === 'other';
  return {
    needles: withErrorNeedles(context, inner?.needles ?? null),
    wantsTail,
    state: { errors: errors.state, ...(inner?.state && { inner: inner.state }) },
    record(record, sink) {
      errors.record(record, sink);
      inner?.record(record, sink);
    },
    end(sink, tail) {
      errors.end(sink);
      inner?.end?.(sink, tail);
      const last = wantsTail ? lastWords(tail) : null;
      if (last !== null) sink.run(runEvent({ type: 'last_words', atUs: tail.timeUs, ...last }));
    },
  };
}

/**
 * Adds needles for errors without a level: exceptions as JSON in every log, argparse's rejection in
 * free text.
 */
function withErrorNeedles(context: FileContext, needles: RegExp | null): RegExp {
  const words = ['"formatted_traceback"'];
  if (context.kind === 'user' || context.kind === 'other') words.push('usage: ', ': error: ');
  if (context.kind === 'driver') words.push('usage: ', ...errorNeedles);
  const own = words.join('|');
  return new RegExp(needles === null ? own : `${needles.source}|${own}`, needles?.flags ?? 'g');
}

/** Lets a new parser continue where another was when `saved` was cloned from its state. */
export function restoreLogParser(parser: LogParser, saved: unknown): void {
  const states = parser.state as Record<string, object>;
  for (const [name, state] of Object.entries(saved as Record<string, object>)) Object.assign(states[name] ?? {}, state);
}

/**
 * Creates the parser for the kind of the file; null for an unknown kind, of which only errors are
 * reported.
 */
function createKindParser(context: FileContext): LogParser | null {
  switch (context.kind) {
    case 'progress':
      return createProgressParser(context);
    case 'result':
      return createResultParser(context);
    case 'driver':
      return createDriverParser(context);
    case 'master':
      return createMasterParser(context);
    case 'worker':
      return createWorkerParser(context, 'worker_log');
    case 'issues':
      return context.format === 'prs1.poison-tasks'
        ? createPoisonParser(context)
        : createWorkerParser(context, 'error_log');
    case 'compute':
      return createComputeParser(context);
    case 'user':
      if (context.format.endsWith('user-error')) return createUserErrorParser(context);
      return context.process === null ? null : createUserOutputParser(context);
    default:
      return null;
  }
}

/** Returns the parser of a table, or null if its rows have nothing that Postrun collects. */
export function createTableParser(context: FileContext): TableParser | null {
  switch (context.format) {
    case 'prs1.task-table':
      return createProcessTaskTable(context);
    case 'prs1.processed-tasks':
    case 'prs1.pending-tasks':
    case 'prs1.override-tasks':
    case 'prs2.processed-mini-batches':
      return createReportTable(context);
    case 'prs2.progress-table':
      return createProgressTable();
    default:
      if (context.kind === 'resources') return createResourceTable(context);
      return context.kind === 'other' || context.kind === 'user' ? createFreeTable(context) : null;
  }
}
