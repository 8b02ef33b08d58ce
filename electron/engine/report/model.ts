/**
 * The report model: everything that a report says, from a case and the chosen options, before
 * redaction and writing. Deterministic for the same case and options except for `madeAt`, and
 * bounded for any run: it counts and mentions what it does not list.
 */
import type { Signature } from '../../contract/analysis.ts';
import { outcomes } from '../../contract/batch-records.ts';
import { PostrunError } from '../../contract/errors.ts';
import type { Filter } from '../../contract/filter.ts';
import type { ReportOptions, ReportScope } from '../../contract/report.ts';
import type { ReportSection } from '../../contract/report-choices.ts';
import { REPORT_SCHEMA, type Report } from '../../contract/report-model.ts';
import type { RunInfo } from '../../contract/run-info.ts';
import { overTime } from '../analysis/charts.ts';
import { completeness } from '../analysis/completeness.ts';
import { lifeCycle } from '../analysis/life-cycle.ts';
import { problemList, progressPoints, runInfo } from '../analysis/run-info.ts';
import { signatures } from '../analysis/signatures.ts';
import { stragglers } from '../analysis/stragglers.ts';
import { fileIdOf } from '../store/file-id.ts';
import { getMeta } from '../store/meta.ts';
import { nodeAliases } from '../store/node-names.ts';
import { isAny, only, selectCells, selectRows } from '../store/select.ts';
import { batchesOf } from './batches.ts';
import { type CaseView, clip, isoAt, isoTime, quoteLines, quoteRef, scopeFilter, take } from './case-view.ts';
import { filesOf } from './quoted-files.ts';
import { quotesOf } from './quotes.ts';
import { type Focus, resourcesOf } from './resources.ts';
import { signaturesOf } from './signatures.ts';

const BUCKETS = 120;
const MAX_PROGRESS = 240;
const MAX_MARKS = 25;
const MAX_NODES = 100;
const MAX_SLOW = 15;
const MAX_FINDINGS = 30;
const MAX_EVIDENCE = 5;
const MAX_MISSING = 40;
const MAX_PROBLEMS = 20;
const MAX_MESSAGE = 4_000;

export interface MadeBy {
  version: string;
  madeAt: Date;
}

export function buildReport(view: CaseView, options: ReportOptions, made: MadeBy): Report {
  const scope = namedScope(view, options.scope);
  checkScope(view, scope);
  const chosen = new Set<ReportSection>(options.sections);
  const has = <T>(section: ReportSection, make: () => T): T | null => (chosen.has(section) ? make() : null);
  const info = runInfo(view.db, view.lineText);
  const filter = scopeFilter(scope, options.clock);
  const all = signatures(view.db, { filter }, view.lineText, view.packs);
  const own = scope.kind === 'signature' ? all.filter((signature) => signature.id === scope.id) : all;
  if (scope.kind === 'signature' && own.length === 0) {
    throw new PostrunError(
      'user',
      'no_such_signature',
      'There is no such error group in this run. `postrun signatures` lists them.',
      { where: scope.id },
    );
  }
  const focus = focusOf(view, scope, info, own);
  const quotes = quotesOf(view, scope, options.lines);
  const report: Report = {
    schema: REPORT_SCHEMA,
    title: options.title.trim() === '' ? titleOf(info, scope) : options.title.trim().toWellFormed(),
    madeAt: made.madeAt.toISOString(),
    madeBy: { name: 'Postrun', version: made.version },
    run: {
      name: info.name,
      source: info.source.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, ''),
      root: getMeta(view.db, 'root') ?? '',
      generation: info.generation,
    },
    scope: { kind: scope.kind, id: 'id' in scope ? scope.id : null, label: scopeLabel(scope, own) },
    clock: options.clock,
    notes: options.notes.trim() === '' ? null : options.notes.replaceAll('\r\n', '\n').toWellFormed(),
    verdict: has('verdict', () => verdictOf(view, info, own)),
    environment: has('environment', () => environmentOf(info)),
    counts: has('counts', () => countsOf(view, info)),
    timeline: has('timeline', () => timelineOf(view, filter)),
    batches: has('batches', () =>
      scope.kind === 'lines' ? null : batchesOf(view, scope, scope.kind === 'signature' ? batchIdsOf(own[0]) : null),
    ),
    signatures: has('signatures', () => signaturesOf(view, own)),
    stragglers: has('stragglers', () => (scope.kind === 'lines' ? null : stragglersOf(view, filter))),
    resources: has('resources', () => resourcesOf(view, focus, info, options.clock)),
    quotes: has('quotes', () => quotes.rows),
    omittedQuotes: chosen.has('quotes') ? quotes.omitted : 0,
    missing: has('missing', () => missingOf(view)),
    redaction: { on: false, kinds: [] },
    files: [],
  };
  return { ...report, files: filesOf(view.db, report) };
}

