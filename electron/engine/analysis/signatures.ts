/** Error signatures: groups of errors with their role, where they occur and what varies in them. */
import type { AnalysisParams, Moments, RulePack, Signature, SignatureLines } from '../../contract/analysis.ts';
import type { Filter } from '../../contract/filter.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { only, selectRows } from '../store/select.ts';
import { type BatchIds, batchIds } from './batch-ids.ts';
import { ClockAlign } from './clocks.ts';
import { memoized } from './columns.ts';
import { errorAt } from './error-detail.ts';
import { FOLLOW_ON, type Group, groupErrors, templateOf, type Writer } from './error-groups.ts';
import { COPY_US, errorPlacer } from './error-place.ts';
import { type LineText, type Ref, RefReader } from './refs.ts';
import { builtInPack, noiseRule, textOf } from './rules.ts';
import { storedRun } from './run-info.ts';
import { filterKey } from './selection.ts';

const MAX_BATCHES = 100;
const MAX_VALUES = 10;

/** Default limit on the processes and mini-batches listed per group. */
const USUAL_MOST = 1_000;

/**
 * Returns all signatures: the first cause's first, then others by count, follow-ons and noise last.
 * They are described once per derivation, filter and rules. Do not write to them.
 */
export function signatures(
  db: ReadableDb,
  params: Pick<AnalysisParams<'analysis.signatures'>, 'filter'> & { most?: number },
  lineText: LineText,
  packs: readonly RulePack[],
): Signature[] {
  const rules = packs.map((pack) => (pack === builtInPack ? pack.version : JSON.stringify(pack)));
  const described = memoized(db, `signature list ${filterKey(params.filter)} ${rules}`, () => ({
    lineText,
    list: describeAll(db, params.filter, lineText, packs),
  }));
  // A caller with a different `lineText` must not get this one's texts.
  const list = described.lineText === lineText ? described.list : describeAll(db, params.filter, lineText, packs);
  const { most = USUAL_MOST } = params;
  return list.map((one) =>
    one.pids.length <= most && one.miniBatches.length <= most
      ? one
      : { ...one, pids: one.pids.slice(0, most), miniBatches: one.miniBatches.slice(0, most) },
  );
}

function describeAll(
  db: ReadableDb,
  filter: Filter,
  lineText: LineText,
  packs: readonly RulePack[],
): readonly Signature[] {
  const { groups, ids, writers } = groupErrors(db, filter);
  const refs = new RefReader(db, lineText);
  const names = batchIds(db);
  const run = storedRun(db);
  const causeLines = new Set((run?.firstCause?.evidence ?? []).map((ref) => `${ref.fileId}:${ref.line}`));
  const place = selectRows(db, 'SELECT file_id AS fileId, line FROM error_event WHERE rowid = ?', {
    fileId: 'number',
    line: 'number',
  });
  const main = mainError(db, run?.firstCause?.evidence ?? []);
  const list = groups.map((group, index) => {
    const signature = describe(group, ids[index] ?? '', { refs, names, writers });
    let isCause = false;
    let isMain = false;
    if (causeLines.size > 0) {
      // The cause is an early error, so its lines are among the first of its group.
      const rows = group.rows.view();
      for (let i = 0; i < rows.length && i < 2_000 && !isMain; i++) {
        const ref = only(place, at(rows, i));
        isCause ||= causeLines.has(`${ref.fileId}:${ref.line}`);
        isMain = main !== null && ref.fileId === main.fileId && ref.line === main.line;
      }
    }
    return { signature, isCause: isCause || isMain, isMain };
  });
  for (const { signature, isCause, isMain } of list) setRole(signature, { isCause, isMain }, packs);
  const mains = new Set(list.filter((entry) => entry.isMain).map((entry) => entry.signature));
  const rank = { primary: 0, other: 1, follow_on: 2, noise: 3 };
  const first = (signature: Signature) =>
    signature.role === 'primary' ? (signature.groupedBy === 'traceback' ? 0 : 1) : 0;
  return list
    .map((entry) => entry.signature)
    .sort(
      (a, b) =>
        Number(mains.has(b)) - Number(mains.has(a)) ||
        rank[a.role] - rank[b.role] ||
        first(a) - first(b) ||
        b.count - a.count ||
        (a.firstUs ?? 0) - (b.firstUs ?? 0) ||
        (a.id < b.id ? -1 : 1),
    );
}

