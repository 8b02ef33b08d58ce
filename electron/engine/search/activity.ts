/**
 * Counts the lines of each level over time in the whole case: the histogram behind an empty search.
 */
import type { Histogram } from '../../contract/commands.ts';
import type { ClockChoice } from '../../contract/filter.ts';
import { spread } from './candidates.ts';
import type { BlockTable } from './plan/block-table.ts';
import type { SearchPlan } from './plan/search-plan.ts';

/**
 * Kinds of file whose times are the run's. Other files (preparation, user output) can have times
 * far outside.
 */
const RUN_KINDS = new Set(['progress', 'driver', 'master', 'worker', 'user', 'issues']);

/**
 * Returns the time range of the run's own logs, otherwise of all files. Null if no line has a time.
 */
export function timeRange(table: BlockTable, clock: ClockChoice): { fromUs: number; toUs: number } | null {
  const range = (isWanted: (kind: string) => boolean) => {
    let fromUs = Number.POSITIVE_INFINITY;
    let toUs = Number.NEGATIVE_INFINITY;
    for (let id = 1; id < table.end; id++) {
      const kind = table.files.get(table.fileId[id] as number)?.kind;
      if (kind === undefined || !isWanted(kind)) continue;
      const shift = table.shiftOf(id, clock);
      const min = (table.minUs[id] as number) - shift;
      const max = (table.maxUs[id] as number) - shift;
      if (min < fromUs) fromUs = min;
      if (max > toUs) toUs = max;
    }
    return fromUs <= toUs ? { fromUs, toUs: toUs + 1 } : null;
  };
  return range((kind) => RUN_KINDS.has(kind)) ?? range(() => true);
}

/**
 * Counts all lines of the wanted files over time by level. Uses the blocks' own counts and reads no
 * text.
 */
export function activity(
  table: BlockTable,
  plan: SearchPlan,
  fromUs: number,
  toUs: number,
  buckets: number,
  complete: boolean,
): Histogram {
  const counts = Array.from({ length: 6 }, () => new Array<number>(buckets).fill(0));
  const width = Math.max(1, (toUs - fromUs) / buckets);
  const minLevel = plan.lineFilter?.minLevel ?? 0;
  const wanted = new Map<number, boolean>();
  const byLevel = [0, 0, 0, 0, 0, 0];
  for (let id = 1; id < table.end; id++) {
    const shift = table.shiftOf(id, plan.clock);
    const min = (table.minUs[id] as number) - shift;
    const max = (table.maxUs[id] as number) - shift;
    if (!(min < toUs) || !(max >= fromUs)) continue;
    const fileId = table.fileId[id] as number;
    let isWanted = wanted.get(fileId);
    if (isWanted === undefined) {
      const file = table.files.get(fileId);
      isWanted = file !== undefined && plan.isFileWanted(file);
      wanted.set(fileId, isWanted);
    }
    if (!isWanted) continue;
    for (let level = 0; level < 6; level++)
      byLevel[level] = level < minLevel ? 0 : ((table.levels[level] as Int32Array)[id] as number);
    spread(counts, byLevel, min, max, fromUs, width, buckets);
  }
  return { fromUs, toUs, bucketUs: width, counts, complete };
}
