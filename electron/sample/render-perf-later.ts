/**
 * Resource tables of the later generations: one table per node, its disks and its processes, and ps
 * dumps.
 */
import type { Dialect } from './dialect.ts';
import { MEMORY_TOTAL, type NodeSample, NodeSums, type ProcessSample, sampleProcess } from './perf-model.ts';
import { fewOf, processesByNode, type TruthSeries } from './render-perf.ts';
import type { SampleNode, SampleProcess, SimulatedRun } from './run-model.ts';
import type { SampleTree } from './sample-tree.ts';
import { Stamp } from './stamp.ts';

const NODE_HEADER =
  'Utc Time,Cpu Percent,Memory Total (MB),Memory Available (MB),Memory Used (MB),Memory Used Percent,Disk Io Read Count,Disk Io Write Count,Disk Io Read (MB),Disk Io Write (MB),Network Sent (MB),Network Recv (MB),# of TCP Connections,# of UDP Connections\n';
const DISK_HEADER = 'Utc Time,Mount Point,Total (MB),Used (MB),Free (MB),Used Percent\n';
const PROCESS_HEADER =
  'Utc Time,Process Name,Pid,Cpu Percent,Cpu Time User,Cpu Time System,Memory Percent,Memory Rss (MB),Disk Io Read (MB),Disk Io Write (MB),Thread Num\n';
const MB = 1_048_576;
const DISK_MB = 127_016;

function mb(bytes: number): string {
  return (bytes / MB).toFixed(2);
}

interface Row {
  process: SampleProcess;
  sample: ProcessSample;
}

class NodeTables {
  readonly #tree: SampleTree;
  readonly #run: SimulatedRun;
  readonly #node: SampleNode;
  readonly #stamp: Stamp;
  readonly #folder: string;

  constructor(tree: SampleTree, run: SimulatedRun, node: SampleNode) {
    this.#tree = tree;
    this.#run = run;
    this.#node = node;
    this.#stamp = new Stamp(run.epochMs + node.skewMs);
    this.#folder = `${run.options.layout === '3' ? 'logs/perf' : 'logs/sys/perf'}/${node.name}`;
  }

  write(processes: readonly SampleProcess[]): TruthSeries[] {
    const run = this.#run;
    const node = this.#node;
    const sums = new NodeSums(run, node);
    const rows: Row[] = [];
    for (const process of processes) {
      const samples = sampleProcess(run, process);
      sums.add(samples);
      for (const sample of samples) rows.push({ process, sample });
    }
    rows.sort((a, b) => a.sample.ms - b.sample.ms || a.process.index - b.process.index);
    const isFull = run.scenario.turn === 'disk_full' && node.index === run.nodes.length - 1;
    const samples = sums.samples(run, node, isFull);
    this.#nodeTable(samples);
    this.#diskTable(samples);
    this.#processTable(rows);
    if (run.options.layout === '3') this.#dumps(samples, processes);
    const isKept = node.index === 0 || node.index === run.nodes.length - 1;
    return isKept ? this.#series(samples, rows) : [];
  }

  #nodeTable(samples: readonly NodeSample[]): void {
    const file = this.#tree.open(`${this.#folder}/node_resource_usage.csv`, 'perf-node', { node: this.#node.name });
    file.line(NODE_HEADER);
    samples.forEach((s, i) => {
      const percent = ((s.memoryUsed / s.memoryTotal) * 100).toFixed(1);
      file.line(
        `${this.#stamp.iso(s.ms, 512)},${s.cpuPercent.toFixed(1)},${mb(s.memoryTotal)},${mb(s.memoryTotal - s.memoryUsed)},${mb(s.memoryUsed)},${percent},${s.reads},${s.writes},${mb(s.readBytes)},${mb(s.writeBytes)},${mb(s.sent)},${mb(s.received)},${41 + (i % 9)},${6 + (i % 2)}\n`,
      );
    });
    file.close(this.#node.lostMs !== null && samples.length > 1 ? 0.5 : undefined);
  }

