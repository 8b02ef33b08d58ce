/**
 * Commands of cases, files, lines and searches: schemas of their parameters, types of their
 * results.
 */
import * as z from 'zod';
import type { AttemptRow, MiniBatchRow, ProcessRow } from './batch-records.ts';
import type { CaseSummary, IndexProgress, SourceInspection, WatchState } from './case-records.ts';
import type { ExportProgress } from './export-records.ts';
import type { FileRow, Problem } from './file-records.ts';
import { clockSchema, filterSchema } from './filter.ts';
import type { Level, LineRef, LineRow } from './line-records.ts';
import { batchSorts } from './row-columns.ts';
import type { ProgressPoint, RunInfo } from './run-info.ts';
import type { SeriesInfo, SeriesPoints, SeriesSummary } from './series-records.ts';
import type { SqlState } from './sql-records.ts';

/**
 * A command: its parameters as a schema (checked at the boundary) and its result as a type
 * (trusted, because the engine makes it).
 */
export interface Command<Params extends z.ZodType = z.ZodType, Result = unknown> {
  params: Params;
  /** Phantom: never set, only carries the type. */
  result?: Result;
}

export function command<Result>() {
  return <Params extends z.ZodType>(params: Params): Command<Params, Result> => ({ params });
}

const caseId = z.string().min(1);
const start = z.number().int().min(0);
const count = z.number().int().min(0).max(10_000);
const time = z.number().nullable().default(null);
/** Return lines as written, with terminal codes and every state of a progress bar. */
const raw = z.boolean().default(false);

export interface SearchState {
  searchId: string;
  /** Matching lines so far; exact when `complete`. */
  matches: number;
  files: number;
  complete: boolean;
  /** Share 0…1 of the candidate blocks that were verified. */
  progress: number;
  /** Share 0…1 of the case that the index covers. The rest is scanned. */
  indexed: number;
  milliseconds: number;
  /** Set when the search was stopped, e.g. by a runaway regular expression. */
  error: string | null;
  /** A wider query to offer when few or no lines match, e.g. `*timeou*`. */
  suggestion: string | null;
}

export interface Facets {
  file: { fileId: number; count: number }[];
  node: { node: string; count: number }[];
  pid: { node: string; pid: number; count: number }[];
  level: { level: Level | null; count: number }[];
  kind: { kind: string; count: number }[];
  complete: boolean;
}

/**
 * Counts over time: `counts[level][bucket]`, with levels in the order none, debug, info, warning,
 * error, critical.
 */
export interface Histogram {
  fromUs: number;
  toUs: number;
  bucketUs: number;
  counts: number[][];
  complete: boolean;
}

/** A function as Python's cProfile counted it. */
export interface ProfileRow {
  /** `~` for built-in functions. */
  file: string;
  line: number;
  name: string;
  calls: number;
  /** Calls without recursive ones. */
  primitiveCalls: number;
  /** Time within the function, without its callees. */
  totalSeconds: number;
  cumulativeSeconds: number;
}

export interface ProfileTable {
  /** By cumulative time, longest first; at most 5,000. */
  rows: ProfileRow[];
  /** Number of functions read. */
  functions: number;
  /** Sum over all functions. */
  totalSeconds: number;
  /** The reason why the table is incomplete. Null if it is complete. */
  problem: string | null;
}

/** Steps and costs of the planner, for `--explain` and the developer panel. */
export interface Explanation {
  plan: string;
  blocksTotal: number;
  blocksSelected: number;
  blocksVerified: number;
  bytesVerified: number;
  /** Bytes of files without an index, which are searched from end to end. */
  bytesScanned: number;
  milliseconds: Record<string, number>;
}

