/**
 * The public tables that analysis computes: runs, nodes, errors, error groups, findings, testimony.
 */
import { createHash } from 'node:crypto';
import { emptyFilter } from '../../../contract/empty-filter.ts';
import { levels } from '../../../contract/line-records.ts';
import { batchIds } from '../../analysis/batch-ids.ts';
import { groupErrors } from '../../analysis/error-groups.ts';
import { errorPlacer } from '../../analysis/error-place.ts';
import { builtInPack } from '../../analysis/rules.ts';
import { runInfo, type StoredRun, storedRun } from '../../analysis/run-info.ts';
import { signatures } from '../../analysis/signatures.ts';
import type { ReadableDb } from '../../store/open.ts';
import { selectTuples } from '../../store/select.ts';
import type { Cell } from './row-source.ts';

const noText = () => '';

/**
 * Identifies a run by the name in its logs, otherwise by its name and content. The same logs give
 * the same id anywhere.
 */
export function runIdentity(db: ReadableDb): { runId: string; content: string } {
  const content = contentHash(db);
  const logged = storedRun(db)?.loggedName ?? null;
  const name = logged ?? `${runInfo(db, noText).name || 'run'}-${content.slice(0, 8)}`;
  return {
    runId: name
      .replace(/[^\w.-]+/g, '_')
      .replace(/^\.+/, '_')
      .slice(0, 120),
    content,
  };
}

/** Hashes the names and sizes of the files. */
function contentHash(db: ReadableDb): string {
  const hash = createHash('sha256');
  const files = selectTuples(db, 'SELECT path, bytes FROM file ORDER BY path', ['text', 'number']).iterate();
  for (const [path, bytes] of files) hash.update(`${path}\0${bytes}\n`);
  return hash.digest('hex').slice(0, 32);
}

/**
 * Returns a fingerprint that is equal for runs that ended in the same way for the same cause:
 * status, kind of the first cause, and the cause's error group or otherwise its message without the
 * variable parts.
 */
export function fingerprintOf(db: ReadableDb, run: Pick<StoredRun, 'status' | 'firstCause'>): string {
  const cause = run.firstCause;
  const group = cause === null ? null : primaryGroup(db);
  const what = cause === null ? '' : (group ?? cause.message.replace(/\d+(?:\.\d+)*/g, '#'));
  const hash = createHash('sha256').update([run.status, cause?.kind ?? '', what].join('\n'));
  return `${run.status}:${cause?.kind ?? 'none'}:${hash.digest('hex').slice(0, 8)}`;
}

function primaryGroup(db: ReadableDb): string | null {
  return groupList(db).find((group) => group.role === 'primary')?.id ?? null;
}

function groupList(db: ReadableDb): ReturnType<typeof signatures> {
  return signatures(db, { filter: emptyFilter }, noText, [builtInPack]);
}

export function runRows(db: ReadableDb, { runId, content }: { runId: string; content: string }): Cell[][] {
  const info = runInfo(db, noText);
  const stored = storedRun(db);
  const cause = info.firstCause;
  const { miniBatches, items } = info;
  return [
    [
      runId,
      info.name,
      info.source,
      info.generation,
      info.status,
      info.message,
      info.startUs,
      info.endUs,
      info.durationSeconds,
      info.nodes.length,
      info.processes,
      miniBatches.total,
      miniBatches.succeeded,
      miniBatches.failed,
      miniBatches.unfinished,
      miniBatches.retried,
      items.total,
      items.succeeded,
      items.failed,
      items.errorThreshold,
      cause?.kind ?? null,
      cause?.confidence ?? null,
      cause?.message ?? null,
      cause?.node ?? null,
      cause?.pid ?? null,
      cause?.miniBatchId ?? null,
      cause?.exception?.class ?? null,
      stored === null ? null : fingerprintOf(db, stored),
      info.files,
      info.lines,
      info.bytes,
      info.problems,
      content,
    ],
  ];
}

