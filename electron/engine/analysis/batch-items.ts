/**
 * Tells how many items a mini-batch was given if no result says so: from its inputs, otherwise from
 * the size common to all mini-batches.
 */
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import type { DerivedColumns } from './columns.ts';
import { storedRun } from './run-info.ts';
import { numberSetting } from './settings.ts';

/**
 * Returns the number of items of a mini-batch from its id and its inputs (JSON); null if the logs
 * do not tell.
 */
export type ItemsOf = (miniBatchId: string, inputs: string | null) => number | null;

/**
 * Uses the configured size only if something confirms it, because the service cuts tables by bytes
 * and then the setting is not a number of items. Two things confirm it: the numbers of items and
 * mini-batches that scheduling reports, or results that all have that size except for one, the
 * last.
 */
export function itemsGiven(db: ReadableDb, columns: DerivedColumns): ItemsOf {
  const size = numberSetting(storedRun(db)?.settings ?? {}, 'mini_batch_size');
  const scheduled = selectRows(
    db,
    `SELECT items, coalesce(total, scheduled) AS total FROM run_event
       WHERE items > 0 AND coalesce(total, scheduled) > 0 ORDER BY type = 'summary' DESC, at_us DESC, file_id, line LIMIT 1`,
    { items: 'number', total: 'number' },
  ).get();
  const isSize = size !== null && Number.isInteger(size) && size > 0;
  const isWhole = isSize && scheduled !== undefined && Math.ceil(scheduled.items / size) === scheduled.total;
  const isUsual = isSize && (isWhole || hasUsualSize(columns, size));
  return (miniBatchId, inputs) => {
    const listed = listedInputs(inputs);
    if (listed !== null) return listed;
    if (!isUsual) return null;
    if (isWhole && miniBatchId === String(scheduled.total - 1)) return scheduled.items - size * (scheduled.total - 1);
    return size;
  };
}

/**
 * Returns the number of files that the logs list. A list of numbers names partitions of a table and
 * does not tell the number of items.
 */
function listedInputs(inputs: string | null): number | null {
  if (inputs === null || !inputs.startsWith('[')) return null;
  try {
    const list: unknown = JSON.parse(inputs);
    return Array.isArray(list) && list.length > 0 && list.every((each) => typeof each === 'string')
      ? list.length
      : null;
  } catch {
    return null;
  }
}

function hasUsualSize({ attempts, batches }: DerivedColumns, size: number): boolean {
  let usual = 0;
  let other = 0;
  for (let ordinal = 0; ordinal < batches.last.length; ordinal++) {
    const row = at(batches.last, ordinal);
    const total = row < 0 ? -1 : at(attempts.total, row);
    if (total === size) usual++;
    else if (total >= 0) other++;
  }
  return usual > 0 && other <= 1;
}