/** Resolves any name of a node. */
function namedScope({ db }: CaseView, scope: ReportScope): ReportScope {
  return scope.kind === 'node' ? { ...scope, id: nodeAliases(db).get(scope.id) ?? scope.id } : scope;
}

function checkScope({ db }: CaseView, scope: ReportScope): void {
  const fail = (code: string, message: string, where: string) => {
    throw new PostrunError('user', code, message, { where });
  };
  if (scope.kind === 'batch' && !isAny(db, 'SELECT 1 FROM mini_batch WHERE id = ?', scope.id)) {
    fail('no_such_batch', 'There is no such mini-batch in this run. `postrun batches` lists them.', scope.id);
  }
  const isNode = (id: string) =>
    isAny(db, 'SELECT 1 FROM process WHERE node = ?', id) || isAny(db, 'SELECT 1 FROM file WHERE node = ?', id);
  if (scope.kind === 'node' && !isNode(scope.id)) {
    fail('no_such_node', 'There is no such node in this run. `postrun info` lists them.', scope.id);
  }
}

function titleOf(info: RunInfo, scope: ReportScope): string {
  const what =
    scope.kind === 'batch'
      ? `Mini-batch ${scope.id} of run`
      : scope.kind === 'node'
        ? `Node ${scope.id} of run`
        : scope.kind === 'signature'
          ? 'An error of run'
          : scope.kind === 'lines'
            ? 'Lines of run'
            : 'Run';
  return `${what} ${info.name}`;
}

function scopeLabel(scope: ReportScope, own: readonly Signature[]): string {
  if (scope.kind === 'batch') return `mini-batch ${scope.id}`;
  if (scope.kind === 'node') return `node ${scope.id}`;
  if (scope.kind === 'lines') return 'lines chosen by hand';
  if (scope.kind === 'run') return 'the whole run';
  const [signature] = own;
  return `errors like: ${[signature?.chain.at(-1), signature?.template.slice(0, 200)].filter(Boolean).join(': ')}`;
}

function batchIdsOf(signature: Signature | undefined): Set<string> {
  return new Set(signature?.miniBatches.map(({ miniBatchId }) => miniBatchId) ?? []);
}

/** Returns the node, process and time that the resource curves are drawn around. */
function focusOf(view: CaseView, scope: ReportScope, info: RunInfo, own: readonly Signature[]): Focus {
  if (scope.kind === 'batch') {
    const row = only(
      selectRows(view.db, 'SELECT node, pid, end_us AS endUs, start_us AS startUs FROM mini_batch WHERE id = ?', {
        node: 'text?',
        pid: 'number?',
        endUs: 'number?',
        startUs: 'number?',
      }),
      scope.id,
    );
    return {
      timeUs: row.endUs ?? row.startUs,
      node: row.node,
      pid: row.pid,
      around: `the end of mini-batch ${scope.id}`,
    };
  }
  const [first] = own;
  const place = first?.pids[0];
  if (scope.kind === 'node') {
    return {
      timeUs: first?.firstUs ?? null,
      node: scope.id,
      pid: place?.pid ?? null,
      around: 'the first error on the node',
    };
  }
  if (scope.kind === 'signature') {
    return {
      timeUs: first?.firstUs ?? null,
      node: place?.node ?? null,
      pid: place?.pid ?? null,
      around: 'the first of these errors',
    };
  }
  const cause = info.firstCause;
  const busiest = [...info.nodes].sort((a, b) => b.failed - a.failed)[0]?.node ?? null;
  return {
    timeUs: causeTime(view, info, own),
    node: cause?.node ?? busiest,
    pid: cause?.pid ?? null,
    around: cause === null ? 'the first error' : 'the root cause',
  };
}

/**
 * Returns the time of the first cause: from the records of its own lines, most informative first;
 * otherwise the earliest error of its group.
 */
function causeTime({ db }: CaseView, info: RunInfo, own: readonly Signature[]): number | null {
  const cause = info.firstCause;
  if (cause === null) return own[0]?.firstUs ?? null;
  const at = selectCells(
    db,
    `SELECT min(at_us) FROM (
         SELECT at_us, file_id, line FROM error_event UNION ALL SELECT at_us, file_id, line FROM process_event
         UNION ALL SELECT at_us, file_id, line FROM run_event UNION ALL SELECT at_us, file_id, line FROM task_event
       ) WHERE file_id = ? AND line = ?`,
    'number?',
  );
  for (const ref of cause.evidence) {
    const fileId = fileIdOf(db, ref.file);
    const timeUs = fileId === null ? null : only(at, fileId, ref.line);
    if (timeUs !== null) return timeUs;
  }
  return own.find((signature) => signature.role === 'primary')?.firstUs ?? null;
}