export function nodeRows(db: ReadableDb, runId: string): Cell[][] {
  const files = selectTuples(
    db,
    `SELECT node, count(*), sum(bytes), min(first_us), max(last_us) FROM file WHERE node IS NOT NULL
     GROUP BY node ORDER BY node`,
    ['text', 'number', 'number', 'number?', 'number?'],
  ).all();
  const ofFiles = new Map(files.map(([node, ...figures]) => [node, figures]));
  const known = runInfo(db, noText).nodes;
  const worked = new Set(known.map(({ node }) => node));
  const idle = [...ofFiles.keys()]
    .filter((node) => !worked.has(node))
    .map((node) => ({ node, aliases: [], processes: 0, miniBatches: 0, failed: 0 }));
  return [...known, ...idle].map(({ node, aliases, processes, miniBatches, failed }) => [
    runId,
    node,
    JSON.stringify(aliases),
    processes,
    miniBatches,
    failed,
    ...(ofFiles.get(node) ?? [0, 0, null, null]),
  ]);
}

export function groupRows(db: ReadableDb, runId: string): Cell[][] {
  return groupList(db).map((group) => [
    runId,
    group.id,
    group.role,
    group.groupedBy,
    group.chain.at(-1) ?? null,
    group.template,
    group.level,
    group.count,
    group.occurrences,
    group.firstUs,
    group.lastUs,
    group.nodes.filter(({ node }) => node !== null).length,
    group.miniBatchCount,
    group.example.file,
    group.example.line,
  ]);
}

export function findingRows(db: ReadableDb, runId: string): Cell[][] {
  return runInfo(db, noText).findings.flatMap(({ kind, confidence, message, isObservation, evidence }, index) => {
    const refs = evidence.length === 0 ? [null] : evidence;
    return refs.map((ref) => [
      runId,
      index + 1,
      kind,
      confidence,
      message,
      isObservation ? 1 : 0,
      ref?.file ?? null,
      ref?.line ?? null,
    ]);
  });
}

export function testimonyRows(db: ReadableDb, runId: string): Cell[][] {
  return runInfo(db, noText).testimony.map((one) => [
    runId,
    one.witness,
    one.claims,
    one.role,
    one.decided ? 1 : 0,
    one.overridden ? 1 : 0,
    one.timeUs,
    one.message,
    one.ref.file,
    one.ref.line,
  ]);
}

/** Yields all errors, each with its group and mini-batch. */
export function* errorRows(db: ReadableDb, runId: string): Generator<Cell[]> {
  const { groups, ids } = groupErrors(db, emptyFilter);
  const groupOf = new Map<number, string>();
  groups.forEach((group, index) => {
    for (const rowid of group.rows.view()) groupOf.set(rowid, ids[index] ?? '');
  });
  const place = errorPlacer(db);
  const names = batchIds(db);
  const paths = new Map(selectTuples(db, 'SELECT id, path FROM file', ['number', 'text']).all());
  const rows = selectTuples(
    db,
    `SELECT rowid, file_id, line, lines, at_us, node, pid, process, level, chain, message, user_frames, mini_batch_id
       FROM error_event ORDER BY rowid`,
    [
      'number',
      'number',
      'number',
      'number',
      'number?',
      'text?',
      'number?',
      'text?',
      'number',
      'text',
      'text',
      'text',
      'text?',
    ],
  ).iterate();
  for (const row of rows) {
    const [rowid, fileId, line, lines, atUs, node, pid, process, level, chain, message, frames, named] = row;
    const { batch } = place(atUs, node, pid, named);
    const classes = JSON.parse(chain) as string[];
    yield [
      runId,
      atUs,
      node,
      process,
      pid,
      typeof batch === 'number' ? names.idOf(batch) : batch,
      levels[level - 1] ?? null,
      classes.at(-1) ?? null,
      message,
      groupOf.get(rowid) ?? null,
      lines,
      frames,
      paths.get(fileId) ?? null,
      line,
    ];
  }
}
