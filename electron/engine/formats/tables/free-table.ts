/** The parser of any table with a column of times: its columns of numbers become series. */
import type { FileContext, RecordSink, SampleSeries, TableParser } from '../types.ts';
import { normalName, parseNumber, parseText, parseTime } from '../values.ts';
import { metricOf, parseMeasure } from './metrics.ts';
import { nodeColumns } from './resource-table.ts';

/** Values are emitted in series of at least this many. */
const CHUNK = 4_096;
const MOST_COLUMNS = 64;
const MOST_SERIES = 256;
const MOST_ROWS = 500_000;
/** Kind of the problem that not all rows of a table are graphed. */
export const PART_OF_TABLE = 'part_of_table';
/** Number of rows in which a column of times must prove to be one. */
const TRIAL_ROWS = 20;

const timeName = /(?:time|timestamp|datetime|date|utc)$|^(?:ts|time|timestamp|date|asctime)/;

/** The facts about a table that its header and first rows reveal. */
interface Shape {
  /** Columns that may be the time, judging by their names. */
  times: number[];
  node: number;
  headers: string[];
}

interface Sample {
  timeUs: number;
  value: number;
  /** The unit in the cell; '' if it is only a number. */
  unit: string;
  line: number;
}

/**
 * Parses a table of unknown kind. If it has a column of times, its columns of numbers become series
 * named by the header, so that they can be graphed. Without such a column it gives up immediately
 * and never complains, because nobody said that the file would be such a table. `isGuess`: the
 * file's name does not say that it is a table, so its first rows must all have as many cells as the
 * header.
 */
export function createFreeTable(context: FileContext, isGuess = false): TableParser {
  let shape: Shape | null = null;
  let time = -1;
  let rows = 0;
  let lastLine = 0;
  let isDone = false;
  let hasDecimalCommas = false;
  const series = new Map<string, SampleSeries>();
  const name = context.path.slice(context.path.lastIndexOf('/') + 1);

  const add = (sink: RecordSink, node: string, column: number, header: string, sample: Sample) => {
    const key = `${column}\n${sample.unit}\n${node}`;
    let entry = series.get(key);
    if (entry === undefined) {
      const metric = series.size < MOST_SERIES ? metricOf(header) : null;
      if (metric === null) return;
      const owner = { node, process: context.process ?? name, pid: null };
      // Bytes are not scaled: the graph shows the number in the table.
      const unit = sample.unit || (metric.scale === 1 ? metric.unit : '');
      entry = { ...owner, metric: metric.name, unit, counter: false, timesUs: [], values: [], lines: [] };
      series.set(key, entry);
    }
    entry.timesUs.push(sample.timeUs);
    entry.values.push(sample.value);
    entry.lines.push(sample.line);
    if (entry.values.length < CHUNK) return;
    sink.samples(entry);
    series.set(key, { ...entry, timesUs: [], values: [], lines: [] });
  };

  const measureOf = (cell: string | undefined): { value: number; unit: string } | null => {
    const text = hasDecimalCommas ? cell?.replace(/(?<=\d),(?=\d+\D*$)/, '.') : cell;
    const measure = parseMeasure(text);
    if (measure !== null) return measure;
    const value = parseNumber(text);
    return value === null ? null : { value, unit: '' };
  };

  return {
    begin(delimiter) {
      hasDecimalCommas = delimiter !== ',';
    },
    get isDone() {
      return isDone;
    },
    row(cells, line, sink) {
      if (isDone) return;
      if (shape === null) {
        shape = readShape(cells);
        isDone = shape === null;
        return;
      }
      rows++;
      if (isGuess && rows <= TRIAL_ROWS && cells.length !== shape.headers.length) {
        series.clear();
        isDone = true;
        return;
      }
      if (time === -1) time = shape.times.find((column) => parseTime(cells[column]) !== null) ?? timeByContent(cells);
      if (rows > MOST_ROWS || (time === -1 && rows >= TRIAL_ROWS)) {
        isDone = true;
        if (time !== -1 && series.size > 0) {
          const message = `Only the first ${MOST_ROWS.toLocaleString('en')} rows of this table are graphed.`;
          sink.problem(PART_OF_TABLE, message, line);
        }
        return;
      }
      lastLine = line;
      const timeUs = time === -1 ? null : parseTime(cells[time]);
      if (timeUs === null) return;
      const node = context.node ?? (shape.node === -1 ? null : parseText(cells[shape.node])) ?? '';
      for (const [column, header] of shape.headers.entries()) {
        if (column === time || column === shape.node || column >= MOST_COLUMNS) continue;
        const measure = measureOf(cells[column]);
        if (measure !== null) add(sink, node, column, header, { timeUs, line, ...measure });
      }
    },
    end(sink, isWhole) {
      if (isGuess && rows < 2) return;
      if (!isWhole && !isDone && series.size > 0) {
        const message =
          'This table is graphed up to this line only: its name does not say that it is a table. With a name that ends in .csv all of it is graphed.';
        sink.problem(PART_OF_TABLE, message, lastLine);
      }
      for (const entry of series.values()) if (entry.values.length > 0) sink.samples(entry);
    },
  };
}

/**
 * Finds a column of times by its cells, whatever the language of its header. A plain number could
 * be anything.
 */
function timeByContent(cells: readonly string[]): number {
  return cells.findIndex((cell) => /\d[-:./]\d/.test(cell) && parseTime(cell) !== null);
}

/** Reads the header; null if the first row is not one. */
function readShape(cells: readonly string[]): Shape | null {
  const names = cells.map(normalName);
  if (cells.length < 2 || cells.some((cell) => parseNumber(cell) !== null || parseTime(cell) !== null)) return null;
  const times = names.flatMap((each, column) => (timeName.test(each) ? [column] : []));
  return { times, node: names.findIndex((each) => nodeColumns.has(each)), headers: [...cells] };
}
