/** The run as one record, and its lists, as `derive` stored them in the case. Each is a lookup. */

import type { ProcessRow } from '../../contract/batch-records.ts';
import type { FileKind, FileRow, Problem } from '../../contract/file-records.ts';
import type { Finding, FirstCause, ProgressPoint, RunInfo } from '../../contract/run-info.ts';
import type { Testimony } from '../../contract/testimony.ts';
import { compareNatural } from '../base/natural-order.ts';
import { getMeta } from '../store/meta.ts';
import type { ReadableDb } from '../store/open.ts';
import { getRunFact } from '../store/run-facts.ts';
import { selectRows } from '../store/select.ts';
import { type LineText, type Ref, RefReader } from './refs.ts';

/** The record under `run_info.run`, with references without text. */
export interface StoredRun
  extends Omit<RunInfo, 'firstCause' | 'startHere' | 'findings' | 'testimony' | 'source' | 'name'> {
  /** The run's name in the logs; null if they give none. */
  loggedName: string | null;
  firstCause: StoredCause | null;
  startHere: Ref[];
  findings: StoredFinding[];
  testimony: StoredTestimony[];
}

export interface StoredCause extends Omit<FirstCause, 'evidence' | 'testimony'> {
  evidence: Ref[];
}

export type StoredTestimony = Testimony<Ref>;

export interface StoredFinding extends Omit<Finding, 'evidence'> {
  evidence: Ref[];
}

/** A finding before it is classified as an observation or not. */
export type DraftFinding = Omit<StoredFinding, 'isObservation'>;

/** Reads the record that `derive` stored; null before the first derivation. */
export function storedRun(db: ReadableDb): StoredRun | null {
  return getRunFact<StoredRun>(db, 'run');
}

/** Returns the run as one record. `source` and the name of the case come from the table `meta`. */
export function runInfo(db: ReadableDb, lineText: LineText): RunInfo {
  const source = getMeta(db, 'source') ?? '';
  const fallback = getMeta(db, 'name') ?? baseName(source);
  const stored = storedRun(db);
  if (stored === null) return emptyRun(source, fallback);
  const refs = new RefReader(db, lineText);
  const { loggedName, firstCause, startHere, findings, ...rest } = stored;
  const testimony = stored.testimony.flatMap((one) => {
    const ref = refs.read(one.ref);
    return ref === null ? [] : [{ ...one, ref }];
  });
  return {
    name: loggedName ?? fallback,
    source,
    ...rest,
    testimony,
    firstCause:
      firstCause === null
        ? null
        : {
            ...firstCause,
            frame: withCode(firstCause, lineText),
            testimony,
            evidence: refs.readAll(firstCause.evidence),
          },
    startHere: refs.readAll(startHere),
    findings: findings.map((finding) => ({ ...finding, evidence: refs.readAll(finding.evidence) })),
  };
}

/** The frame is searched for in this many lines before and after each line of the evidence. */
const LINES_BEFORE = 60;
const LINES_AFTER = 220;

/** Adds the source line to a frame. It follows the frame in the traceback. */
function withCode({ frame, evidence }: StoredCause, lineText: LineText): StoredCause['frame'] {
  if (frame === null) return null;
  const wanted = `File "${frame.file}", line ${frame.line}`;
  for (const ref of evidence.slice(0, 6)) {
    const first = Math.max(1, ref.line - LINES_BEFORE);
    const lines = Array.from({ length: ref.line + LINES_AFTER - first }, (_, index) =>
      lineText(ref.fileId, first + index),
    );
    const code = codeBelow(lines, wanted) ?? codeInDocument(lines, wanted);
    if (code !== null) return { ...frame, code };
  }
  return frame;
}

/**
 * Returns the line below a frame of a traceback if it is indented code, not the next frame, the
 * exception or another thread's output.
 */
function codeBelow(lines: readonly string[], wanted: string): string | null {
  for (const [index, line] of lines.entries()) {
    if (!line.includes(wanted)) continue;
    const next = (lines[index + 1] ?? '').replace(/^(?:\s*\|)+/, '');
    const code = next.trim();
    if (/^\s/.test(next) && code !== '' && !code.startsWith('File "')) return code;
  }
  return null;
}

/** Does the same for a traceback escaped within a line of JSON. */
function codeInDocument(lines: readonly string[], wanted: string): string | null {
  for (const line of lines) {
    const text = /"formatted_traceback"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
    if (text === undefined) continue;
    try {
      const code = codeBelow((JSON.parse(text) as string).split('\n'), wanted);
      if (code !== null) return code;
    } catch {
      // Cut off, or not JSON: treat it as plain text.
    }
  }
  return null;
}

function baseName(path: string): string {
  return path
    .replace(/[\\/]+$/, '')
    .replace(/^.*[\\/]/, '')
    .replace(/\.zip$/i, '');
}

function emptyRun(source: string, name: string): RunInfo {
  return {
    name,
    source,
    generation: null,
    status: 'unknown',
    message: null,
    testimony: [],
    startUs: null,
    endUs: null,
    durationSeconds: null,
    nodes: [],
    processes: 0,
    miniBatches: { total: null, processed: 0, succeeded: 0, failed: 0, unfinished: 0, retried: 0 },
    items: { total: null, succeeded: null, failed: null, errorThreshold: null },
    settings: {},
    firstCause: null,
    clocks: [],
    startHere: [],
    findings: [],
    files: 0,
    lines: 0,
    bytes: 0,
    problems: 0,
  };
}