/**
 * Returns the error from which the first cause was read: the first of its lines. Null if that is
 * not an error, such as a dead process or a silent node.
 */
function mainError(db: ReadableDb, [ref]: readonly Ref[]): Ref | null {
  const error = ref === undefined ? undefined : errorAt(db, ref);
  return error === undefined ? null : { fileId: error.fileId, line: error.line };
}

/** Sets the role. `isMain`: this is the first cause, which leads whatever its text. */
function setRole(
  signature: Signature,
  { isCause, isMain }: { isCause: boolean; isMain: boolean },
  packs: readonly RulePack[],
): void {
  const text = textOf(signature);
  const noise = noiseRule(text, packs);
  if (noise !== null) {
    signature.role = 'noise';
    signature.roleReason = `${noise.title} (${noise.reference})`;
  } else if (isMain) signature.role = 'primary';
  else if (FOLLOW_ON.test(text) && signature.frames.length === 0) {
    signature.role = 'follow_on';
    signature.roleReason = 'The service writes this about an error that came before it.';
  } else if (isCause) signature.role = 'primary';
}

interface Readers {
  refs: RefReader;
  names: BatchIds;
  writers: readonly Writer[];
}

function byCount<T extends { count: number }>(rows: T[]): T[] {
  return rows.sort((a, b) => b.count - a.count);
}

function describe(group: Group, id: string, { refs, names, writers }: Readers): Signature {
  const times = group.times
    .view()
    .filter((time) => !Number.isNaN(time))
    .sort();
  return {
    id,
    groupedBy: group.drain === null ? 'traceback' : 'template',
    chain: group.chain,
    frames: group.frames,
    template: templateOf(group),
    role: 'other',
    roleReason: null,
    level: group.level >= 5 ? 'critical' : 'error',
    count: group.rows.length,
    occurrences: occurrencesOf(group),
    firstUs: times[0] ?? null,
    lastUs: times.at(-1) ?? null,
    ...writersOf(group, writers),
    miniBatches: byCount([...group.batches].map(([batch, number]) => ({ batch, count: number })))
      .slice(0, MAX_BATCHES)
      .map(({ batch, count }) => ({
        miniBatchId: typeof batch === 'string' ? batch : (names.idOf(batch) ?? String(batch)),
        count,
      })),
    miniBatchCount: group.batches.size,
    variables: [...group.variables].map(([slot, values]) => ({
      name: slot.replace(/^\d+:/, ''),
      distinct: values.size,
      values: byCount([...values].map(([value, number]) => ({ value, count: number }))).slice(0, MAX_VALUES),
    })),
    example: refs.read(group.example) ?? { file: '', line: group.example.line, text: '' },
    exampleLines: group.example.lines,
  };
}

/** Counts the errors of the group per node and per process, most first. */
function writersOf(group: Group, writers: readonly Writer[]): Pick<Signature, 'nodes' | 'pids' | 'pidCount'> {
  if (group.rows.length === 1) {
    const { node, pid } = writers[at(group.who.data, 0)] as Writer;
    return { nodes: [{ node, count: 1 }], pids: [{ node, pid, count: 1 }], pidCount: pid === null ? 0 : 1 };
  }
  const counts = new Map<number, number>();
  for (const code of group.who.view()) counts.set(code, (counts.get(code) ?? 0) + 1);
  const nodes = new Map<string | null, number>();
  const pids: Signature['pids'] = [];
  for (const [code, count] of [...counts].sort(([a], [b]) => a - b)) {
    const { node, pid } = writers[code] as Writer;
    nodes.set(node, (nodes.get(node) ?? 0) + count);
    pids.push({ node, pid, count });
  }
  return {
    nodes: byCount([...nodes].map(([node, count]) => ({ node, count }))),
    pids: byCount(pids),
    pidCount: pids.filter(({ pid }) => pid !== null).length,
  };
}