/** Everything a shell can ask of the engine. */
export const coreCommands = {
  /**
   * Inspects a path without indexing it: its kind and the run roots in it. Errors: `not_found`,
   * `unreadable`, `not_a_zip`, `encrypted_zip`, `no_files`.
   */
  'source.inspect': command<SourceInspection>()(z.object({ path: z.string().min(1) })),
  /**
   * Opens a case (new or existing) and starts or resumes its indexing; returns immediately. Error
   * `several_roots` when `root` is needed.
   */
  'case.open': command<CaseSummary>()(
    z.object({
      path: z.string().min(1),
      root: z.string().nullable().default(null),
      rebuild: z.boolean().default(false),
    }),
  ),
  'case.close': command<null>()(z.object({ caseId })),
  /** Stops indexing. What is done is kept, and `case.resume` continues from there. */
  'case.cancel': command<null>()(z.object({ caseId })),
  'case.resume': command<null>()(z.object({ caseId })),
  'case.progress': command<IndexProgress>()(z.object({ caseId })),
  /**
   * Indexes, in place, what changed in the folder since the case was opened or last read.
   * `isChanged` is false if nothing changed or indexing is under way. Errors: as `case.open`.
   */
  'case.refresh': command<{ isChanged: boolean }>()(z.object({ caseId })),
  /**
   * Checks the case's folder from time to time and reports growth with `case.grown`. All windows
   * that show a case share its mode.
   */
  'case.watch': command<WatchState>()(z.object({ caseId, mode: z.enum(['off', 'notify', 'follow']) })),
  'case.watching': command<WatchState>()(z.object({ caseId })),
  /** Cases in the application's data folder, newest first. */
  'case.recent': command<{ source: string; root: string; openedUs: number; bytes: number; exists: boolean }[]>()(
    z.object({}),
  ),
  /**
   * Saves a case as one portable file that opens without its source. Errors: `not_complete`,
   * `exists`, `unwritable`, `file_changed`.
   */
  'case.export': command<null>()(z.object({ caseId, path: z.string().min(1), force: z.boolean().default(false) })),
  'run.info': command<RunInfo>()(z.object({ caseId })),
  'run.progress': command<ProgressPoint[]>()(z.object({ caseId })),
  'files.list': command<FileRow[]>()(z.object({ caseId })),
  /** A file of kind `profile` as a table. Any other file yields no rows and a problem. */
  'files.profile': command<ProfileTable>()(z.object({ caseId, fileId: z.number().int() })),
  'problems.list': command<Problem[]>()(z.object({ caseId })),
  'processes.list': command<ProcessRow[]>()(z.object({ caseId })),
  /**
   * Lines `start` … `start + count` (0-based) of a file. A file not yet indexed is indexed first,
   * ahead of the others.
   */
  'lines.page': command<{ total: number; rows: LineRow[] }>()(
    z.object({
      caseId,
      fileId: z.number().int(),
      start,
      count,
      maxChars: z.number().int().min(1).default(4_000),
      raw,
      clock: clockSchema,
    }),
  ),
  /** Characters [from, from + length) of one line, for lines too long to draw whole. */
  'lines.text': command<{ text: string; length: number }>()(
    z.object({
      caseId,
      fileId: z.number().int(),
      line: z.number().int().min(1),
      from: start.default(0),
      length: z.number().int().min(1).max(10_000_000).default(1_000_000),
      /**
       * The text that the line shows; all states of a progress bar, one per line; or the line as
       * written, with terminal codes.
       */
      part: z.enum(['shown', 'states', 'raw']).default('shown'),
    }),
  ),
  /** The last line (1-based) of the file at or before a time; 1 if all lines are later. */
  'lines.atTime': command<{ line: number }>()(
    z.object({ caseId, fileId: z.number().int(), timeUs: z.number(), clock: clockSchema }),
  ),
  /**
   * The next or previous matching line of one file, from `line` exclusive. Null if there is none.
   */
  'lines.find': command<{ line: number } | null>()(
    z.object({
      caseId,
      fileId: z.number().int(),
      filter: filterSchema,
      line: z.number().int().min(0),
      direction: z.enum(['next', 'previous']),
    }),
  ),
  /**
   * Resolves a line by the path of its file, as references give it. Null if the file is not in the
   * case.
   */
  'lines.resolve': command<{ fileId: number; line: number } | null>()(
    z.object({ caseId, file: z.string(), line: z.number().int() }),
  ),
  /**
   * Starts a search. Results are counted in the background and reported by `search.progressed`.
   * Error `bad_query`.
   */
  'search.start': command<SearchState>()(
    z.object({
      caseId,
      filter: filterSchema,
      order: z.enum(['time', 'file']).default('time'),
      fileIds: z.array(z.number().int()).nullable().default(null),
      /**
       * Name for the search, so that the caller can request its rows immediately. If null, the
       * engine names it.
       */
      searchId: z.uuid().nullable().default(null),
    }),
  ),
  'search.state': command<SearchState>()(z.object({ searchId: z.string() })),
  /**
   * Rows by their ordinal in the chosen order. Ordinals are stable once the search is complete;
   * before that, only those already reported are.
   */
  'search.rows': command<{ rows: LineRow[]; state: SearchState }>()(
    z.object({
      searchId: z.string(),
      start,
      count,
      maxChars: z.number().int().min(1).default(4_000),
      raw,
      /**
       * Answer as soon as this many of the rows are known, with the rows known by then. Null waits
       * for all of them.
       */
      atLeast: z.number().int().min(1).nullable().default(null),
    }),
  ),
  /** Ordinal of the first row at or after a line or a time. */
  'search.locate': command<{ index: number }>()(
    z.object({
      searchId: z.string(),
      fileId: z.number().int().nullable().default(null),
      line: z.number().int().nullable().default(null),
      timeUs: time,
    }),
  ),
  'search.facets': command<Facets>()(z.object({ searchId: z.string() })),
  'search.histogram': command<Histogram>()(
    z.object({
      searchId: z.string(),
      fromUs: z.number(),
      toUs: z.number(),
      buckets: z.number().int().min(1).max(4_000),
    }),
  ),
  'search.explain': command<Explanation>()(z.object({ searchId: z.string() })),
  'search.stop': command<null>()(z.object({ searchId: z.string() })),
  /**
   * All lines over time by level, for the time strip. The filter's fields apply, its text does not.
   * A null range means the whole run.
   */
  'timeline.activity': command<Histogram>()(
    z.object({ caseId, filter: filterSchema, fromUs: time, toUs: time, buckets: z.number().int().min(1).max(4_000) }),
  ),
  'batches.page': command<{ total: number; rows: MiniBatchRow[] }>()(
    z.object({
      caseId,
      filter: filterSchema,
      sort: z.enum(batchSorts).default('startUs'),
      descending: z.boolean().default(false),
      start,
      count,
    }),
  ),
  /**
   * A mini-batch with its attempts in time order and the lines of other logs that mention it. Null
   * if the run has no such id.
   */
  'batches.get': command<{ batch: MiniBatchRow; attempts: AttemptRow[]; mentions: LineRef[] } | null>()(
    z.object({ caseId, miniBatchId: z.string(), clock: clockSchema }),
  ),
  'attempts.page': command<{ total: number; rows: AttemptRow[] }>()(
    z.object({ caseId, filter: filterSchema, start, count }),
  ),
  'resources.list': command<SeriesInfo[]>()(z.object({ caseId, clock: clockSchema })),
  'resources.points': command<SeriesPoints[]>()(
    z.object({
      caseId,
      seriesIds: z.array(z.number().int()).max(50_000),
      fromUs: time,
      toUs: time,
      /** Per series. A number beyond the pixels of a screen is for tables. */
      maxPoints: z.number().int().min(2).max(10_000_000),
      clock: clockSchema,
    }),
  ),
  /** Summary of every sample of some series in a range. Null if there is none. */
  'resources.summary': command<SeriesSummary | null>()(
    z.object({
      caseId,
      seriesIds: z.array(z.number().int()).max(50_000),
      fromUs: time,
      toUs: time,
      clock: clockSchema,
    }),
  ),
} satisfies Record<string, Command>;

export interface EngineEvents {
  'case.progressed': IndexProgress;
  /** Records of the case changed because more was read. Views of them should ask again. */
  'case.changed': { caseId: string };
  /** The case's folder differs from what the case has read, or its watch mode changed. */
  'case.grown': WatchState;
  'search.progressed': SearchState;
  'sql.progressed': SqlState;
  /** The notebook of a case changed, perhaps in another window. */
  'notebook.changed': { caseId: string };
  'export.progressed': ExportProgress;
}
