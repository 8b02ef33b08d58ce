import type { FormatSample, Yield } from './format-row.ts';
import { createLogParser, createTableParser } from './parsers.ts';
import { decodePrefix } from './prefix.ts';
import { classify } from './registry.ts';
import { nextTraceback } from './traceback.ts';
import type { FileContext, LogRecord, RecordSink } from './types.ts';

/** What the parsers find in a few lines of a format: checks the samples of the registry, and those of a format of one's own. */

/** Records of lines as ingest makes them: a line with a prefix and what continues it, a traceback, or one line of free text. */
export function toRecords(lines: readonly string[], fileId = 0): LogRecord[] {
  const records: LogRecord[] = [];
  let timeUs: number | null = null;
  let pid: number | null = null;
  let state = 0;
  for (const [index, line] of lines.entries()) {
    const prefix = decodePrefix(line);
    const step = nextTraceback(state, line, prefix !== null);
    state = step.state;
    const current = records.at(-1);
    const continues = current && !prefix && (current.prefixed || (step.role !== 'first' && step.role !== null));
    if (continues && current.lines.length < 2_000) {
      current.lines.push(line);
      continue;
    }
    timeUs = prefix?.timeUs ?? timeUs;
    pid = prefix?.pid ?? pid;
    records.push({
      fileId,
      line: index + 1,
      lines: [line],
      head: line.slice(prefix?.length ?? 0),
      timeUs,
      level: prefix?.level ?? 0,
      pid,
      prefixed: prefix !== null,
    });
  }
  return records;
}

/** A sink that keeps everything in the order in which it comes. */
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

/** All that the parser of `path` finds in `lines`; rows of a table are given as plain lines without quoted commas. */
export function readLines(path: string, lines: readonly string[]): Yield[] {
  const context: FileContext = { ...classify(path), fileId: 0, path };
  const { sink, events } = createCollector();
  if (context.shape === 'csv') {
    const parser = createTableParser(context);
    for (const [index, line] of lines.entries()) parser?.row(splitCells(line), index + 1, sink);
    parser?.end?.(sink);
    return events;
  }
  const parser = createLogParser(context);
  for (const record of toRecords(lines)) {
    const { needles } = parser;
    const wanted =
      record.level >= 4 || record.lines.some((line) => line.includes('Traceback (most')) || matches(needles, record);
    if (wanted) parser.record(record, sink);
  }
  parser.end?.(sink);
  return events;
}

function matches(needles: RegExp | null, record: LogRecord): boolean {
  if (!needles) return false;
  needles.lastIndex = 0;
  return needles.test(record.lines.join('\n'));
}

function splitCells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    (match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? '',
  );
}

/** What a sample must yield and its lines do not, in words; empty where all is as it says. */
export function checkSample(sample: FormatSample): string[] {
  if (!sample.lines) return [];
  const events = readLines(sample.path, sample.lines);
  const wanted = sample.yields ?? [];
  const missing = wanted.filter((expected) => !events.some((event) => isSubset(expected, event)));
  const failures = missing.map((expected) => `${sample.path}: no ${JSON.stringify(expected)}`);
  if (failures.length > 0) failures.push(`${sample.path}: found ${JSON.stringify(events)}`);
  // What nobody expects may come beside, but nothing may be doubted in a sample.
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
