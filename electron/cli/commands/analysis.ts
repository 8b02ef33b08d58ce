/**
 * The commands `signatures`, `stragglers`, `timeline` and `compare`: results of analysis for
 * scripts.
 */
import type { Command } from 'commander';
import type { Comparison, LifeCycle, Signature, Stragglers } from '../../contract/analysis.ts';
import {
  formatCount,
  formatDuration,
  formatMeasured,
  formatNumber,
  formatPercent,
  formatTimes,
} from '../../contract/format.ts';
import { formatDateTime, formatSince } from '../../contract/format-time.ts';
import type { RunInfo } from '../../contract/run-info.ts';
import { comparisonJson, signatureJson, stragglersJson, timelineJson } from '../analysis-json.ts';
import { addCaseOptions, limitHelp, parseCount } from '../case-options.ts';
import { addFilterOptions, type FilterOptions, toFilter } from '../filter-options.ts';
import { exitStatus } from '../io.ts';
import { showControls } from '../output.ts';
import { printRows, type RowPrinter } from '../print-rows.ts';
import type { RunCommand } from '../run-command.ts';
import { type CaseOptions, type Session, withCase } from '../session.ts';
import { type Column, formatTable } from '../table.ts';

interface Options extends CaseOptions, FilterOptions {
  limit: number;
  buckets: number;
}

const source = 'a folder, a .zip or a case';
const timelineBuckets = 120;

const signaturePrinter: RowPrinter<Signature> = {
  json: signatureJson,
  csvColumns: ['id', 'template', 'count', 'firstAt', 'lastAt', 'nodes', 'pids', 'miniBatches', 'example', 'role'],
  columns: [
    { title: 'COUNT', text: (row) => formatNumber(row.count), right: true },
    { title: 'BATCHES', text: (row) => formatNumber(row.miniBatchCount), right: true },
    { title: 'NODES', text: (row) => formatNumber(row.nodes.length), right: true },
    { title: 'FIRST (UTC)', text: (row) => formatDateTime(row.firstUs, 'utc') },
    { title: 'ROLE', text: (row) => row.role },
    { title: 'ID', text: (row) => row.id },
    { title: 'EXAMPLE', text: (row) => `${row.example.file}:${row.example.line}` },
    { title: 'MESSAGE', text: (row) => [row.chain.at(-1), cut(row.template, 120)].filter(Boolean).join(': ') },
  ],
  none: 'No errors.',
};

