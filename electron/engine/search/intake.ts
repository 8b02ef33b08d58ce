/**
 * The intake of a search turns segments of the index into candidates. It selects blocks as the
 * segments arrive and holds back blocks of a file that waits for its scan.
 */
import type { Candidate } from './candidates.ts';
import type { FileScans } from './file-scans.ts';
import { timeKey } from './plan/block-orders.ts';
import type { BlockTable } from './plan/block-table.ts';
import type { Chains, Planner } from './plan/planner.ts';
import type { SearchPlan } from './plan/search-plan.ts';
import { selectBlocks } from './selection.ts';
import type { SearchPool } from './worker/pool.ts';

export interface IntakeSink {
  /** Called when {@link Intake.admit} has new blocks to turn into candidates. */
  onSelected: () => void;
  onFailure: (error: unknown) => void;
}

export class Intake {
  readonly #context: { table: BlockTable; planner: Planner; pool: SearchPool };
  readonly #sink: IntakeSink;
  #segments = 0;
  #running = 0;
  /** Segments whose blocks are not selected yet, with their least possible key in time order. */
  readonly #unselected = new Map<number, number>();
  /** Segments whose blocks are selected but not candidates yet. */
  #selected: number[] = [];
  #chains: Chains = [];
  /** Increases on every restart or stop, so that older selections are ignored. */
  #round = 0;
  #milliseconds = 0;

  constructor(context: { table: BlockTable; planner: Planner; pool: SearchPool }, sink: IntakeSink) {
    this.#context = context;
    this.#sink = sink;
  }

  /** Number of running selections. */
  get running(): number {
    return this.#running;
  }

  /** Number of segments taken in. */
  get segments(): number {
    return this.#segments;
  }

  /** Time spent selecting. */
  get milliseconds(): number {
    return this.#milliseconds;
  }

  /** Least key of any block not selected yet. */
  get leastKey(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const key of this.#unselected.values()) least = Math.min(least, key);
    return least;
  }

  /** Selects the blocks of segments added to the table since the last call. */
  extend(plan: SearchPlan): void {
    const start = performance.now();
    const round = this.#round;
    const { table } = this.#context;
    const first = this.#segments;
    this.#segments = table.segments.length;
    for (let segment = first; segment < this.#segments; segment++)
      this.#unselected.set(segment, table.timeKeyOf(segment, plan.clock));
    const segments = Array.from({ length: this.#segments - first }, (_, k) => first + k);
    segments.sort((a, b) => (this.#unselected.get(a) ?? 0) - (this.#unselected.get(b) ?? 0));
    this.#running++;
    const finish = () => {
      this.#running--;
      this.#milliseconds += performance.now() - start;
    };
    const selection = selectBlocks(this.#context, plan, segments, {
      onSelected: (segment, chains) => {
        if (round !== this.#round) return;
        this.#selected.push(segment);
        for (const chain of chains) this.#chains.push(chain);
      },
      onSlice: this.#sink.onSelected,
      isStopped: () => round !== this.#round,
    });
    const onFinished = () => {
      finish();
      this.#sink.onSelected();
    };
    if (selection === null) onFinished();
    else
      selection.then(onFinished, (error: unknown) => {
        finish();
        if (round === this.#round) this.#sink.onFailure(error);
      });
  }

  /**
   * Returns new candidates from the selected blocks. Holds back blocks of a file that waits for its
   * scan until all of it is indexed, and skips blocks of a scanned file.
   */
  admit({ clock }: SearchPlan, scans: FileScans): Candidate[] {
    const { table } = this.#context;
    const fresh: Candidate[] = [];
    const held: Chains = [];
    for (const chain of this.#chains) {
      const fileId = table.fileId[chain[0]] as number;
      if (fileId === 0 || scans.isScanned(fileId)) continue;
      if (scans.isWaiting(fileId)) held.push(chain);
      else fresh.push(candidateOf(table, chain, clock));
    }
    this.#chains = held;
    for (const segment of this.#selected.splice(0)) this.#unselected.delete(segment);
    return fresh;
  }

  beginAnew(): void {
    this.stop();
    this.#chains = [];
    this.#selected = [];
    this.#segments = 0;
  }

  stop(): void {
    this.#round++;
    this.#unselected.clear();
  }
}

function candidateOf(table: BlockTable, [blockId, span]: Chains[number], clock: SearchPlan['clock']): Candidate {
  let bytes = 0;
  for (let k = 0; k < span; k++) bytes += table.bytes[blockId + k] as number;
  return {
    blockId,
    span,
    fileId: table.fileId[blockId] as number,
    bytes,
    key: timeKey((table.minUs[blockId] as number) - table.shiftOf(blockId, clock)),
    index: 0,
    hits: null,
    scanned: null,
  };
}
