/**
 * A guarded parser turns whatever its parser throws into a problem of the file, so that a fault
 * costs only the events; the lines are still read, searched and shown. Parsers read what strangers
 * wrote, and this is the only place that expects them to fail.
 */
import type { LogParser, RecordSink, TableParser } from '../formats/types.ts';

/** Limits the distinct messages per file, in case each failure has its own wording. */
const MAX_MESSAGES = 10;

type Guard = (sink: RecordSink, line: number | null, run: () => void) => void;

function createGuard(): Guard {
  const messages = new Set<string>();
  return (sink, line, run) => {
    try {
      run();
    } catch (cause) {
      const reason = (cause instanceof Error ? cause.message : String(cause)).slice(0, 200);
      if (messages.size < MAX_MESSAGES) messages.add(reason);
      const told = messages.has(reason) ? ` (${reason})` : '';
      const message = `What a line means could not be read${told}; the line itself is kept. Please report this.`;
      sink.problem('parser_fault', message, line);
    }
  };
}

export function guardLogParser(parser: LogParser): LogParser {
  const guard = createGuard();
  return {
    needles: parser.needles,
    wantsTail: parser.wantsTail,
    // Shared, so that state restored on resume reaches the parser itself.
    state: parser.state,
    record: (record, sink) => guard(sink, record.line, () => parser.record(record, sink)),
    end: (sink, tail) => guard(sink, null, () => parser.end?.(sink, tail)),
  };
}

export function guardTableParser(parser: TableParser): TableParser {
  const guard = createGuard();
  return {
    get isDone() {
      return parser.isDone === true;
    },
    row: (cells, line, sink) => guard(sink, line, () => parser.row(cells, line, sink)),
    begin: (delimiter) => parser.begin?.(delimiter),
    end: (sink, isWhole) => guard(sink, null, () => parser.end?.(sink, isWhole)),
  };
}