/** Returns the run's progress from its own logs, in time order. */
export function progressPoints(db: ReadableDb): ProgressPoint[] {
  const rows = selectRows(
    db,
    `SELECT at_us AS timeUs, scheduled, processed, total, file_id AS fileId, line FROM run_event
       WHERE at_us IS NOT NULL AND (scheduled IS NOT NULL OR processed IS NOT NULL) AND type NOT IN ('setting', 'cause', 'concatenating')
       ORDER BY at_us, file_id, line`,
    {
      timeUs: 'number',
      scheduled: 'number?',
      processed: 'number?',
      total: 'number?',
      fileId: 'number',
      line: 'number',
    },
  ).all();
  return rows.map(({ fileId, line, ...point }) => ({ ...point, ref: { fileId, line } }));
}

/**
 * Lists all worker processes by node and name. `files` are those whose path or lines name the
 * process.
 */
export function processList(db: ReadableDb): ProcessRow[] {
  const files = new Map<string, Set<number>>();
  const add = (key: string, fileId: number) => {
    const set = files.get(key) ?? new Set();
    set.add(fileId);
    files.set(key, set);
  };
  const spans = selectRows(db, 'SELECT DISTINCT file_id, node, process, pid FROM pid_span', {
    file_id: 'number',
    node: 'text?',
    process: 'text?',
    pid: 'number',
  }).all();
  const withPids = new Set<number>();
  for (const span of spans) {
    withPids.add(span.file_id);
    add(`${span.node ?? ''} ${span.pid}`, span.file_id);
  }
  const named = selectRows(db, 'SELECT id, node, process FROM file WHERE process IS NOT NULL', {
    id: 'number',
    node: 'text?',
    process: 'text',
  }).all();
  // A file without pids in its lines belongs to every process that had its alias.
  for (const file of named) if (!withPids.has(file.id)) add(`${file.node ?? ''} ${file.process}`, file.id);
  const rows = selectRows(
    db,
    `SELECT node, process, pid, start_us AS startUs, end_us AS endUs, exit_code AS exitCode, attempts, succeeded, failed,
         busy_seconds AS busySeconds FROM process ORDER BY id`,
    {
      node: 'text',
      process: 'text?',
      pid: 'number?',
      startUs: 'number?',
      endUs: 'number?',
      exitCode: 'number?',
      attempts: 'number',
      succeeded: 'number',
      failed: 'number',
      busySeconds: 'number',
    },
  ).all();
  const single = new Set(rows.map((row) => row.node)).size === 1;
  return rows.map((row) => {
    const nodes = single ? [row.node, ''] : [row.node];
    const ids = new Set<number>();
    for (const node of nodes) {
      for (const key of [`${node} ${row.pid}`, `${node} ${row.process}`])
        for (const id of files.get(key) ?? []) ids.add(id);
    }
    return { ...row, files: [...ids].sort((a, b) => a - b) };
  });
}

/** Lists what could not be read or understood, by file and line. */
export function problemList(db: ReadableDb): Problem[] {
  const problems = selectRows(
    db,
    `SELECT f.path AS file, min(p.line) AS line, p.kind AS kind, p.message AS message, sum(p.count) AS count
       FROM problem p LEFT JOIN file f ON f.id = p.file_id
       GROUP BY p.file_id, p.kind, p.message ORDER BY f.path, line, p.kind, p.message`,
    { file: 'text?', line: 'number?', kind: 'text', message: 'text', count: 'number' },
  ).all();
  // Problems of the source itself come first. The sort keeps the order within a file.
  return problems.sort((a, b) => compareNatural(a.file ?? '', b.file ?? ''));
}

/** Lists all files of the run by path. */
export function fileList(db: ReadableDb): FileRow[] {
  const rows = db
    .prepare(
      `SELECT f.id AS fileId, f.path, f.kind, f.format, f.generation, f.node, f.process, f.pid, f.bytes, f.lines,
         f.first_us AS firstUs, f.last_us AS lastUs, f.errors, f.warnings, coalesce(p.problems, 0) AS problems, f.state,
         f.reading ->> '$.example' AS timeExample, f.encoding, f.choice IS NOT NULL AS isReadingSet,
         coalesce(f.reading ->> '$.unknownZone', f.reading ->> '$.zone') AS zone,
         CASE WHEN f.reading ->> '$.orderBy' IS NULL THEN NULL WHEN f.reading ->> '$.forms[0].form' = 'two_digit_year'
           THEN f.reading ->> '$.shortOrder' ELSE f.reading ->> '$.longOrder' END AS dateOrder
       FROM file f LEFT JOIN (SELECT file_id, count(*) AS problems FROM problem GROUP BY file_id) p ON p.file_id = f.id`,
    )
    .all() as (Omit<FileRow, 'kind'> & { kind: FileKind })[];
  return rows.sort((a, b) => compareNatural(a.path, b.path));
}
