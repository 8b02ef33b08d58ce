/**
 * Groups errors of all sources. The key is the exception chain and the user's own frames as
 * `file:function`, without line numbers, so that an edit elsewhere in the file keeps the id.
 * Without a user frame, the key is the chain and the message's template. For what the service says
 * at the end, the key is the template alone, because several logs repeat it, as an exception or as
 * a line.
 */
import { createHash } from 'node:crypto';
import { isNarrowed, passesFacet } from '../../contract/facets.ts';
import type { Filter } from '../../contract/filter.ts';
import { Drain, type DrainGroup } from '../base/drain.ts';
import { type Masked, maskMessage } from '../base/mask.ts';
import { float64, int32 } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { type JsonText, only, parseJson, selectCells, selectTuples, word } from '../store/select.ts';
import { batchIds } from './batch-ids.ts';
import { ClockAlign } from './clocks.ts';
import { memoized } from './columns.ts';
import { type ErrorPlacer, errorPlacer, type Placed } from './error-place.ts';
import type { Ref } from './refs.ts';
import { filterKey } from './selection.ts';

/** Limit on the distinct values counted for a variable part. */
const MAX_DISTINCT = 5_000;
/** Initial capacity of a new group: most groups of a varied log have one error. */
const FEW_ERRORS = 4;
/** Limit on cached masks. The cache helps because several logs hold copies of one error. */
const MAX_MASKS = 50_000;

