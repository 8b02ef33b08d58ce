/**
 * Task reports, tables and logs tell the same thing in several places: where they tell it
 * differently.
 */
import { formatCount } from '../../contract/format.ts';
import type { ReadableDb, WritableDb } from '../store/open.ts';
import { selectCells } from '../store/select.ts';
import type { Ref } from './refs.ts';
import type { DraftFinding } from './run-info.ts';

/** Items of an attempt as one line tells them; -1 where it does not. */
interface Side {
  ref: Ref;
  total: number;
  succeeded: number;
}

export interface Contradiction {
  miniBatchId: string;
  /** What counts: the more precise source. */
  counted: Side;
  other: Side;
}

/** Shown with both lines of each. */
const SHOWN = 3;

/** Keep what {@link contradictionFinding} tells of. */
export function storeContradictions(db: WritableDb, all: readonly Contradiction[]): void {
  const value = JSON.stringify({ count: all.length, first: all.slice(0, SHOWN) });
  db.prepare("INSERT OR REPLACE INTO run_info (key, value) VALUES ('contradictions', ?)").run(value);
}

/**
 * One sentence on all of them, with the lines of the first few: what counts, and what says
 * otherwise.
 */
export function contradictionFinding(db: ReadableDb): DraftFinding[] {
  const text = selectCells(db, "SELECT value FROM run_info WHERE key = 'contradictions'", 'text').get();
  if (text === undefined) return [];
  const { count, first } = JSON.parse(text) as { count: number; first: Contradiction[] };
  const [example] = first;
  if (example === undefined) return [];
  const of = count === 1 ? 'one attempt' : formatCount(count, 'attempt');
  return [
    {
      kind: 'contradictions',
      confidence: 'certain',
      message: `Two places tell of the items of ${of} differently: of mini-batch ${example.miniBatchId} one says ${wordsOf(example.counted)}, another ${wordsOf(example.other)}; the first is counted.`,
      evidence: first.flatMap(({ counted, other }) => [counted.ref, other.ref]),
    },
  ];
}

function wordsOf({ total, succeeded }: Side): string {
  const known = (value: number) => (value < 0 ? '?' : value.toLocaleString('en-US'));
  return `${known(succeeded)} of ${known(total)} succeeded`;
}
