import { reportErrors } from './errors.ts';
import type { FileContext, LogParser, TableParser } from './types.ts';

/** The parser of a file with lines: that of its format, or one that only reports errors and tracebacks. */
export function createLogParser(context: FileContext): LogParser {
  return {
    needles: null,
    record(record, sink) {
      reportErrors(context, record, sink);
    },
  };
}

/** The parser of a table, null where its rows say nothing that Postrun collects. */
export function createTableParser(_context: FileContext): TableParser | null {
  return null;
}
