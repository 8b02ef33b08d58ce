/**
 * The first generation's perf tables, with a repeated header where a writer was recreated, and the
 * series of the truth.
 */
import type { Dialect } from './dialect.ts';
import { type NodeSample, NodeSums, type ProcessSample, sampleProcess } from './perf-model.ts';
import { Random } from './random.ts';
import type { SampleNode, SampleProcess, SimulatedRun } from './run-model.ts';
import type { LogFile, SampleTree } from './sample-tree.ts';
import { Stamp } from './stamp.ts';

const NODE_HEADER =
  'TIME_STAMP,CPU_PERCENT,MEMORY_TOTAL,MEMORY_AVAILABLE,MEMORY_USED,MEMORY_USED_PERCENT,DISK_IO_READ_COUNT,DISK_IO_WRITE_COUNT,DISK_IO_READ_BYTES,DISK_IO_WRITE_BYTES,NETWORK_BYTES_SENT,NETWORK_BYTES_RECV\n';
const PROCESS_HEADER =
  'TIME_STAMP,CPU_PERCENT,CPU_TIMES_USER,CPU_TIMES_SYSTEM,MEMORY_PERCENT,DISK_IO_READ_COUNT,DISK_IO_WRITE_COUNT,DISK_IO_READ_BYTES,DISK_IO_WRITE_BYTES,THREAD_NUM\n';

/** A few values of one series as the files have them. */
export interface TruthSeries {
  node: string;
  process: string | null;
  pid: number | null;
  file: string;
  metric: string;
  column: string;
  /** Number of samples in the file. */
  samples: number;
  points: [string, number][];
}

/** Keeps the first, the middle and the last element of a list. */
export function fewOf<T>(list: readonly T[]): T[] {
  if (list.length <= 3) return [...list];
  const few = [0, Math.floor(list.length / 2), list.length - 1];
  return list.filter((_, at) => few.includes(at));
}

/** Returns the processes of each node in starting order. */
export function processesByNode(run: SimulatedRun): SampleProcess[][] {
  const lists: SampleProcess[][] = run.nodes.map(() => []);
  for (const process of run.processes) lists[process.node]?.push(process);
  return lists;
}

function nodeRow(stamp: Stamp, sample: NodeSample, isFirst: boolean): string {
  const percent = Math.round((sample.memoryUsed / sample.memoryTotal) * 1000) / 10;
  const cpu = isFirst ? '0.0' : sample.cpuPercent.toFixed(1);
  return `${stamp.iso(sample.ms, 512)},${cpu},${sample.memoryTotal},${sample.memoryTotal - sample.memoryUsed},${sample.memoryUsed},${percent.toFixed(1)},${sample.reads},${sample.writes},${Math.floor(sample.readBytes)},${sample.writeBytes},${sample.sent},${Math.floor(sample.received)}\n`;
}

function processRow(stamp: Stamp, sample: ProcessSample): string {
  return `${stamp.iso(sample.ms, 77)},${sample.cpuPercent.toFixed(1)},${sample.userSeconds},${sample.systemSeconds},${sample.memoryPercent.toFixed(6)},${sample.reads},${sample.writes},${sample.readBytes},${sample.writeBytes},${sample.threads}\n`;
}

function supervisorRows(file: LogFile, stamp: Stamp, samples: readonly NodeSample[]): void {
  file.line(PROCESS_HEADER);
  samples.forEach((sample, i) => {
    file.line(
      `${stamp.iso(sample.ms + 70, 118)},${i === 0 ? '0.0' : '0.7'},${(2.4 + i * 0.21).toFixed(2)},${(0.9 + i * 0.05).toFixed(2)},0.412871,${310 + i},${95 + i * 3},${12_582_912 + i * 4096},${262_144 + i * 8192},11\n`,
    );
  });
}

/** Writes `sys.csv` and one table per process for every node; returns a few known values. */
export function renderPerf(tree: SampleTree, run: SimulatedRun, dialect: Dialect): TruthSeries[] {
  const series: TruthSeries[] = [];
  const random = new Random(run.options.seed, 'perf-files');
  const byNode = processesByNode(run);
  for (const node of run.nodes) {
    const folder = run.options.singleNodePerfFlat ? 'logs/sys/perf' : `logs/sys/perf/${node.name}`;
    const stamp = new Stamp(run.epochMs + node.skewMs);
    const sums = new NodeSums(run, node);
    const isKept = node.index === 0 || node.index === run.nodes.length - 1;
    (byNode[node.index] ?? []).forEach((process, nth) => {
      const samples = sampleProcess(run, process);
      sums.add(samples);
      const path = `${folder}/${process.name}.csv`;
      const file = tree.open(path, 'perf-process', { node: node.name, process: process.name, pid: process.pid });
      file.line(PROCESS_HEADER);
      const again = nth === 1 ? 1 + random.int(3) : -1;
      samples.forEach((sample, i) => {
        if (i === again) file.line(PROCESS_HEADER);
        file.line(processRow(stamp, sample));
      });
      file.close(process.end === 'lost' && samples.length > 1 ? 0.5 : undefined);
      if (!isKept || nth > 0 || process.end === 'lost') return;
      const few = fewOf(samples);
      const base = { node: node.name, process: process.name, pid: process.pid, file: path, samples: samples.length };
      series.push({
        ...base,
        metric: 'cpu',
        column: 'CPU_PERCENT',
        points: few.map((s) => [stamp.truth(s.ms), s.cpuPercent]),
      });
      series.push({
        ...base,
        metric: 'memory',
        column: 'MEMORY_PERCENT',
        points: few.map((s) => [stamp.truth(s.ms), Number(s.memoryPercent.toFixed(6))]),
      });
    });
    const samples = sums.samples(run, node, false);
    const owner = { node: node.name, process: dialect.supervisor, pid: node.mainPid };
    const main = tree.open(`${folder}/${dialect.supervisor}.csv`, 'perf-process', owner);
    supervisorRows(main, stamp, samples);
    main.close();
    const path = `${folder}/sys.csv`;
    const file = tree.open(path, 'perf-node', { node: node.name });
    file.line(NODE_HEADER);
    if (node.index === 1) file.line(NODE_HEADER);
    samples.forEach((sample, i) => {
      file.line(nodeRow(stamp, sample, i === 0));
    });
    file.close();
    if (isKept) series.push(...nodeSeries(node, stamp, path, samples));
  }
  return series;
}

function nodeSeries(node: SampleNode, stamp: Stamp, file: string, samples: readonly NodeSample[]): TruthSeries[] {
  const few = fewOf(samples);
  const base = { node: node.name, process: null, pid: null, file, samples: samples.length };
  return [
    {
      ...base,
      metric: 'cpu',
      column: 'CPU_PERCENT',
      points: few.map((s) => [stamp.truth(s.ms), s === samples[0] ? 0 : s.cpuPercent]),
    },
    { ...base, metric: 'memory', column: 'MEMORY_USED', points: few.map((s) => [stamp.truth(s.ms), s.memoryUsed]) },
  ];
}