  #diskTable(samples: readonly NodeSample[]): void {
    const file = this.#tree.open(`${this.#folder}/node_disk_usage.csv`, 'perf-disk', { node: this.#node.name });
    file.line(DISK_HEADER);
    const isDiskFull = this.#run.firstCause?.kind === 'disk_full' && this.#run.firstCause.node === this.#node.index;
    samples.forEach((s, i) => {
      const used = Math.floor((DISK_MB * s.diskUsedPercent) / 100);
      file.line(
        `${this.#stamp.iso(s.ms, 514)},/,${30_428},${11_204 + i},${19_224 - i},${(36.8 + i * 0.003).toFixed(1)}\n`,
      );
      if (isDiskFull && i === samples.length - 1) file.mark();
      file.line(
        `${this.#stamp.iso(s.ms, 514)},/mnt,${DISK_MB},${used},${DISK_MB - used},${s.diskUsedPercent.toFixed(1)}\n`,
      );
    });
    file.close();
  }

  #processTable(rows: readonly Row[]): void {
    const file = this.#tree.open(`${this.#folder}/processes_resource_usage.csv`, 'perf-process', {
      node: this.#node.name,
    });
    file.line(PROCESS_HEADER);
    for (const { process, sample: s } of rows) {
      const rss = mb((MEMORY_TOTAL * s.memoryPercent) / 100);
      file.line(
        `${this.#stamp.iso(s.ms, 77)},${process.name},${process.pid},${s.cpuPercent.toFixed(1)},${s.userSeconds},${s.systemSeconds},${s.memoryPercent.toFixed(4)},${rss},${mb(s.readBytes)},${mb(s.writeBytes)},${s.threads}\n`,
      );
    }
    file.close();
  }

  /** Writes what `ps` printed: one file per sample, in a folder per hour. */
  #dumps(samples: readonly NodeSample[], processes: readonly SampleProcess[]): void {
    if (this.#node.index > 11) return;
    const seen = new Set<string>();
    for (const s of samples.filter((_, i) => i % 2 === 0).slice(0, 60)) {
      const plain = this.#stamp.plain(s.ms);
      const path = `${this.#folder}/os/${plain.slice(0, 13).replace(/[-: ]/g, '')}/processes_${plain.slice(14, 16)}`;
      if (seen.has(path)) continue;
      seen.add(path);
      let text = 'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n';
      text += 'root           1  0.0  0.0  18388  3044 ?        Ss   22:01   0:00 /bin/bash -c cd /mnt/azureml/cr/j\n';
      for (const process of processes) {
        if (process.startMs > s.ms || process.endMs < s.ms) continue;
        text += `root     ${String(process.pid).padStart(7)} ${String((process.pid * 7) % 99).padStart(4)}.${process.pid % 10}  ${(3 + (process.pid % 5)).toFixed(1)} 8123456 ${900_000 + process.pid} ?     Sl   22:02   ${process.pid % 9}:1${process.pid % 10} python -u ${process.name}\n`;
      }
      this.#tree.text(path, 'ps-dump', text, { node: this.#node.name });
    }
  }

  #series(samples: readonly NodeSample[], rows: readonly Row[]): TruthSeries[] {
    const few = fewOf(samples);
    const stamp = this.#stamp;
    const folder = this.#folder;
    const base = {
      node: this.#node.name,
      process: null,
      pid: null,
      file: `${folder}/node_resource_usage.csv`,
      samples: samples.length,
    };
    const out: TruthSeries[] = [
      { ...base, metric: 'cpu', column: 'Cpu Percent', points: few.map((s) => [stamp.truth(s.ms), s.cpuPercent]) },
      {
        ...base,
        metric: 'memory',
        column: 'Memory Used (MB)',
        points: few.map((s) => [stamp.truth(s.ms), Number(mb(s.memoryUsed))]),
      },
    ];
    const first = rows[0]?.process;
    if (!first) return out;
    const own = rows.filter((row) => row.process === first);
    out.push({
      node: this.#node.name,
      process: first.name,
      pid: first.pid,
      file: `${folder}/processes_resource_usage.csv`,
      samples: own.length,
      metric: 'cpu',
      column: 'Cpu Percent',
      points: fewOf(own).map((row) => [stamp.truth(row.sample.ms), row.sample.cpuPercent]),
    });
    return out;
  }
}

/** Writes every node's resource tables; returns a few known values. */
export function renderLaterPerf(tree: SampleTree, run: SimulatedRun, _dialect: Dialect): TruthSeries[] {
  const byNode = processesByNode(run);
  return run.nodes.flatMap((node) => new NodeTables(tree, run, node).write(byNode[node.index] ?? []));
}
