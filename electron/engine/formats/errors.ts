import { mentionedMiniBatch } from './mention.ts';
import { nextTraceback, parseTraceback } from './traceback.ts';
import type { FileContext, LogRecord, RecordSink } from './types.ts';

const errorLevel = 4;
const longestMessage = 2_000;

/**
 * Reports the errors of a record: one for a line with level error or critical with the traceback that belongs to it, and one for every
 * traceback that stands on its own. Shared by all parsers of lines, so that the same error counts the same in every kind of log.
 */
export function reportErrors(context: FileContext, record: LogRecord, sink: RecordSink): void {
  const tracebacks = findTracebacks(record);
  const raised = record.level >= errorLevel;
  if (!raised && tracebacks.length === 0) return;
  const common = {
    atUs: record.timeUs,
    node: context.node,
    pid: record.pid,
    process: context.process,
    level: raised ? record.level : errorLevel,
  };
  const first = tracebacks[0];
  if (!first) {
    sink.error({
      ...common,
      line: record.line,
      lines: record.lines.length,
      chain: [],
      message: cut([record.head, ...record.lines.slice(1, 20)].join('\n')),
      userFrames: [],
      miniBatchId: mentionedMiniBatch(record.head),
    });
    return;
  }
  for (const found of tracebacks) {
    const start = raised && found === first ? 0 : found.start;
    const parsed = parseTraceback(record.lines.slice(found.start, found.end));
    sink.error({
      ...common,
      line: record.line + start,
      lines: found.end - start,
      chain: parsed.chain,
      message: cut(parsed.message || record.head),
      userFrames: parsed.userFrames,
      miniBatchId: start === 0 ? mentionedMiniBatch(record.head) : null,
    });
  }
}

function cut(text: string): string {
  return text.slice(0, longestMessage).trimEnd();
}

/** Ranges of the record's lines that are a traceback each, chained ones as one. */
function findTracebacks(record: LogRecord): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let state = 0;
  for (let index = 0; index < record.lines.length; index++) {
    const step = nextTraceback(state, record.lines[index] ?? '', index === 0 && record.prefixed);
    state = step.state;
    if (step.role === 'first') found.push({ start: index, end: index + 1 });
    const last = found.at(-1);
    if (last && step.role !== null && step.role !== 'first') last.end = index + 1;
  }
  return found;
}
