/**
 * Decides, before the run starts, its nodes with their clocks and speeds, and which mini-batches go
 * wrong.
 */
import { limitMs } from './attempt-length.ts';
import { Random } from './random.ts';
import {
  AttemptTable,
  EventTable,
  OUTCOME,
  type SampleNode,
  type SampleProcess,
  type SimulatedRun,
} from './run-model.ts';
import type { ResolvedOptions } from './sample-options.ts';
import { FATE, type Scenario, scenarioOf } from './scenario.ts';

/** The mini-batches that will go wrong, and the node that will be slow, full or lost. */
export interface Trouble {
  isBad: Uint8Array;
  node: number;
  /**
   * Number of attempts on the slow node that end after their mini-batch has become visible again.
   */
  late: number;
}

/** Draws the nodes: addresses, host names, clock skews, speeds, start times. */
export function planNodes(options: ResolvedOptions, scenario: Scenario): SampleNode[] {
  const random = new Random(options.seed, 'nodes');
  const nodes: SampleNode[] = [];
  const pool = random.hex(24);
  for (let index = 0; index < options.nodes; index++) {
    const ip = `10.0.${Math.floor((index + 4) / 250)}.${((index + 4) % 250) + (index + 4 >= 250 ? 4 : 0)}`;
    const isSkewed = options.clockSkew && index > 0 && random.chance(0.35);
    const skewMs = isSkewed ? Math.floor(random.range(1500, 9000)) * (random.chance(0.5) ? 1 : -1) : 0;
    const isSlow = scenario.slowNode && index === options.nodes - 1;
    nodes.push({
      index,
      name: options.layout === '3' ? String(index) : ip,
      ip,
      host: `tvmps_${pool}${random.hex(24)}${random.hex(16)}`,
      skewMs,
      speed: isSlow ? 0.42 : random.range(0.94, 1.06),
      startMs: index === 0 ? 1400 : Math.floor(random.range(2100, 21_000)),
      mainPid: 120 + random.int(200),
      mainThread: `1397${100_000_000 + random.int(899_999_999)}44`,
      lostMs: null,
    });
  }
  return nodes;
}

/** Creates an empty run and marks what will go wrong in it. */
export function planTrouble(options: ResolvedOptions): { run: SimulatedRun; trouble: Trouble } {
  const scenario = scenarioOf(options.failure);
  const random = new Random(options.seed, 'trouble');
  const total = options.miniBatches;
  const isBad = new Uint8Array(total);
  let bad = 0;
  if (scenario.badFate !== FATE.done) {
    for (let i = 0; i < total; i++) {
      if (random.chance(scenario.badShare)) {
        isBad[i] = 1;
        bad++;
      }
    }
    for (let tries = 0; bad < Math.min(scenario.badAtLeast, total) && tries < 10 * total; tries++) {
      const at = random.int(total);
      if (isBad[at] === 1) continue;
      isBad[at] = 1;
      bad++;
    }
  }
  const per = options.itemsPerMiniBatch;
  const totalItems = total * per - (per > 1 ? random.int(Math.ceil(per / 2)) : 0);
  if (options.failure === 'run_exception_all') scenario.errorThreshold = Math.floor(totalItems * 0.4);
  if (scenario.status === 'failed' && scenario.errorThreshold >= 0 && bad > 0) {
    scenario.errorThreshold = thresholdFor(scenario, bad, per);
  }
  const epochMs = Date.parse(options.start);
  const endAtMs = scenario.noTasks === 'first_task_timeout' ? 612_400 : scenario.noTasks === 'no_input' ? 9800 : 4100;
  const run: SimulatedRun = {
    options,
    scenario,
    epochMs,
    runId: random.guid(),
    nodes: [],
    processes: [],
    attempts: new AttemptTable(),
    byProcess: new Int32Array(0),
    offsets: new Int32Array(0),
    events: new EventTable(),
    poisons: [],
    totalItems,
    status: new Uint8Array(total).fill(OUTCOME.unfinished),
    picks: new Uint8Array(total),
    settled: new Uint8Array(total),
    firstTaskMs: 3200 + random.int(3000),
    tasksPerSecond: 330 + random.int(120),
    scheduled: 0,
    counters: {
      processed: 0,
      processedItems: 0,
      itemsSucceeded: 0,
      itemsFailed: 0,
      initExceptions: 0,
      initTimeouts: 0,
      runExceptions: 0,
      runTimeouts: 0,
    },
    stop: { reason: 'done', atMs: endAtMs },
    overviewerMovedMs: null,
    driverEndMs: 0,
    firstCause: null,
  };
  const node = options.nodes === 1 ? 0 : options.nodes - 1;
  return { run, trouble: { isBad, node, late: 2 } };
}

