/** Contradictions: task reports, tables and logs that state the same fact differently. */
import { formatCount } from '../../contract/format.ts';
import type { ReadableDb, WritableDb } from '../store/open.ts';
import { getRunFact, setRunFact } from '../store/run-facts.ts';
import type { Ref } from './refs.ts';
import type { DraftFinding } from './run-info.ts';

/** Items of an attempt according to one line; -1 if the line does not tell. */
interface Side {
  ref: Ref;
  total: number;
  succeeded: number;
}

export interface Contradiction {
  miniBatchId: string;
  /** The more precise source, which counts. */
  counted: Side;
  other: Side;
}

interface Stored {
  count: number;
  first: Contradiction[];
}

/** Number of contradictions to show with both lines. */
const SHOWN = 3;

/** Stores what {@link contradictionFinding} needs. */
export function storeContradictions(db: WritableDb, all: readonly Contradiction[]): void {
  const stored: Stored = { count: all.length, first: all.slice(0, SHOWN) };
  setRunFact(db, 'contradictions', stored);
}

/**
 * Returns one finding about all contradictions, with both lines of the first few: the one that
 * counts and the one that differs.
 */
export function contradictionFinding(db: ReadableDb): DraftFinding[] {
  const stored = getRunFact<Stored>(db, 'contradictions');
  if (stored === null) return [];
  const { count, first } = stored;
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