function verdictOf(view: CaseView, info: RunInfo, own: readonly Signature[]): NonNullable<Report['verdict']> {
  const cause = info.firstCause;
  const primary = own.find((signature) => signature.role === 'primary');
  const fileId = primary === undefined ? null : fileIdOf(view.db, primary.example.file);
  const quote =
    primary === undefined || fileId === null
      ? null
      : quoteLines(
          view,
          fileId,
          { from: primary.example.line, to: primary.example.line + Math.max(1, primary.exampleLines) - 1 },
          { label: 'The first of these errors', most: 45 },
        );
  return {
    status: info.status,
    message: info.message === null ? null : clip(info.message, MAX_MESSAGE),
    startedAt: isoTime(info.startUs),
    endedAt: isoTime(info.endUs),
    durationSeconds: info.durationSeconds,
    firstCause:
      cause === null
        ? null
        : {
            kind: cause.kind,
            confidence: cause.confidence,
            message: clip(cause.message, MAX_MESSAGE),
            node: cause.node,
            pid: cause.pid,
            miniBatchId: cause.miniBatchId,
            at: isoTime(causeTime(view, info, own)),
            evidence: cause.evidence.slice(0, MAX_EVIDENCE).map(quoteRef),
            quote,
          },
    startHere: info.startHere.map(quoteRef),
    findings: info.findings.slice(0, MAX_FINDINGS).map((finding) => ({
      kind: finding.kind,
      confidence: finding.confidence,
      message: clip(finding.message, MAX_MESSAGE),
      evidence: finding.evidence.slice(0, MAX_EVIDENCE).map(quoteRef),
    })),
  };
}

function environmentOf(info: RunInfo): NonNullable<Report['environment']> {
  const nodes = take(info.nodes, MAX_NODES);
  return {
    generation: info.generation,
    settings: Object.entries(info.settings)
      .map(([name, value]) => ({ name, value: clip(value, MAX_MESSAGE) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    nodes: nodes.rows,
    omittedNodes: nodes.omitted,
  };
}

function countsOf({ db }: CaseView, info: RunInfo): NonNullable<Report['counts']> {
  return {
    miniBatches: info.miniBatches,
    items: info.items,
    nodes: info.nodes.length,
    processes: info.processes,
    files: info.files,
    lines: info.lines,
    bytes: info.bytes,
    errorLines: only(selectCells(db, 'SELECT coalesce(sum(errors), 0) FROM file', 'number')),
  };
}

function timelineOf(view: CaseView, filter: Filter): Report['timeline'] {
  const ended = overTime(view.db, {
    caseId: '',
    filter,
    fromUs: null,
    toUs: null,
    buckets: BUCKETS,
    of: 'miniBatches',
  });
  if (!(ended.toUs - ended.fromUs > 1)) return null;
  const life = lifeCycle(view.db, view.lineText, filter.clock);
  const marks = take(
    life.marks.filter(
      (mark, k) =>
        life.marks.findIndex(
          (one) => one.kind === mark.kind && one.timeUs === mark.timeUs && one.message === mark.message,
        ) === k,
    ),
    MAX_MARKS,
  );
  const points = progressPoints(view.db);
  const step = Math.max(1, Math.ceil(points.length / MAX_PROGRESS));
  return {
    fromAt: isoAt(ended.fromUs),
    toAt: isoAt(ended.toUs),
    bucketSeconds: ended.bucketUs / 1e6,
    outcomes: [...outcomes],
    ended: ended.counts,
    progress: points
      .filter((_, k) => k % step === 0 || k === points.length - 1)
      .map((point) => ({
        at: isoAt(point.timeUs),
        scheduled: point.scheduled,
        processed: point.processed,
        total: point.total,
      })),
    phases: life.phases.map((phase) => ({ phase: phase.phase, fromAt: isoAt(phase.fromUs), toAt: isoAt(phase.toUs) })),
    marks: marks.rows.map((mark) => ({
      kind: mark.kind,
      at: isoAt(mark.timeUs),
      message: clip(mark.message, 500),
      ref: mark.ref === null ? null : quoteRef(mark.ref),
    })),
    omittedMarks: marks.omitted,
  };
}

function stragglersOf(view: CaseView, filter: Filter): NonNullable<Report['stragglers']> {
  const slow = stragglers(view.db, { filter });
  const nodes = take(slow.nodes, MAX_SLOW);
  return {
    medianSeconds: slow.medianSeconds,
    slowCount: slow.slowCount,
    attempts: slow.attempts.slice(0, MAX_SLOW).map(({ attemptId: _, ...attempt }) => attempt),
    nodes: nodes.rows,
    omittedNodes: nodes.omitted,
    tail: slow.tail,
  };
}

function missingOf(view: CaseView): NonNullable<Report['missing']> {
  const { missing } = completeness(view.db, view.lineText);
  const problems = take(problemList(view.db), MAX_PROBLEMS);
  return {
    missing: missing.slice(0, MAX_MISSING).map((one) => ({
      ...one,
      nodes: one.nodes.slice(0, MAX_NODES),
      evidence: one.evidence.slice(0, MAX_EVIDENCE).map(quoteRef),
    })),
    problems: problems.rows.map((problem) => ({ ...problem, message: clip(problem.message, 500) })),
    omittedProblems: problems.omitted,
  };
}
