/**
 * Walks the segments of a case and asks the planner for the blocks of each, starting with those
 * likely to be shown first.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BlockTable } from './plan/block-table.ts';
import type { Chains, Planner } from './plan/planner.ts';
import type { SearchPlan } from './plan/search-plan.ts';
import type { PartKeys } from './query/requirement.ts';
import type { SearchPool } from './worker/pool.ts';

/** Reading up to this many blocks of a segment is cheaper than scanning its vocabulary. */
export const FEW_BLOCKS = 4;
/** Segments whose vocabulary one job scans. */
const SEGMENTS_A_JOB = 8;
const VOCABULARY_BYTES = 4 * 1024 * 1024;
/** Yields to other work after this time. */
const SLICE_MS = 4;
/**
 * The results of the first slice are verified while later ones run. Results are passed on again
 * when they may have doubled.
 */
const GROWTH = 2;

export interface SelectionSink {
  /** Called once per segment with its blocks that may have matching lines. */
  onSelected: (segment: number, chains: Chains) => void;
  /** Called before further work: the selection so far can be used. */
  onSlice: () => void;
  isStopped: () => boolean;
}

/**
 * Selects the blocks of segments (places in the table) in the given order. Threads scan the
 * vocabulary of a segment if the plan has parts of tokens and whole tokens leave more than a few
 * blocks. Returns null if everything was done synchronously.
 */
export function selectBlocks(
  context: { table: BlockTable; planner: Planner; pool: SearchPool },
  plan: SearchPlan,
  segments: readonly number[],
  sink: SelectionSink,
): Promise<void> | null {
  const { planner } = context;
  /** Segments that need the vocabulary. */
  const asking: number[] = [];
  let next = 0;
  const slice = () =>
    planner.together(() => {
      const end = performance.now() + SLICE_MS;
      for (; next < segments.length && performance.now() < end; next++) {
        const segment = segments[next] as number;
        const chains = planner.select(plan, segment, null);
        if (plan.parts.length === 0 || chains.length <= FEW_BLOCKS) sink.onSelected(segment, chains);
        else asking.push(segment);
      }
    });
  slice();
  if (next === segments.length && asking.length === 0) return null;
  const rest = async () => {
    for (let given = 0; next < segments.length && !sink.isStopped(); ) {
      if (next >= given * GROWTH) {
        sink.onSlice();
        given = next;
      }
      await nextTurn();
      slice();
    }
    await askVocabulary(context, plan, asking, sink);
  };
  return rest();
}

async function askVocabulary(
  { table, planner, pool }: { table: BlockTable; planner: Planner; pool: SearchPool },
  plan: SearchPlan,
  segments: readonly number[],
  sink: SelectionSink,
): Promise<void> {
  const jobs: Promise<void>[] = [];
  for (let at = 0; at < segments.length && !sink.isStopped(); at += SEGMENTS_A_JOB) {
    const group = segments.slice(at, at + SEGMENTS_A_JOB);
    const segmentIds = group.map((segment) => table.segments[segment]?.segmentId ?? -1);
    const job = { type: 'vocabulary' as const, segmentIds, parts: plan.parts };
    const taken = pool.run(job, VOCABULARY_BYTES * group.length, true).then((reply) => {
      if (sink.isStopped()) return;
      planner.together(() => {
        group.forEach((segment, k) => {
          sink.onSelected(segment, planner.select(plan, segment, reply.keys[k] as PartKeys));
        });
      });
      sink.onSlice();
    });
    jobs.push(taken);
  }
  await Promise.all(jobs);
}