/**
 * Counts errors without copies: one per burst of a process within {@link COPY_US}, plus every error
 * without a time.
 */
function occurrencesOf(group: Group): number {
  if (group.rows.length === 1) return 1;
  const perProcess = new Map<number, number[]>();
  let untimed = 0;
  for (let i = 0; i < group.rows.length; i++) {
    const time = at(group.times.data, i);
    if (Number.isNaN(time)) untimed++;
    else {
      const code = at(group.who.data, i);
      const list = perProcess.get(code) ?? [];
      list.push(time);
      perProcess.set(code, list);
    }
  }
  let occurrences = untimed;
  for (const list of perProcess.values()) {
    list.sort((a, b) => a - b);
    let before = Number.NEGATIVE_INFINITY;
    for (const time of list) {
      if (time - before > COPY_US) occurrences++;
      before = time;
    }
  }
  return occurrences;
}

/** Returns the lines of one signature in time order. */
export function signatureLines(
  db: ReadableDb,
  params: Pick<AnalysisParams<'analysis.signatureLines'>, 'filter' | 'id' | 'start' | 'count'>,
  lineText: LineText,
): SignatureLines {
  const { groups, ids } = groupErrors(db, params.filter);
  const group = groups[ids.indexOf(params.id)];
  if (group === undefined) return { total: 0, rows: [] };
  const timeOf = (row: number) => at(group.times.data, row) || Number.MAX_SAFE_INTEGER;
  const order = [...group.rows.view().keys()].sort((a, b) => timeOf(a) - timeOf(b) || a - b);
  const select = selectRows(
    db,
    `SELECT file_id AS fileId, line, lines, at_us AS timeUs, node, pid, mini_batch_id AS named
     FROM error_event WHERE rowid = ?`,
    {
      fileId: 'number',
      lines: 'number',
      timeUs: 'number?',
      node: 'text?',
      pid: 'number?',
      line: 'number',
      named: 'text?',
    },
  );
  const refs = new RefReader(db, lineText);
  const place = errorPlacer(db);
  const names = batchIds(db);
  const clock = new ClockAlign(db, params.filter.clock);
  const rows: SignatureLines['rows'] = [];
  for (const index of order.slice(params.start, params.start + params.count)) {
    const { named, line, ...row } = only(select, at(group.rows.data, index));
    const ref = refs.read({ fileId: row.fileId, line });
    if (ref === null) continue;
    const { batch } = place(row.timeUs, row.node, row.pid, named);
    const timeUs = clock.alignKnown(row.node, row.timeUs);
    rows.push({ ref, ...row, timeUs, miniBatchId: typeof batch === 'number' ? names.idOf(batch) : batch });
  }
  return { total: group.rows.length, rows };
}

/** Counts errors of some groups over time. Default range: from their first error to the last. */
export function signatureMoments(
  db: ReadableDb,
  params: Pick<AnalysisParams<'analysis.signatureMoments'>, 'filter' | 'ids' | 'fromUs' | 'toUs' | 'buckets'>,
): Moments {
  const { groups, ids } = groupErrors(db, params.filter);
  const place = new Map(ids.map((id, index) => [id, index]));
  const times = params.ids.map((id) => groups[place.get(id) ?? -1]?.times.view() ?? new Float64Array());
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const own of times) {
    for (const time of own) {
      if (time < first) first = time;
      if (time > last) last = time;
    }
  }
  const fromUs = params.fromUs ?? (Number.isFinite(first) ? first : 0);
  // Put the last error into the last bucket.
  const toUs = Math.max(params.toUs ?? (Number.isFinite(last) ? last + 1 : 0), fromUs + 1);
  const bucketUs = (toUs - fromUs) / params.buckets;
  const untimed = times.map((own) => own.reduce((count, time) => count + Number(Number.isNaN(time)), 0));
  const counts = times.map((own) => {
    const buckets = new Array<number>(params.buckets).fill(0);
    for (const time of own) {
      const bucket = Math.floor((time - fromUs) / bucketUs);
      if (bucket >= 0 && bucket < params.buckets) buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    return buckets;
  });
  return { fromUs, toUs, bucketUs, counts, untimed };
}
