/**
 * Lists what to run again: every mini-batch that did not succeed, with its inputs and the reason.
 */
import type { AnalysisParams, AnalysisResult, RerunItem } from '../../contract/analysis.ts';
import type { Outcome } from '../../contract/batch-records.ts';
import { formatCount } from '../../contract/format.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { only, selectCells, selectRows, word } from '../store/select.ts';
import { columnsOf } from './columns.ts';
import { OUTCOME } from './join.ts';
import { selectBatches } from './selection.ts';

/**
 * Returns failed, timed-out, unfinished and partial mini-batches by ordinal. Mini-batches that were
 * never scheduled have no row and are missing.
 */
export function rerunList(db: ReadableDb, params: AnalysisParams<'analysis.rerun'>): AnalysisResult<'analysis.rerun'> {
  const { batches } = columnsOf(db);
  const selected = selectBatches(db, params.filter);
  const ordinals: number[] = [];
  const count = selected === null ? batches.status.length : selected.length;
  for (let i = 0; i < count; i++) {
    const ordinal = selected === null ? i : at(selected, i);
    if (at(batches.status, ordinal) !== OUTCOME.succeeded) ordinals.push(ordinal);
  }
  const select = selectRows(
    db,
    'SELECT id, status, attempts, inputs, total, failed FROM mini_batch WHERE ordinal = ?',
    { id: 'text', status: word<Outcome>(), attempts: 'number', inputs: 'text?', total: 'number?', failed: 'number?' },
  );
  const errorOf = selectCells(
    db,
    'SELECT error FROM attempt WHERE mini_batch_id = ? AND error IS NOT NULL ORDER BY attempt DESC LIMIT 1',
    'text',
  );
  const rows = ordinals.slice(params.start, params.start + params.count).map((ordinal): RerunItem => {
    const row = only(select, ordinal);
    const error = errorOf.get(row.id);
    return {
      miniBatchId: row.id,
      status: row.status,
      attempts: row.attempts,
      inputs: row.inputs,
      reason: reasonOf(row, error),
    };
  });
  return { total: ordinals.length, rows };
}

function reasonOf(
  row: { status: Outcome; attempts: number; total: number | null; failed: number | null },
  error: string | undefined,
): string {
  const said = error === undefined ? '' : `: ${error.split('\n')[0]?.slice(0, 200)}`;
  const times = row.attempts > 1 ? ` after ${formatCount(row.attempts, 'attempt')}` : '';
  switch (row.status) {
    case 'partial':
      return `${row.failed ?? 'some'} of ${row.total ?? '?'} items failed`;
    case 'timed_out':
      return `did not end in time${times}${said}`;
    case 'failed':
      return error === undefined && row.total !== null && row.failed === row.total
        ? `run() returned nothing for its ${formatCount(row.total, 'item')}${times}`
        : `failed${times}${said}`;
    default:
      return row.attempts === 0 ? 'was never picked up' : `was picked up and never finished${times}`;
  }
}