export function addAnalysisCommands(program: Command, run: RunCommand): void {
  addFilterOptions(addCaseOptions(program.command('signatures').argument('<path>', source), { csv: true }), 'attempts')
    .description('group all errors and tracebacks: the root cause first, each group with a count and an example')
    .option('--limit <n>', limitHelp, parseCount, 0)
    .action((path: string, options: Options) =>
      run(({ io, out }) =>
        withCase(io, out, path, options, async ({ client, caseId, signal }) => {
          const all = await client.call('analysis.signatures', { caseId, filter: toFilter(options) }, { signal });
          await printRows(out, options, signaturePrinter, [options.limit === 0 ? all : all.slice(0, options.limit)]);
          return exitStatus.done;
        }),
      ),
    );

  addFilterOptions(addCaseOptions(program.command('stragglers').argument('<path>', source), { csv: false }), 'attempts')
    .description('name slow attempts and slow nodes, the tail of the run, and where the worker time went')
    .action((path: string, options: Options) =>
      run(({ io, out }) =>
        withCase(io, out, path, options, async ({ client, caseId, signal }) => {
          const slow = await client.call('analysis.stragglers', { caseId, filter: toFilter(options) }, { signal });
          await out.write(options.json ? json(stragglersJson(slow)) : formatStragglers(slow));
          return exitStatus.done;
        }),
      ),
    );

  addCaseOptions(program.command('timeline').argument('<path>', source), { csv: false })
    .description('tell the phases of the run, what happened when, and how many mini-batches ended over time')
    .option('--buckets <n>', 'number of equal stretches of time to count in', parseCount, timelineBuckets)
    .action((path: string, options: Options) =>
      run(({ io, out }) =>
        withCase(io, out, path, options, async (session) => {
          await out.write(await timeline(session, options));
          return exitStatus.done;
        }),
      ),
    );

  addCaseOptions(
    program.command('compare').argument('<a>', `the run before: ${source}`).argument('<b>', 'the run after'),
    { csv: false },
  )
    .description('compare two runs: how they ended, figures, settings, errors that are new or gone, slow nodes')
    .action((a: string, b: string, options: CaseOptions) =>
      run(({ io, out }) =>
        withCase(io, out, a, options, async ({ client, caseId, signal, open }) => {
          const other = await open(b);
          const comparison = await client.call('analysis.compare', { a: caseId, b: other.caseId }, { signal });
          await out.write(options.json ? json(comparisonJson(comparison)) : formatComparison(comparison));
          return exitStatus.done;
        }),
      ),
    );
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

async function timeline({ client, caseId, signal, files }: Session, options: Options): Promise<string> {
  const [info, life, ended, progress, all] = await Promise.all([
    client.call('run.info', { caseId }, { signal }),
    client.call('analysis.lifeCycle', { caseId }, { signal }),
    client.call('analysis.overTime', { caseId, buckets: Math.max(1, Math.min(4_000, options.buckets)) }, { signal }),
    client.call('run.progress', { caseId }, { signal }),
    files(),
  ]);
  return options.json
    ? json(timelineJson(info, life, ended, progress, (fileId) => all.get(fileId)?.path ?? null))
    : formatTimeline(info, life);
}

function formatTimeline(info: RunInfo, life: LifeCycle): string {
  const { startUs } = info;
  const rows = [
    ...life.phases.map((phase) => ({
      us: phase.fromUs,
      what: phase.phase.replaceAll('_', ' '),
      took: formatDuration((phase.toUs - phase.fromUs) / 1e6),
      message: '',
    })),
    ...life.marks.map((mark) => ({
      us: mark.timeUs,
      what: mark.kind.replaceAll('_', ' '),
      took: '',
      message: mark.message,
    })),
  ].sort((x, y) => x.us - y.us);
  if (rows.length === 0) return 'The logs give no times.\n';
  return formatTable(
    [
      { title: 'AT (UTC)', text: (row) => formatDateTime(row.us, 'utc') },
      { title: 'SINCE START', text: (row) => formatSince(row.us, startUs), right: true },
      { title: 'WHAT', text: (row) => row.what },
      { title: 'TOOK', text: (row) => row.took, right: true },
      { title: 'MESSAGE', text: (row) => cut(row.message, 160) },
    ],
    rows,
  );
}

const slowShown = 20;

function formatStragglers(slow: Stragglers): string {
  const { time, tail } = slow;
  const parts = [
    `Median attempt ${formatDuration(slow.medianSeconds)}; ${formatCount(slow.slowCount, 'slow attempt')}.`,
    tail === null
      ? ''
      : `Tail: the last ${formatCount(tail.miniBatches, 'mini-batch', 'mini-batches')} took ${formatDuration(tail.seconds)}, ` +
        `${formatPercent(tail.shareOfRun)} of the run; ${formatDuration(tail.idleWorkerSeconds)} of worker time idle.`,
    `Worker time ${formatDuration(time.total)}: busy ${formatDuration(time.busy)}` +
      (time.runMethod === null ? '' : ` (run() ${formatDuration(time.runMethod)})`) +
      `, idle ${formatDuration(time.idle)}, lost to retries ${formatDuration(time.retried)}, to failures ${formatDuration(time.failed)}.`,
  ].filter((part) => part !== '');
  const attempts = formatTable(
    [
      { title: 'TOOK', text: (row) => formatDuration(row.durationSeconds), right: true },
      { title: 'TIMES', text: (row) => formatTimes(row.times), right: true },
      { title: 'BATCH', text: (row) => row.miniBatchId, right: true },
      { title: 'ATTEMPT', text: (row) => String(row.attempt), right: true },
      { title: 'CAUSE', text: (row) => row.cause },
      { title: 'NODE', text: (row) => row.node ?? '' },
      { title: 'PID', text: (row) => (row.pid === null ? '' : String(row.pid)) },
    ],
    slow.attempts.slice(0, slowShown),
  );
  const nodes = formatTable(
    [
      { title: 'NODE', text: (row) => row.node },
      { title: 'ATTEMPTS', text: (row) => formatNumber(row.attempts), right: true },
      { title: 'MEDIAN', text: (row) => formatDuration(row.medianSeconds), right: true },
      { title: 'OF ALL', text: (row) => formatTimes(row.ratio), right: true },
      { title: '', text: (row) => (row.slow ? 'slow' : '') },
    ],
    slow.nodes,
  );
  const more = slow.slowCount > slowShown ? `… and ${formatNumber(slow.slowCount - slowShown)} more: --json\n` : '';
  return `${parts.join('\n')}\n${slow.attempts.length > 0 ? `\n${attempts}${more}` : ''}${slow.nodes.length > 0 ? `\n${nodes}` : ''}`;
}

function formatComparison({ a, b, figures, settings, signatures }: Comparison): string {
  type Row = { name: string; a: string; b: string };
  const columns: Column<Row>[] = [
    { title: '', text: (row) => row.name },
    { title: 'A', text: (row) => row.a },
    { title: 'B', text: (row) => row.b },
  ];
  const rows: Row[] = [
    { name: 'run', a: a.name, b: b.name },
    { name: 'status', a: a.status, b: b.status },
    { name: 'root cause', a: a.firstCause?.kind ?? '-', b: b.firstCause?.kind ?? '-' },
    ...figures.map(({ name, a: left, b: right, unit }) => ({
      name,
      a: formatMeasured(left, unit),
      b: formatMeasured(right, unit),
    })),
    ...settings.map(({ name, a: left, b: right }) => ({ name, a: cut(left ?? '-', 60), b: cut(right ?? '-', 60) })),
  ];
  const group = (title: string, list: { signature: Signature; count: string }[]) =>
    list.map(({ signature, count }) =>
      showControls(
        `${title.padEnd(6)} ${count.padStart(12)}  ${[signature.chain.at(-1), cut(signature.template, 120)].filter(Boolean).join(': ')}`,
      ),
    );
  const count = (signature: Signature) => formatNumber(signature.occurrences);
  const lines = [
    ...group(
      'new',
      signatures.new.map((signature) => ({ signature, count: count(signature) })),
    ),
    ...group(
      'more',
      signatures.more.map(({ a: from, b: to }) => ({ signature: to, count: `${count(from)} → ${count(to)}` })),
    ),
    ...group(
      'fewer',
      signatures.fewer.map(({ a: from, b: to }) => ({ signature: to, count: `${count(from)} → ${count(to)}` })),
    ),
    ...group(
      'gone',
      signatures.gone.map((signature) => ({ signature, count: count(signature) })),
    ),
  ];
  const errors = lines.length === 0 ? 'No error is new, gone, more or less frequent.' : lines.join('\n');
  return `${formatTable(columns, rows)}\n${errors}\n`;
}
