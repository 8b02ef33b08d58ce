/**
 * Findings from resource samples beyond attempts and exits: memory that grows to the end, disks
 * that fill up, idle CPUs.
 */
import { formatCount } from '../../contract/format.ts';
import { quantile } from '../base/statistics.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { only, type RowOf, selectRows } from '../store/select.ts';
import { columnsOf } from './columns.ts';
import { floats, lineOf } from './memory.ts';
import { lastStarted, processAttempts } from './process-attempts.ts';
import type { Ref } from './refs.ts';
import type { DraftFinding } from './run-info.ts';

/** A process's memory has grown if its last samples are this many times its first … */
const GROWTH = 2;
/** … over at least this many samples. Fewer show a start, not a trend. */
const MIN_SAMPLES = 6;
/** Percentage of node memory from which processes are in danger. */
const MEMORY_HIGH = 95;
/** Percentage used from which a disk is full. */
const DISK_FULL = 98;
/** Maximum number of lines per finding. */
const MAX_EVIDENCE = 5;
/** Below this percentage, the node's CPU is waiting while attempts run. */
const CPU_IDLE = 5;

const seriesColumns = {
  id: 'number',
  file_id: 'number',
  node: 'text',
  process: 'text?',
  pid: 'number?',
  metric: 'text',
  max: 'number',
  points: 'number',
} as const;
type SeriesRow = RowOf<typeof seriesColumns>;

/** Returns findings from resource samples. Empty for a run with healthy samples. */
export function resourceFindings(db: ReadableDb): DraftFinding[] {
  const rows = selectRows(
    db,
    `SELECT id, file_id, node, process, pid, metric, max, points FROM series
       WHERE metric LIKE '%memory%percent%' OR metric LIKE 'memory_percent%' OR metric LIKE '%disk%percent%' OR metric = 'cpu_percent'
       ORDER BY node, process, metric`,
    seriesColumns,
  ).all();
  return [...memoryFindings(db, rows), ...diskFindings(db, rows), ...cpuFindings(db, rows)];
}

function valuesOf(db: ReadableDb, row: SeriesRow): { times: Float64Array; values: Float64Array; lines: Buffer } {
  const data = only(
    selectRows(db, 'SELECT times, "values", lines FROM series WHERE id = ?', {
      times: 'bytes',
      values: 'bytes',
      lines: 'bytes',
    }),
    row.id,
  );
  return { times: floats(data.times), values: floats(data.values), lines: data.lines };
}

/** Returns the table lines at which the series peak or, with `limit`, first reach it. */
function peaks(db: ReadableDb, rows: readonly SeriesRow[], limit?: number): Ref[] {
  return rows.slice(0, MAX_EVIDENCE).map((row) => {
    const { values, lines } = valuesOf(db, row);
    const index = values.findIndex((value) => value >= (limit ?? row.max));
    return { fileId: row.file_id, line: lineOf(lines, Math.max(0, index)) };
  });
}

function memoryFindings(db: ReadableDb, rows: SeriesRow[]): DraftFinding[] {
  const findings: DraftFinding[] = [];
  const full = rows.filter(
    (row) => row.process === null && row.pid === null && row.metric.includes('memory') && row.max >= MEMORY_HIGH,
  );
  if (full.length > 0) {
    const worst = full.reduce((a, b) => (b.max > a.max ? b : a));
    findings.push({
      kind: 'memory_high',
      confidence: 'certain',
      message: `Memory in use reached ${Math.round(worst.max)} % on node ${worst.node}${full.length > 1 ? ` and was above ${MEMORY_HIGH} % on ${formatCount(full.length, 'node')}` : ''}.`,
      evidence: peaks(db, [worst, ...full.filter((row) => row !== worst)]),
    });
  }
  const grown: SeriesRow[] = [];
  for (const row of rows) {
    if (row.process === null || !row.metric.includes('memory') || row.points < MIN_SAMPLES) continue;
    const { values } = valuesOf(db, row);
    // Split into thirds: a process loads in the first, so only growth after it counts.
    const third = Math.floor(values.length / 3);
    const early = quantile(values.slice(third, 2 * third).sort(), 0.5);
    const last = quantile(values.slice(-Math.max(2, Math.floor(third / 2))).sort(), 0.5);
    if (early > 0 && last >= GROWTH * early && last >= 10) grown.push(row);
  }
  if (grown.length > 0) {
    findings.push({
      kind: 'memory_growth',
      confidence: 'likely',
      message: `Memory of ${formatCount(grown.length, 'process', 'processes')} grew until their samples end (${grown
        .slice(0, 3)
        .map((row) => `${row.process} on ${row.node} to ${Math.round(row.max)} %`)
        .join(', ')}${grown.length > 3 ? ', …' : ''}).`,
      evidence: peaks(db, grown),
    });
  }
  return findings;
}

function diskFindings(db: ReadableDb, rows: SeriesRow[]): DraftFinding[] {
  const full = rows.filter(
    (row) => row.metric.includes('disk') && row.metric.includes('percent') && row.max >= DISK_FULL,
  );
  if (full.length === 0) return [];
  const nodes = [...new Set(full.map((row) => row.node))];
  return [
    {
      kind: 'disk_full',
      confidence: 'certain',
      message: `A disk of ${nodes.length === 1 ? `node ${nodes[0]}` : formatCount(nodes.length, 'node')} was ${Math.round(full.reduce((most, row) => Math.max(most, row.max), 0))} % full.`,
      evidence: peaks(db, full, DISK_FULL),
    },
  ];
}

/**
 * Reports nodes whose CPU was nearly idle while more than half of their samples had a running
 * attempt.
 */
function cpuFindings(db: ReadableDb, rows: SeriesRow[]): DraftFinding[] {
  const { attempts } = columnsOf(db);
  const of = processAttempts(db);
  const working = selectRows(db, 'SELECT id, node FROM process WHERE attempts > 0', {
    id: 'number',
    node: 'text',
  }).all();
  const processes = Map.groupBy(working, ({ node }) => node);
  const idle: Ref[] = [];
  for (const row of rows) {
    if (row.metric !== 'cpu_percent' || row.process !== null || row.points < MIN_SAMPLES) continue;
    const own = processes.get(row.node) ?? [];
    if (own.length === 0) continue;
    const { times, values, lines } = valuesOf(db, row);
    const busy: number[] = [];
    let waiting = -1;
    for (let i = 1; i < times.length; i++) {
      const time = at(times, i);
      const isWorking = own.some((process) => {
        const index = lastStarted(of, process.id - 1, time);
        if (index < 0) return false;
        const attempt = at(of.rows, index);
        const duration = at(attempts.duration, attempt);
        return Number.isNaN(duration) ? false : at(attempts.startUs, attempt) + duration * 1e6 >= time;
      });
      if (!isWorking) continue;
      busy.push(at(values, i));
      if (waiting < 0 && at(values, i) < CPU_IDLE) waiting = i;
    }
    if (busy.length >= MIN_SAMPLES && quantile(Float64Array.from(busy).sort(), 0.5) < CPU_IDLE)
      idle.push({ fileId: row.file_id, line: lineOf(lines, waiting) });
  }
  if (idle.length === 0) return [];
  return [
    {
      kind: 'cpu_idle',
      confidence: 'likely',
      message: `On ${formatCount(idle.length, 'node')} the CPU was below ${CPU_IDLE} % while mini-batches were in work: run() waits, for storage, a service or a GPU.`,
      evidence: idle.slice(0, MAX_EVIDENCE),
    },
  ];
}