/** Creates a process at its start; names count up per node, in the style of the layout. */
export function newProcess(
  options: ResolvedOptions,
  index: number,
  slotIndex: number,
  ordinal: number,
  pid: number,
  startMs: number,
): SampleProcess {
  return {
    index,
    node: Math.floor(slotIndex / options.processes),
    slot: slotIndex % options.processes,
    ordinal,
    name: options.layout === '1' ? `Process-${ordinal}` : `process${String(ordinal - 1).padStart(3, '0')}`,
    pid,
    thread: `1397${100_000_000 + ((pid * 7919) % 899_999_999)}72`,
    startMs,
    initEndMs: Number.NaN,
    init: 'unfinished',
    endMs: Number.NaN,
    end: null,
    exitCode: null,
    replacedBy: null,
    failed: 0,
    done: 0,
  };
}

/**
 * Decides how init() of a process will end; returns its milliseconds. init stays 'unfinished' if it
 * never returns.
 */
export function planInit(run: SimulatedRun, process: SampleProcess, random: Random): number {
  const { scenario, nodes, options } = run;
  const isFailing = scenario.initMode !== 'ok' && random.chance(scenario.initShare);
  const isIdle = scenario.idleNodes && process.node > 0 && process.node >= Math.floor(nodes.length / 2);
  if (isFailing && (scenario.initShare === 1 || process.ordinal <= options.processes)) {
    process.init = scenario.initMode === 'timeout' ? 'timeout' : 'exception';
  } else if (!isIdle) process.init = 'done';
  if (process.init === 'timeout') return limitMs(run) + random.int(400);
  if (scenario.initMode === 'import') return 900 + random.int(1700);
  return Math.floor(random.range(4500, 11_000) / (nodes[process.node]?.speed ?? 1));
}

/** Decides the fate of an attempt when its mini-batch is picked. */
export function fateOf(
  run: SimulatedRun,
  trouble: Trouble,
  hasTurned: boolean,
  miniBatch: number,
  dequeue: number,
  process: SampleProcess,
): number {
  const { scenario } = run;
  if (hasTurned && scenario.turn === 'hang') return FATE.hang;
  if (hasTurned && scenario.turn === 'disk_full' && process.node === trouble.node) return FATE.diskFull;
  if (scenario.slowNode && process.node === trouble.node && trouble.late > 0 && process.done > 1) {
    trouble.late--;
    return FATE.late;
  }
  if (trouble.isBad[miniBatch] === 1 && dequeue <= scenario.badAttempts) return scenario.badFate;
  return FATE.done;
}

/**
 * Returns a threshold that a run of any size crosses about half-way, or immediately if every
 * mini-batch goes wrong.
 */
function thresholdFor(scenario: Scenario, bad: number, itemsEach: number): number {
  const isPartial = scenario.badFate === FATE.partial;
  const certain = isPartial ? bad : Math.max(1, bad - 1) * itemsEach;
  if (scenario.badShare >= 1 || bad < 12) return Math.min(scenario.errorThreshold, Math.floor(certain / 2));
  const each = isPartial ? (1 + Math.ceil(itemsEach * 0.6)) / 2 : itemsEach;
  return Math.floor(bad * each * 0.4);
}
