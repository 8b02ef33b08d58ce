/**
 * The parser of resource tables of all generations: `sys.csv`, `Process-N.csv`,
 * `node_resource_usage.csv` and others (README.md#resource-tables).
 */
import { parseProcessName } from '../process-name.ts';
import type { FileContext, RecordSink, SampleSeries, TableParser } from '../types.ts';
import { normalName, parseNumber, parseText, parseTime } from '../values.ts';
import { type Metric, metricOf } from './metrics.ts';

/**
 * Values are emitted in series of at least this many, so that a long run's curves do not stay in
 * memory.
 */
const chunk = 4_096;
/** A table with more series than this is not about resources. */
const mostSeries = 5_000;

const timeColumns = new Set(['timestamp', 'utctime', 'datetime', 'time', 'utcdatetime', 'date', 'starttime']);
const pidColumns = new Set(['pid', 'processid', 'id']);
const processColumns = new Set(['process', 'processname', 'name']);
export const nodeColumns: ReadonlySet<string> = new Set([
  'node',
  'nodeid',
  'ip',
  'ipaddress',
  'hostip',
  'host',
  'hostname',
]);
/** Distinguishes several rows of the same time: a disk, a mount, a card. */
const partColumns = new Set([
  'device',
  'disk',
  'mount',
  'mountpoint',
  'mountedon',
  'partition',
  'path',
  'filesystem',
  'interface',
  'gpu',
  'gpuid',
  'gpuindex',
]);

const diskColumns = new Set(['device', 'disk', 'mount', 'mountpoint', 'mountedon', 'partition', 'path', 'filesystem']);

interface Columns {
  header: string;
  count: number;
  time: number;
  pid: number;
  process: number;
  node: number;
  part: number;
  metrics: { index: number; metric: Metric }[];
}

function readHeader(cells: readonly string[]): Columns {
  const names = cells.map(normalName);
  const find = (wanted: ReadonlySet<string>): number => names.findIndex((name) => wanted.has(name));
  const [time, pid, process, node, part] = [timeColumns, pidColumns, processColumns, nodeColumns, partColumns].map(
    find,
  );
  const columns = { time: time ?? -1, pid: pid ?? -1, process: process ?? -1, node: node ?? -1, part: part ?? -1 };
  const taken = new Set(Object.values(columns));
  const subject = diskColumns.has(names[columns.part] ?? '') ? 'disk' : '';
  const metrics = cells.flatMap((cell, index) => {
    const metric = taken.has(index) ? null : metricOf(cell, subject);
    return metric ? [{ index, metric }] : [];
  });
  return { header: names.join(), count: cells.length, ...columns, metrics };
}

/**
 * Finds columns by name. An unknown column becomes a series under its own name. The header may be
 * repeated within the table.
 */
export function createResourceTable(context: FileContext): TableParser {
  let columns: Columns | null = null;
  const series = new Map<string, SampleSeries>();

  const add = (sink: RecordSink, key: string, metric: Metric, owner: Owner, sample: Sample): void => {
    let entry = series.get(key);
    if (!entry) {
      if (series.size >= mostSeries) return;
      const name = owner.part === null ? metric.name : `${metric.name}:${owner.part}`;
      entry = {
        node: owner.node,
        process: owner.process,
        pid: owner.pid,
        metric: name,
        unit: metric.unit,
        counter: metric.counter,
        timesUs: [],
        values: [],
        lines: [],
      };
      series.set(key, entry);
    }
    entry.timesUs.push(sample.timeUs);
    entry.values.push(sample.value);
    entry.lines.push(sample.line);
    if (entry.values.length < chunk) return;
    sink.samples(entry);
    series.set(key, { ...entry, timesUs: [], values: [], lines: [] });
  };

  return {
    row(cells, line, sink) {
      if (cells.every((cell) => cell.trim() === '')) return;
      if (!columns) {
        columns = readHeader(cells);
        if (columns.time < 0) sink.problem('unrecognised', 'a resource table: no column of times', line);
        return;
      }
      if (columns.time < 0 || cells.map(normalName).join() === columns.header) return;
      const timeUs = parseTime(cells[columns.time]);
      if (
        timeUs === null &&
        normalName(cells[columns.time] ?? '') !== '' &&
        timeColumns.has(normalName(cells[columns.time] ?? ''))
      ) {
        // Another header: a later writer of the same file has other columns.
        columns = readHeader(cells);
        return;
      }
      if (timeUs === null || cells.length !== columns.count) {
        sink.problem('damaged', 'rows of a resource table could not be read', line);
        return;
      }
      const owner = readOwner(context, columns, cells);
      const prefix = `${owner.node}\n${owner.process}\n${owner.pid}\n${owner.part}\n`;
      for (const { index, metric } of columns.metrics) {
        const value = parseNumber(cells[index]);
        if (value === null) continue;
        add(sink, prefix + metric.name, metric, owner, { timeUs, value: value * metric.scale, line });
      }
    },
    end(sink) {
      for (const entry of series.values()) if (entry.values.length > 0) sink.samples(entry);
    },
  };
}

interface Sample {
  timeUs: number;
  value: number;
  line: number;
}

interface Owner {
  /** Empty if neither the path nor the row names one: the run has one node. */
  node: string;
  process: string | null;
  pid: number | null;
  part: string | null;
}

function readOwner(context: FileContext, columns: Columns, cells: readonly string[]): Owner {
  const cell = (index: number): string | null => (index < 0 ? null : parseText(cells[index]));
  const pid = columns.pid < 0 ? null : parseNumber(cells[columns.pid]);
  const named = parseProcessName(cell(columns.process));
  return {
    node: context.node ?? cell(columns.node) ?? named.node ?? '',
    process: context.process ?? named.process,
    pid: pid !== null && Number.isInteger(pid) ? pid : named.pid,
    part: cell(columns.part),
  };
}
