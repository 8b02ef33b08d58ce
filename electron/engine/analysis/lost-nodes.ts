/**
 * Finds lost nodes as candidates for the first cause: the run reports the loss, or a node fell
 * silent with unfinished mini-batches.
 */
import { formatCount, formatDuration } from '../../contract/format.ts';
import type { Confidence } from '../../contract/run-info.ts';
import type { ReadableDb } from '../store/open.ts';
import { type Candidate, refOfEvent } from './candidate.ts';
import type { Evidence, RunEventRow } from './evidence.ts';
import { firstLine, troubleOf } from './meaning.ts';
import { silentNodes } from './silence.ts';

/**
 * Returns nodes that the run says it lost, or that fell silent with unfinished mini-batches while
 * others continued.
 */
export function lostNodes(db: ReadableDb, evidence: Evidence, mustHaveUnfinished: boolean): Candidate[] {
  const said = evidence.events.filter(
    (event) =>
      event.type === 'node_left' ||
      ((event.type === 'failure' || event.type === 'stop_reason') && troubleOf(event.message ?? '') === 'node_lost'),
  );
  const silent = silentNodes(db, mustHaveUnfinished && said.length === 0)[0];
  if (said.length === 0 && silent === undefined) return [];
  const told = said.map((event) => event.node ?? nodeIn(event.name)).find((node) => node !== null) ?? null;
  const named = told === null ? null : knownNode(db, evidence, told);
  const node = named ?? silent?.node ?? told;
  const own = silent !== undefined && (named === null || named === silent.node) ? silent : undefined;
  const quiet =
    own === undefined
      ? ''
      : `its ${formatCount(own.processes, 'process', 'processes')} stopped writing without an exit, ${formatDuration(own.silentSeconds)} before the other nodes${own.unfinished > 0 ? `, with ${formatCount(own.unfinished, 'mini-batch', 'mini-batches')} unfinished` : ''}`;
  return [
    {
      kind: 'node_lost',
      confidence: gradeOf(said, mustHaveUnfinished),
      message: `Node ${node ?? '?'} was lost: ${quiet === '' ? firstLine(said[0]?.message ?? 'the logs say so') : quiet}`,
      atUs: own?.lastUs ?? said[0]?.atUs ?? null,
      node,
      pid: null,
      miniBatchId: null,
      evidence: [...said.slice(0, 3).map(refOfEvent), ...(own?.evidence ?? [])],
    },
  ];
}

/**
 * Grades a loss: certain if the run gives it as its reason; likely if a line reports it, or if a
 * silent node left work behind.
 */
function gradeOf(said: readonly RunEventRow[], mustHaveUnfinished: boolean): Confidence {
  if (said.some((event) => event.type !== 'node_left')) return 'certain';
  return said.length > 0 || mustHaveUnfinished ? 'likely' : 'possible';
}

/**
 * Returns the name that folders use for a node that a line names by its address; null if neither is
 * known.
 */
function knownNode(db: ReadableDb, evidence: Evidence, name: string): string | null {
  const alias = evidence.events.find(
    (event) => event.type === 'node_joined' && event.name === name && event.node !== null,
  );
  if (alias !== undefined) return alias.node;
  const has = db.prepare('SELECT EXISTS (SELECT 1 FROM file WHERE node = ?)').pluck().get(name) === 1;
  return has ? name : null;
}

function nodeIn(name: string | null): string | null {
  return name === null || name === '' ? null : name;
}
