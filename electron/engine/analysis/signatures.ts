/**
 * Error signatures over all errors of all sources. Key: the exception chain and the user's own frames (`file:function`, without line numbers,
 * so that an edit elsewhere in the file keeps the id); where there is no frame of the user's, the chain and the message's template.
 */
import { createHash } from 'node:crypto';
import type { AnalysisParams, RulePack, Signature, SignatureLines } from '../../contract/analysis.ts';
import type { Filter } from '../../contract/filter.ts';
import type { ReadableDb } from '../store/open.ts';
import { columnsOf, memoized } from './columns.ts';
import { Drain, type DrainGroup } from './drain.ts';
import { type Masked, maskMessage } from './mask.ts';
import { lastStarted, processAttempts } from './process-attempts.ts';
import { type LineText, type Ref, RefReader } from './refs.ts';
import { noiseRule, textOf } from './rules.ts';
import { storedRun } from './run-info.ts';
import { at, float64, int32 } from './typed.ts';

/** Copies of one error in several logs are written within this. */
const COPY_US = 100_000;
const MAX_BATCHES = 100;
const MAX_VALUES = 10;
/** Different values of a variable part are counted up to this many. */
const MAX_DISTINCT = 5_000;
const CHUNK = 10_000;

/** What the service itself writes about an error that the entry script raised before. */
const FOLLOW_ON =
  /\b(?:EntryScript\w*(?:Exception|Timeout)|DriverException|ErrorThresholdException|SomeTaskProcessedException|NoTask\w+Exception|SystemExit)\b|Failed to process(?: task)? \{|exceeds error threshold|Exceeded error threshold|had (?:raised exception|timeout) for \d+ times|Process abort with unfinished|did not finish in \d+ seconds|failed\. \d+ succeeded\. ?This process is exiting|No progress update in/;

interface ErrorRow extends Ref {
  rowid: number;
  lines: number;
  at_us: number | null;
  node: string | null;
  pid: number | null;
  level: number;
  chain: string;
  message: string;
  user_frames: string;
  mini_batch_id: string | null;
}

interface Group {
  chain: string[];
  frames: string[];
  drain: DrainGroup | null;
  masked: Masked;
  key: string;
  level: number;
  rows: ReturnType<typeof int32>;
  times: ReturnType<typeof float64>;
  who: ReturnType<typeof int32>;
  nodes: Map<string | null, number>;
  pids: Map<string, { node: string | null; pid: number | null; count: number }>;
  batches: Map<string, number>;
  variables: Map<string, Map<string, number>>;
  example: ErrorRow;
}

export interface SignatureSet {
  groups: Group[];
  ids: string[];
}

/** Groups of all errors, computed once for each derivation and filter. */
function groupErrors(db: ReadableDb, filter: Filter): SignatureSet {
  const key = JSON.stringify([filter.node, filter.pid, filter.miniBatch, filter.fromUs, filter.toUs]);
  return memoized(db, `signatures ${key}`, () => {
    const groups = collect(db, filter);
    return { groups, ids: groups.map(idOf) };
  });
}

function collect(db: ReadableDb, filter: Filter): Group[] {
  const drain = new Drain();
  const byKey = new Map<string, Group>();
  const byDrain = new Map<string, Map<DrainGroup, Group>>();
  const batchOf = batchFinder(db);
  const processCodes = new Map<string, number>();
  const select = db.prepare(
    `SELECT rowid, file_id AS fileId, line, lines, at_us, node, pid, level, chain, message, user_frames, mini_batch_id
     FROM error_event WHERE rowid > ? AND rowid <= ? ORDER BY rowid`,
  );
  const end = (db.prepare('SELECT max(rowid) FROM error_event').pluck().get() as number | null) ?? 0;
  const keeps = keeper(filter);
  for (let from = 0; from < end; from += CHUNK) {
    for (const row of select.all(from, from + CHUNK) as ErrorRow[]) {
      const batch = row.mini_batch_id ?? batchOf(row);
      if (!keeps(row, batch)) continue;
      const masked = maskMessage(row.message);
      const chain = JSON.parse(row.chain) as string[];
      const frames = chain.length === 0 ? [] : (JSON.parse(row.user_frames) as string[]).map(shortFrame);
      let group: Group | undefined;
      if (frames.length > 0) {
        const key = `traceback\n${chain.join('\n')}\n\n${frames.join('\n')}`;
        group = byKey.get(key) ?? newGroup(row, masked, { chain, frames, drain: null, key });
        byKey.set(key, group);
      } else {
        const class_ = chain.join('\n');
        const leaf = byDrain.get(class_) ?? new Map<DrainGroup, Group>();
        byDrain.set(class_, leaf);
        const template = drain.add(`${class_.replaceAll(/\s/g, '/')}| ${masked.template}`);
        group = leaf.get(template) ?? newGroup(row, masked, { chain, frames, drain: template, key: '' });
        leaf.set(template, group);
      }
      count(group, row, batch, masked, processCodes);
    }
  }
  return [...byKey.values(), ...[...byDrain.values()].flatMap((leaf) => [...leaf.values()])];
}

function newGroup(example: ErrorRow, masked: Masked, more: Pick<Group, 'chain' | 'frames' | 'drain' | 'key'>): Group {
  return {
    ...more,
    masked,
    level: example.level,
    rows: int32(),
    times: float64(),
    who: int32(),
    nodes: new Map(),
    pids: new Map(),
    batches: new Map(),
    variables: new Map(),
    example,
  };
}

function count(group: Group, row: ErrorRow, batch: string | null, masked: Masked, codes: Map<string, number>): void {
  const process = `${row.node} ${row.pid}`;
  let code = codes.get(process);
  if (code === undefined) {
    code = codes.size;
    codes.set(process, code);
  }
  group.rows.push(row.rowid);
  group.times.push(row.at_us ?? Number.NaN);
  group.who.push(code);
  group.level = Math.max(group.level, row.level);
  group.nodes.set(row.node, (group.nodes.get(row.node) ?? 0) + 1);
  const pid = group.pids.get(process) ?? { node: row.node, pid: row.pid, count: 0 };
  pid.count++;
  group.pids.set(process, pid);
  if (batch !== null) group.batches.set(batch, (group.batches.get(batch) ?? 0) + 1);
  for (const [index, { name, value }] of masked.values.entries()) {
    const slot = `${index}:${name}`;
    const values = group.variables.get(slot) ?? new Map<string, number>();
    group.variables.set(slot, values);
    if (values.has(value) || values.size < MAX_DISTINCT) values.set(value, (values.get(value) ?? 0) + 1);
  }
  const before = group.example;
  if (row.at_us !== null && (before.at_us === null || row.at_us < before.at_us)) group.example = row;
}

function keeper(filter: Filter): (row: ErrorRow, batch: string | null) => boolean {
  const test = <T>(facet: { include: T[]; exclude: T[] }, value: T | null) =>
    (facet.include.length === 0 || (value !== null && facet.include.includes(value))) &&
    (value === null || !facet.exclude.includes(value));
  return (row, batch) =>
    test(filter.node, row.node) &&
    test(filter.pid, row.pid) &&
    test(filter.miniBatch, batch) &&
    (filter.fromUs === null || (row.at_us !== null && row.at_us >= filter.fromUs)) &&
    (filter.toUs === null || (row.at_us !== null && row.at_us < filter.toUs));
}

/** The mini-batch that the error's process had in hand at its time. */
function batchFinder(db: ReadableDb): (row: ErrorRow) => string | null {
  const of = processAttempts(db);
  const { attempts } = columnsOf(db);
  const processes = new Map<string, number>();
  const rows = db.prepare('SELECT id, node, pid FROM process WHERE pid IS NOT NULL').all() as {
    id: number;
    node: string;
    pid: number;
  }[];
  for (const row of rows) processes.set(`${row.node} ${row.pid}`, row.id - 1);
  const isSingle = new Set(rows.map((row) => row.node)).size === 1;
  const only = rows[0]?.node ?? '';
  const idOf = db.prepare('SELECT id FROM mini_batch WHERE ordinal = ?').pluck();
  return (row) => {
    if (row.pid === null || row.at_us === null) return null;
    const process = processes.get(`${row.node ?? (isSingle ? only : '')} ${row.pid}`);
    if (process === undefined) return null;
    const index = lastStarted(of, process, row.at_us);
    if (index < 0) return null;
    const attempt = at(of.rows, index);
    const duration = at(attempts.duration, attempt);
    // The error is written a moment after the attempt's own end.
    const end = Number.isNaN(duration)
      ? Number.POSITIVE_INFINITY
      : at(attempts.startUs, attempt) + duration * 1e6 + COPY_US;
    if (row.at_us > end) return null;
    return (idOf.get(at(attempts.batch, attempt)) as string | undefined) ?? null;
  };
}

/** `/long/path/batch_score.py:run:61` → `batch_score.py:run`. */
function shortFrame(frame: string): string {
  const match = /^(.*):([^:]*):\d+$/.exec(frame);
  if (match === null) return frame;
  return `${(match[1] ?? '').replace(/^.*[\\/]/, '')}:${match[2]}`;
}

function templateOf(group: Group): string {
  return group.drain === null ? group.masked.template : group.drain.words.slice(1).join(' ');
}

function idOf(group: Group): string {
  const key = group.drain === null ? group.key : `template\n${group.chain.join('\n')}\n\n${templateOf(group)}`;
  return `v1:${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

/** All signatures: the first cause's first, then others by count, follow-ons and noise last. */
export function signatures(
  db: ReadableDb,
  params: Pick<AnalysisParams<'analysis.signatures'>, 'filter'>,
  lineText: LineText,
  packs: readonly RulePack[],
): Signature[] {
  const { groups, ids } = groupErrors(db, params.filter);
  const refs = new RefReader(db, lineText);
  const run = storedRun(db);
  const causeLines = new Set((run?.firstCause?.evidence ?? []).map((ref) => `${ref.fileId}:${ref.line}`));
  const place = db.prepare('SELECT file_id AS fileId, line FROM error_event WHERE rowid = ?');
  const list = groups.map((group, index) => {
    const signature = describe(group, ids[index] ?? '', refs);
    let isCause = false;
    if (causeLines.size > 0) {
      // The cause is an early error: its lines are among the first of its group.
      const rows = group.rows.view();
      for (let i = 0; i < rows.length && i < 2_000 && !isCause; i++) {
        const ref = place.get(at(rows, i)) as Ref;
        isCause = causeLines.has(`${ref.fileId}:${ref.line}`);
      }
    }
    return { signature, isCause };
  });
  for (const { signature, isCause } of list) setRole(signature, isCause, packs);
  const rank = { primary: 0, other: 1, follow_on: 2, noise: 3 };
  const first = (signature: Signature) =>
    signature.role === 'primary' ? (signature.groupedBy === 'traceback' ? 0 : 1) : 0;
  return list
    .map((entry) => entry.signature)
    .sort(
      (a, b) =>
        rank[a.role] - rank[b.role] || first(a) - first(b) || b.count - a.count || (a.firstUs ?? 0) - (b.firstUs ?? 0),
    );
}

function setRole(signature: Signature, isCause: boolean, packs: readonly RulePack[]): void {
  const text = textOf(signature);
  const noise = noiseRule(text, packs);
  if (noise !== null) {
    signature.role = 'noise';
    signature.roleReason = `${noise.title} (${noise.reference})`;
  } else if (FOLLOW_ON.test(text) && signature.frames.length === 0) {
    signature.role = 'follow_on';
    signature.roleReason = 'The service writes this about an error that came before it.';
  } else if (isCause) signature.role = 'primary';
}

function describe(group: Group, id: string, refs: RefReader): Signature {
  const byCount = <T extends { count: number }>(rows: T[]): T[] => rows.sort((a, b) => b.count - a.count);
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
    nodes: byCount([...group.nodes].map(([node, number]) => ({ node, count: number }))),
    pids: byCount([...group.pids.values()].map((pid) => ({ ...pid }))).slice(0, 1_000),
    miniBatches: byCount([...group.batches].map(([miniBatchId, number]) => ({ miniBatchId, count: number }))).slice(
      0,
      MAX_BATCHES,
    ),
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

/** Errors without copies: one for each burst of a process within {@link COPY_US}. Errors without a time count each. */
function occurrencesOf(group: Group): number {
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

/** The lines of one signature, in time order. */
export function signatureLines(
  db: ReadableDb,
  params: Pick<AnalysisParams<'analysis.signatureLines'>, 'filter' | 'id' | 'start' | 'count'>,
  lineText: LineText,
): SignatureLines {
  const { groups, ids } = groupErrors(db, params.filter);
  const group = groups[ids.indexOf(params.id)];
  if (group === undefined) return { total: 0, rows: [] };
  const order = [...group.rows.view().keys()].sort(
    (a, b) =>
      (at(group.times.data, a) || Number.MAX_SAFE_INTEGER) - (at(group.times.data, b) || Number.MAX_SAFE_INTEGER) ||
      a - b,
  );
  const select = db.prepare(
    `SELECT rowid, file_id AS fileId, line, lines, at_us, node, pid, level, chain, message, user_frames, mini_batch_id
     FROM error_event WHERE rowid = ?`,
  );
  const refs = new RefReader(db, lineText);
  const batchOf = batchFinder(db);
  const rows: SignatureLines['rows'] = [];
  for (const index of order.slice(params.start, params.start + params.count)) {
    const row = select.get(at(group.rows.data, index)) as ErrorRow;
    const ref = refs.read(row);
    if (ref === null) continue;
    rows.push({
      ref,
      fileId: row.fileId,
      lines: row.lines,
      timeUs: row.at_us,
      node: row.node,
      pid: row.pid,
      miniBatchId: row.mini_batch_id ?? batchOf(row),
    });
  }
  return { total: group.rows.length, rows };
}
