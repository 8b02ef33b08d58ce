/**
 * Finds the metric of a column of a resource table by its header, and reads cells with units
 * (README.md#resource-tables).
 */
import { metricRows } from '../../../contract/metrics.ts';
import { normalName, parseNumber } from '../values.ts';

export interface Metric {
  name: string;
  unit: string;
  /** Grows from the start of the machine or process; shown as its rate. */
  counter: boolean;
  /** Factor that converts a cell to `unit`. */
  scale: number;
}

const mebi = 1_048_576;

/** Maps the names of columns to metrics. */
const known: ReadonlyMap<string, string> = new Map(
  [...metricRows].flatMap(([name, { columns }]) => columns.map((column) => [column, name] as const)),
);

const unitScales: ReadonlyMap<string, [unit: string, scale: number]> = new Map(
  Object.entries({
    b: ['bytes', 1],
    byte: ['bytes', 1],
    bytes: ['bytes', 1],
    kb: ['bytes', 1024],
    kib: ['bytes', 1024],
    mb: ['bytes', mebi],
    mib: ['bytes', mebi],
    gb: ['bytes', 1024 * mebi],
    gib: ['bytes', 1024 * mebi],
    tb: ['bytes', mebi * mebi],
    tib: ['bytes', mebi * mebi],
    percent: ['%', 1],
    '%': ['%', 1],
    s: ['s', 1],
    sec: ['s', 1],
    seconds: ['s', 1],
    ms: ['s', 0.001],
    us: ['s', 1e-6],
    µs: ['s', 1e-6],
    min: ['s', 60],
    h: ['s', 3600],
  } satisfies Record<string, [unit: string, scale: number]>),
);

/**
 * Reads a number with a unit, as in the cells `45 %`, `10MiB`, `1.5 s`, `12 MB/s`, `45 °C`.
 * Converts sizes, durations and their rates to bytes and seconds; a rate or degree of anything else
 * keeps its unit. Returns null for everything else, because most words after a number are part of a
 * name.
 */
export function parseMeasure(cell: string | undefined): { value: number; unit: string } | null {
  const match = /^\s*([+-]?[\d.,]+(?:e[+-]?\d+)?)\s*([a-zµμ%°℃]{1,8})(\/[a-z]{1,6})?\s*$/i.exec(
    cell?.slice(0, 60) ?? '',
  );
  const value = match === null ? null : parseNumber(match[1]);
  if (match === null || value === null) return null;
  const [, , name = '', per = ''] = match;
  const unit = unitScales.get(name.toLowerCase());
  if (unit !== undefined) return { value: value * unit[1], unit: unit[0] + per };
  return per !== '' || /[°℃]/.test(name) ? { value, unit: name + per } : null;
}

/**
 * Returns the metric of a column. An unknown one is named after its header, with the table's
 * `subject` in front (`disk` for the columns `Total` and `Used` of a table of disks). Returns null
 * for a header without a name.
 */
export function metricOf(header: string, subject = ''): Metric | null {
  const [, plain = '', bracket] = /^(.*?)\s*(?:[([]\s*([^()[\]]*?)\s*[)\]])?\s*$/s.exec(header.slice(0, 200)) ?? [];
  const unit = unitScales.get(bracket?.toLowerCase() ?? '');
  const knownName = known.get(normalName(plain)) ?? '';
  const row = metricRows.get(knownName);
  if (row !== undefined) {
    return {
      name: knownName,
      unit: row.unit,
      counter: row.counter,
      scale: row.unit === 'bytes' ? (unit?.[1] ?? 1) : 1,
    };
  }
  const words = plain
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  if (words === '') return null;
  const name = subject === '' || words.startsWith(subject) ? words : `${subject}_${words}`;
  if (unit) return { name, unit: unit[0], counter: false, scale: unit[1] };
  const ending = name.endsWith('percent')
    ? '%'
    : name.endsWith('bytes')
      ? 'bytes'
      : name.endsWith('seconds')
        ? 's'
        : '';
  return { name, unit: ending, counter: false, scale: 1 };
}
