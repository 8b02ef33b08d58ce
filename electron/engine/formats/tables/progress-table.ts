/** The parser of progress tables. */
import { runEvent } from '../events.ts';
import type { TableParser } from '../types.ts';
import { normalName, parseCount, parseDuration, parseNumber, parseTime } from '../values.ts';

/**
 * Parses `logs/sys/metrics/<time>/progress.csv`: the run's counts over time
 * (README.md#progress-table).
 */
export function createProgressTable(): TableParser {
  let columns: string[] | null = null;
  return {
    row(cells, line, sink) {
      const names = cells.map(normalName);
      if (!columns) {
        columns = names;
        if (!names.includes('datetime')) sink.problem('unrecognised', 'a progress table: no column of times', line);
        return;
      }
      if (names.join() === columns.join() || cells.every((cell) => cell.trim() === '')) return;
      if (cells.length < columns.length) {
        sink.problem('damaged', 'rows of a progress table have fewer cells than its header', line);
        return;
      }
      const cell = (...wanted: string[]): string | undefined => {
        const index = columns?.findIndex((name) => wanted.includes(name)) ?? -1;
        return index < 0 ? undefined : cells[index];
      };
      const atUs = parseTime(cell('datetime', 'time', 'timestamp', 'utctime'));
      if (atUs === null) {
        sink.problem('damaged', 'rows of a progress table have no time', line);
        return;
      }
      const left = cell('estimatedremainingtime', 'remainingtime');
      sink.run(
        runEvent({
          line,
          type: 'progress',
          atUs,
          total: parseCount(cell('totaltasks', 'total')),
          scheduled: parseCount(cell('scheduledtasks', 'scheduled')),
          processed: parseCount(cell('completedtasks', 'processedtasks', 'completed')),
          value: parseDuration(left) ?? parseNumber(left),
        }),
      );
    },
  };
}
