/** Runs sample lines through the parsers, to test the registry and to check custom formats. */
import { createLogParser, createTableParser } from '../parsers/parsers.ts';
import { decodePrefix } from '../prefix/decoded-prefix.ts';
import type { FormatSample, Yield } from '../rows/format-row.ts';
import { classify } from '../rows/registry.ts';
import { nextTraceback } from '../traceback.ts';
import type { FileContext, LogRecord, RecordSink } from '../types.ts';

/**
 * Groups lines into the records that ingest would pass to a parser: those it asks for, errors and
 * tracebacks.
 */
export function* toRecords(lines: readonly string[], needles: RegExp | null): Generator<LogRecord> {
  let timeUs: number | null = null;
  let pid: number | null = null;
  let state = 0;
  let open: LogRecord | null = null;
  for (const [index, line] of lines.entries()) {
    const prefix = decodePrefix(line);
    const prefixed = prefix !== null && prefix.length > 0;
    const step = nextTraceback(state, line, prefixed);
    state = step.state;
    timeUs = prefix?.timeUs ?? timeUs;
    pid = prefix?.pid ?? pid;
    const level = Math.max(prefix?.level ?? 0, step.role === null ? 0 : 4);
    if (needles) needles.lastIndex = 0;
    const asked = needles?.test(line) ?? false;
    const wanted = asked || level >= 4;
    if (prefixed || (wanted && (open === null || (step.role === null && asked)))) {
      if (open) yield open;
      open = wanted
        ? {
            fileId: 0,
            line: index + 1,
            lines: [line],
            head: line.slice(prefix?.length ?? 0),
            timeUs,
            level,
            pid,
            prefixed,
          }
        : null;
    } else if (open) {
      if (open.lines.length < mostRecordLines) open.lines.push(line);
      if (!open.prefixed && state === 0) {
        yield open;
        open = null;
      }
    }
  }
  if (open) yield open;
}

const mostRecordLines = 2_000;

/** Creates a sink that keeps everything in order. */
export function createCollector(): { sink: RecordSink; events: Yield[] } {
  const events: Yield[] = [];
  const sink: RecordSink = {
    task: (event) => void events.push({ event: 'task', ...event }),
    process: (event) => void events.push({ event: 'process', ...event }),
    run: (event) => void events.push({ event: 'run', ...event }),
    error: (event) => void events.push({ event: 'error', ...event }),
    samples: (series) => void events.push({ event: 'samples', ...series }),
    problem: (kind) => void events.push({ event: 'problem', kind }),
  };
  return { sink, events };
}

/**
 * Returns everything that the parser of `path` finds in `lines`. `lastUs` is the time of the last
 * line, if known.
 */
export function readLines(path: string, lines: readonly string[], lastUs: number | null = null): Yield[] {
  const context: FileContext = { ...classify(path), fileId: 0, path };
  const { sink, events } = createCollector();
  if (context.shape === 'csv') {
    const parser = createTableParser(context);
    for (const [index, line] of lines.entries()) parser?.row(splitCells(line), index + 1, sink);
    parser?.end?.(sink, true);
    return events;
  }
  const parser = createLogParser(context);
  for (const record of toRecords(lines, parser.needles)) parser.record(record, sink);
  parser.end?.(sink, { firstLine: 1, lines, timeUs: lastUs });
  return events;
}

/** Splits one line into cells, with or without quotes. */
function splitCells(line: string): string[] {
  const cells = [''];
  let quoted = false;
  for (const part of line.split(/(,|"")|(?=")|(?<=")/)) {
    if (part === undefined || part === '') continue;
    if (part === '"') quoted = !quoted;
    else if (part === ',' && !quoted) cells.push('');
    else cells[cells.length - 1] += part === '""' ? '"' : part;
  }
  return cells;
}

/** Says in words what a sample should yield but does not; empty if everything is as it says. */
export function checkSample(sample: FormatSample): string[] {
  if (!sample.lines) return [];
  const events = readLines(sample.path, sample.lines);
  const wanted = sample.yields ?? [];
  const missing = wanted.filter((expected) => !events.some((event) => isSubset(expected, event)));
  const failures = missing.map((expected) => `${sample.path}: no ${JSON.stringify(expected)}`);
  if (failures.length > 0) failures.push(`${sample.path}: found ${JSON.stringify(events)}`);
  // Extra events are allowed, but a sample must not cause problems.
  if (!wanted.some((each) => each.event === 'problem') && events.some((each) => each.event === 'problem')) {
    failures.push(
      `${sample.path}: a problem nobody expected: ${JSON.stringify(events.filter((each) => each.event === 'problem'))}`,
    );
  }
  return failures;
}

function isSubset(expected: unknown, actual: unknown): boolean {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      expected.length === actual.length &&
      expected.every((each, index) => isSubset(each, actual[index]))
    );
  }
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, actual);
  if (typeof actual !== 'object' || actual === null) return false;
  return Object.entries(expected).every(([key, value]) => isSubset(value, Reflect.get(actual, key)));
}