/** What the service writes about an error that the entry script raised earlier. */
export const FOLLOW_ON =
  /\b(?:EntryScript\w*(?:Exception|Timeout)|DriverException|ErrorThresholdException|SomeTaskProcessedException|NoTask\w+Exception|SystemExit)\b|Failed to process(?: task)? \{|exceeds error threshold|Exceeded error threshold|had (?:raised exception|timeout) for \d+ times|Process abort with unfinished|did not finish in \d+ seconds|failed\. \d+ succeeded\. ?This process is exiting|No progress update in/;

/** Words that the service puts before the error that ended the run. */
const LEAD_IN =
  /^(?:(?:User)?Exception occurred executing job: |User program failed with |The master role failed with (?:error: )?|Job failed with |[\w.]{1,200}(?:Exception|Error): )+/;

interface ErrorRow extends Ref {
  lines: number;
  atUs: number | null;
  node: string | null;
  pid: number | null;
}

export interface Group {
  chain: string[];
  frames: string[];
  drain: DrainGroup | null;
  masked: Masked;
  /** The part of the id without the template. */
  key: string;
  level: number;
  rows: ReturnType<typeof int32>;
  /** On the clock that the filter selects. */
  times: ReturnType<typeof float64>;
  /** Index in {@link SignatureSet.writers}. */
  who: ReturnType<typeof int32>;
  /** Number of errors by ordinal of the mini-batch, or by its id if no attempt of it is known. */
  batches: Map<number | string, number>;
  variables: Map<string, Map<string, number>>;
  example: ErrorRow;
}

export interface Writer {
  node: string | null;
  pid: number | null;
}

export interface SignatureSet {
  groups: Group[];
  ids: string[];
  writers: Writer[];
}

/** Groups all errors, once per derivation and filter. */
export function groupErrors(db: ReadableDb, filter: Filter): SignatureSet {
  return memoized(db, `signatures ${filterKey(filter)}`, () => {
    const { groups, writers } = new Grouping(db, filter).read();
    return { groups, writers, ids: groups.map(idOf) };
  });
}

/** An error as read from the table. It is a tuple because each of many is needed only briefly. */
type Row = [
  rowid: number,
  fileId: number,
  line: number,
  lines: number,
  /** As written; replaced by the time on the selected clock once the error is placed. */
  atUs: number | null,
  node: string | null,
  pid: number | null,
  level: number,
  chain: JsonText<string[]>,
  message: string,
  userFrames: JsonText<string[]>,
  miniBatchId: string | null,
];
const SELECT = `SELECT rowid, file_id, line, lines, at_us, node, pid, level, chain, message, user_frames, mini_batch_id
  FROM error_event WHERE rowid = ?`;
/**
 * Orders errors by place before grouping. Groups learn from what they have seen, and the order of
 * rows in the table depends on which thread finished first.
 */
const ORDER = `SELECT e.rowid FROM error_event e JOIN file f ON f.id = e.file_id ORDER BY f.path, e.line, e.rowid`;

/** A chain and its frames, parsed from JSON once. */
interface Shape {
  chain: string[];
  frames: string[];
  /** Group of this shape if it has frames; without frames there is one group per template. */
  group: Group | null;
}

class Grouping {
  readonly #db: ReadableDb;
  readonly #keeps: (row: Row, error: Placed) => boolean;
  readonly #place: ErrorPlacer;
  readonly #clock: ClockAlign;
  readonly #drain = new Drain();
  readonly #shapes = new Map<string, Shape>();
  readonly #byKey = new Map<string, Group>();
  readonly #byDrain = new Map<string, Map<DrainGroup, Group>>();
  readonly #masks = new Map<string, Masked>();
  readonly #codes = new Map<string, number>();
  readonly #writers: Writer[] = [];

  constructor(db: ReadableDb, filter: Filter) {
    this.#db = db;
    this.#clock = new ClockAlign(db, filter.clock);
    this.#keeps = keeper(db, filter);
    this.#place = errorPlacer(db);
  }

  read(): { groups: Group[]; writers: Writer[] } {
    const select = selectTuples(this.#db, SELECT, [
      'number',
      'number',
      'number',
      'number',
      'number?',
      'text?',
      'number?',
      'number',
      word<JsonText<string[]>>(),
      'text',
      word<JsonText<string[]>>(),
      'text?',
    ]);
    const order = Float64Array.from(selectCells(this.#db, ORDER, 'number').all());
    for (const rowid of order) {
      const row = only(select, rowid);
      const placed = this.#place(row[4], row[5], row[6], row[11]);
      row[4] = this.#clock.alignKnown(row[5], row[4]);
      if (!this.#keeps(row, placed)) continue;
      const masked = this.#mask(row[9]);
      this.#count(this.#groupOf(row, masked), row, placed, masked);
    }
    const templates = [...this.#byDrain.values()].flatMap((leaf) => [...leaf.values()]);
    return { groups: [...this.#byKey.values(), ...templates], writers: this.#writers };
  }

  #mask(message: string): Masked {
    const known = this.#masks.get(message);
    if (known !== undefined) return known;
    if (this.#masks.size >= MAX_MASKS) this.#masks.clear();
    const masked = maskMessage(message);
    this.#masks.set(message, masked);
    return masked;
  }

  #shapeOf(row: Row): Shape {
    const text = `${row[8]}\n${row[10]}`;
    const known = this.#shapes.get(text);
    if (known !== undefined) return known;
    const chain = parseJson(row[8]);
    const frames = chain.length === 0 ? [] : parseJson(row[10]).map(shortFrame);
    const shape: Shape = { chain, frames, group: null };
    this.#shapes.set(text, shape);
    return shape;
  }

  #groupOf(row: Row, masked: Masked): Group {
    const shape = this.#shapeOf(row);
    const { chain, frames } = shape;
    if (frames.length > 0) {
      if (shape.group !== null) return shape.group;
      const key = `traceback\n${chain.join('\n')}\n\n${frames.join('\n')}`;
      const group = this.#byKey.get(key) ?? newGroup(row, masked, { chain, frames, drain: null, key });
      this.#byKey.set(key, group);
      shape.group = group;
      return group;
    }
    const isService = FOLLOW_ON.test(row[9]);
    const class_ = isService ? '' : chain.join('\n');
    const text = isService ? masked.template.replace(LEAD_IN, '') : masked.template;
    const leaf = this.#byDrain.get(class_) ?? new Map<DrainGroup, Group>();
    this.#byDrain.set(class_, leaf);
    const template = this.#drain.add(`${class_.replaceAll(/\s/g, '/')}| ${text}`);
    const group =
      leaf.get(template) ?? newGroup(row, masked, { chain, frames, drain: template, key: `template\n${class_}\n\n` });
    leaf.set(template, group);
    // Of several copies of a service message, the one that names its exception is the most
    // informative.
    if (chain.length > group.chain.length) group.chain = chain;
    return group;
  }

  #count(group: Group, row: Row, { batch }: Placed, masked: Masked): void {
    const [rowid, , , , atUs, node, pid, level] = row;
    const name = `${node} ${pid}`;
    let code = this.#codes.get(name);
    if (code === undefined) {
      code = this.#writers.push({ node, pid }) - 1;
      this.#codes.set(name, code);
    }
    group.rows.push(rowid);
    group.times.push(atUs ?? Number.NaN);
    group.who.push(code);
    group.level = Math.max(group.level, level);
    if (batch !== null) group.batches.set(batch, (group.batches.get(batch) ?? 0) + 1);
    for (let index = 0; index < masked.values.length; index++) {
      const { name: part, value } = masked.values[index] as Masked['values'][number];
      const slot = `${index}:${part}`;
      const values = group.variables.get(slot) ?? new Map<string, number>();
      group.variables.set(slot, values);
      const before = values.get(value);
      if (before !== undefined || values.size < MAX_DISTINCT) values.set(value, (before ?? 0) + 1);
    }
    const example = group.example;
    if (atUs !== null && (example.atUs === null || atUs < example.atUs)) group.example = errorRow(row);
  }
}

function errorRow([, fileId, line, lines, atUs, node, pid]: Row): ErrorRow {
  return { fileId, line, lines, atUs, node, pid };
}

function newGroup(example: Row, masked: Masked, more: Pick<Group, 'chain' | 'frames' | 'drain' | 'key'>): Group {
  return {
    ...more,
    masked,
    level: example[7],
    rows: int32(FEW_ERRORS),
    times: float64(FEW_ERRORS),
    who: int32(FEW_ERRORS),
    batches: new Map(),
    variables: new Map(),
    example: errorRow(example),
  };
}

/**
 * Returns a test for the rows that a filter keeps. Facets of whole files use the row's file; an
 * error has its own node and pid.
 */
function keeper(db: ReadableDb, filter: Filter): (row: Row, placed: Placed) => boolean {
  const ids = batchIds(db);
  const isProcessWanted = processTest(db, filter);
  const batchOf = (id: string) => ids.ordinalOf(id) ?? id;
  const batches = { include: filter.miniBatch.include.map(batchOf), exclude: filter.miniBatch.exclude.map(batchOf) };
  return ([, fileId, , , atUs, node, pid], { batch, outcome }) =>
    isProcessWanted(fileId) &&
    passesFacet(filter.node, node) &&
    passesFacet(filter.pid, pid) &&
    passesFacet(batches, batch) &&
    passesFacet<string>(filter.outcome, outcome) &&
    (filter.fromUs === null || (atUs !== null && atUs >= filter.fromUs)) &&
    (filter.toUs === null || (atUs !== null && atUs < filter.toUs));
}

function processTest(db: ReadableDb, filter: Filter): (fileId: number) => boolean {
  if (!isNarrowed(filter.process)) return () => true;
  const rows = selectTuples(db, 'SELECT id, process FROM file', ['number', 'text?']).all();
  const names = new Map(rows);
  return (fileId) => passesFacet(filter.process, names.get(fileId) ?? null);
}

/** `/long/path/batch_score.py:run:61` → `batch_score.py:run`. */
function shortFrame(frame: string): string {
  const match = /^(.*):([^:]*):\d+$/.exec(frame);
  if (match === null) return frame;
  return `${(match[1] ?? '').replace(/^.*[\\/]/, '')}:${match[2]}`;
}

export function templateOf(group: Group): string {
  return group.drain === null ? group.masked.template : group.drain.words.slice(1).join(' ');
}

function idOf(group: Group): string {
  const key = group.drain === null ? group.key : `${group.key}${templateOf(group)}`;
  return `v1:${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}
