/**
 * The CPU, memory and disk counters that a process and its node show at a time, from the attempts
 * they were in.
 */
import { Random } from './random.ts';
import { attemptsOf, type SampleNode, type SampleProcess, type SimulatedRun } from './run-model.ts';
import { FATE } from './scenario.ts';

export interface ProcessSample {
  ms: number;
  cpuPercent: number;
  userSeconds: number;
  systemSeconds: number;
  memoryPercent: number;
  reads: number;
  writes: number;
  readBytes: number;
  writeBytes: number;
  threads: number;
}

export interface NodeSample {
  ms: number;
  cpuPercent: number;
  memoryTotal: number;
  memoryUsed: number;
  reads: number;
  writes: number;
  readBytes: number;
  writeBytes: number;
  sent: number;
  received: number;
  diskUsedPercent: number;
}

export const MEMORY_TOTAL = 29_454_942_208;
const CORES = 8;

/** Returns until when a process (or the node's resource monitor) takes samples. */
function observedUntil(run: SimulatedRun, endMs: number): number {
  return Number.isNaN(endMs) ? run.stop.atMs : endMs;
}

/** Samples one process at regular intervals from its start; CPU and memory follow its attempts. */
export function sampleProcess(run: SimulatedRun, process: SampleProcess): ProcessSample[] {
  const random = new Random(run.options.seed ^ Math.imul(process.index + 11, 0x27d4eb2f), 'perf');
  const stepMs = run.options.perfIntervalSeconds * 1000;
  const until = observedUntil(run, process.endMs);
  const share = Math.min(9, 62 / run.options.processes);
  const leak = run.scenario.killSignal === 9 && run.scenario.badFate === FATE.killed ? 0.12 : 0.004;
  const attempts = Array.from(attemptsOf(run, process.index), (index) => run.attempts.read(index));
  const sample: ProcessSample[] = [];
  let cpu = 0;
  let done = 0;
  for (let ms = process.startMs + 900; ms < until; ms += stepMs) {
    for (let next = attempts[done]; next !== undefined && next.end <= ms; next = attempts[++done])
      cpu += next.processMs / 1000;
    const attempt = attempts[done];
    const isBusy = attempt !== undefined && attempt.start <= ms;
    const fate = isBusy ? attempt.fate : FATE.done;
    const isInit = !(ms > process.initEndMs);
    let cpuPercent = isInit ? random.range(35, 99) : isBusy ? random.range(55, 118) : random.range(0, 1.5);
    if (fate === FATE.hang || fate === FATE.timeout) cpuPercent = random.range(0, 0.9);
    let memory = (isInit ? 0.45 : 1) * share * 0.55 + Math.min(done, 60) * leak * share * 0.2 + random.range(0, 0.15);
    if (isBusy) memory += share * random.range(0.02, 0.12);
    if (isBusy && fate === FATE.killed && run.scenario.killSignal === 9) {
      const { start, end } = attempt;
      memory += (96 - share * 0.6 * run.options.processes) * Math.max(0.1, (ms - start) / (end - start));
    }
    const bytes = done * 3_145_728 + (isBusy ? 1_200_000 : 0);
    sample.push({
      ms,
      cpuPercent: Math.round(cpuPercent * 10) / 10,
      userSeconds: Math.round((cpu * 0.93 + 2.1 + (isBusy ? random.range(0, 3) : 3)) * 100) / 100,
      systemSeconds: Math.round((cpu * 0.07 + 0.4) * 100) / 100,
      memoryPercent: Math.min(97.2, Math.max(0.2, memory)),
      reads: 900 + done * 41,
      writes: 120 + done * 7,
      readBytes: 41_943_040 + bytes,
      writeBytes: 524_288 + done * 81_920,
      threads: 6 + (isBusy ? 1 + random.int(4) : 0),
    });
  }
  return sample;
}

/** Sums over a node's processes on the node's own time grid. */
export class NodeSums {
  readonly startMs: number;
  readonly stepMs: number;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  readonly bytes: Float64Array;

  constructor(run: SimulatedRun, node: SampleNode) {
    this.startMs = node.startMs + 400;
    this.stepMs = run.options.perfIntervalSeconds * 1000;
    const end = node.lostMs ?? run.stop.atMs + 800;
    const count = Math.max(0, Math.ceil((end - this.startMs) / this.stepMs));
    this.cpu = new Float64Array(count);
    this.memory = new Float64Array(count);
    this.bytes = new Float64Array(count);
  }

  add(samples: readonly ProcessSample[]): void {
    for (const sample of samples) {
      const at = Math.round((sample.ms - this.startMs) / this.stepMs);
      if (at < 0 || at >= this.cpu.length) continue;
      this.cpu[at] = (this.cpu[at] ?? 0) + sample.cpuPercent;
      this.memory[at] = (this.memory[at] ?? 0) + sample.memoryPercent;
      this.bytes[at] = (this.bytes[at] ?? 0) + sample.readBytes;
    }
  }

  /** Returns the node's samples; if its disk fills up, they show it. */
  samples(run: SimulatedRun, node: SampleNode, isDiskFull: boolean): NodeSample[] {
    const random = new Random(run.options.seed ^ Math.imul(node.index + 5, 0x165667b1), 'node-perf');
    const out: NodeSample[] = [];
    let most = 0;
    for (const [i, cpu] of this.cpu.entries()) {
      const cpuPercent = Math.min(100, Math.round((cpu / CORES + random.range(0.5, 3)) * 10) / 10);
      const percent = Math.min(98.9, 7 + (this.memory[i] ?? 0) + random.range(0, 0.4));
      most = Math.max(most, this.bytes[i] ?? 0);
      out.push({
        ms: this.startMs + i * this.stepMs,
        cpuPercent,
        memoryTotal: MEMORY_TOTAL,
        memoryUsed: Math.floor((MEMORY_TOTAL * percent) / 100 / 4096) * 4096,
        reads: 41_200 + i * 350 + random.int(90),
        writes: 9000 + i * 120 + random.int(40),
        readBytes: 1_932_735_283 + most + i * 40_960,
        writeBytes: 402_653_184 + i * 1_310_720,
        sent: 22_020_096 + i * 524_288 + random.int(9999),
        received: 1_610_612_736 + most * 1.02 + i * 98_304,
        diskUsedPercent: isDiskFull
          ? Math.min(100, 61 + (i / Math.max(1, this.cpu.length * 0.75)) * 39)
          : 61 + i * 0.01,
      });
    }
    return out;
  }
}
