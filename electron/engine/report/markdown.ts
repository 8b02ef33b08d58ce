/**
 * Writes a report for a ticket. Text of the logs appears only in fences and code spans, which
 * Markdown does not interpret: no link, mention, image or HTML of a log line can come to life.
 */

import { formatBytes, formatCount, formatDuration, formatNumber } from '../../contract/format.ts';
import type { Report, ReportLine, ReportQuote } from '../../contract/report-model.ts';
import { visible } from './html-template.ts';
import {
  moment,
  outcomeWords,
  roleWords,
  sectionTitles,
  sentenceOf,
  statusWords,
  titleCase,
  whereOf,
} from './words.ts';

const longestRun = (value: string) => Math.max(0, ...[...value.matchAll(/`+/g)].map((run) => run[0].length));

/** Writes a code span for any text. Empty text gets none. */
function code(value: string): string {
  const clean = visible(value).trim();
  if (clean === '') return '';
  const ticks = '`'.repeat(longestRun(clean) + 1);
  const space = clean.startsWith('`') || clean.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${clean}${space}${ticks}`;
}

/** Writes lines in a fence longer than any run of backticks in them. */
function fence(lines: readonly string[]): string {
  const clean = lines.map(visible);
  const ticks = '`'.repeat(Math.max(3, longestRun(clean.join('\n')) + 1));
  return `${ticks}text\n${clean.join('\n')}\n${ticks}`;
}

const cell = (value: string) => value.replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [[line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n')];
}

const refOf = (line: ReportLine) => code(`${line.file}:${line.line}`);
const textOf = (line: ReportLine) => line.text + (line.cut ? ' … cut here' : '');

function evidence(lines: readonly ReportLine[]): string[] {
  return lines.length === 0 ? [] : [lines.map((line) => `${refOf(line)}\n${fence([textOf(line)])}`).join('\n\n')];
}

function quote(one: ReportQuote): string[] {
  const [first] = one.lines;
  if (first === undefined) return [];
  const width = String(one.lines.at(-1)?.line ?? 0).length;
  const lines: string[] = [];
  let before = first.line - 1;
  for (const line of one.lines) {
    if (line.line !== before + 1) lines.push(`… ${formatCount(line.line - before - 1, 'line')} left out`);
    lines.push(`${String(line.line).padStart(width)}  ${textOf(line)}`);
    before = line.line;
  }
  return [
    ...(one.note === null ? [] : [fence(one.note.split('\n'))]),
    `${refOf(first)}${one.label === '' ? '' : ` ${code(one.label)}`}\n${fence(lines)}`,
  ];
}

/** Returns the whole document. */
export function reportMarkdown(report: Report): string {
  const { verdict, run } = report;
  const out: string[] = [`# ${code(report.title)}`];
  if (verdict !== null) out.push(`**${statusWords[verdict.status]}.** ${sentenceOf(verdict)}`);
  out.push(
    `Failure report of ${code(report.scope.label)}; logs ${code(run.root === '' ? run.source : `${run.source} › ${run.root}`)}.`,
  );
  const section = (id: keyof typeof sectionTitles, parts: readonly string[]) => {
    if (parts.length > 0) out.push(`## ${sectionTitles[id]}`, ...parts);
  };
  if (verdict !== null) section('verdict', verdictParts(verdict));
  if (report.notes !== null) section('notes', [fence(report.notes.split('\n'))]);
  if (report.counts !== null) section('counts', countParts(report.counts));
  if (report.timeline !== null) section('timeline', timelineParts(report.timeline));
  if (report.batches !== null) section('batches', batchParts(report.batches));
  if (report.signatures !== null) section('signatures', signatureParts(report.signatures));
  if (report.quotes !== null) {
    section('quotes', [
      ...report.quotes.flatMap(quote),
      ...(report.omittedQuotes > 0 ? [`${formatCount(report.omittedQuotes, 'more quote')} not shown.`] : []),
    ]);
  }
  if (report.resources !== null) section('resources', resourceParts(report.resources));
  if (report.stragglers !== null) section('stragglers', stragglerParts(report.stragglers));
  if (report.environment !== null) section('environment', environmentParts(report.environment));
  if (report.missing !== null) section('missing', missingParts(report.missing));
  section('about', aboutParts(report));
  return `${out.join('\n\n')}\n`;
}

function verdictParts(verdict: NonNullable<Report['verdict']>): string[] {
  const cause = verdict.firstCause;
  const parts = table(
    ['Started', 'Ended', 'Took'],
    [[moment(verdict.startedAt), moment(verdict.endedAt), formatDuration(verdict.durationSeconds)]],
  );
  if (cause === null) parts.push('No cause was found in the logs.');
  else {
    parts.push(`**Root cause** (${cause.confidence}): ${code(cause.message)}`);
    const where = [whereOf(cause), cause.at === null ? '' : moment(cause.at)].filter((part) => part !== '');
    if (where.length > 0) parts.push(where.map(code).join(' · '));
    if (cause.quote !== null && cause.quote.lines.length > 1) parts.push(...quote(cause.quote));
    parts.push('It rests on:', ...evidence(cause.evidence));
  }
  if (verdict.message !== null) parts.push('In its own words:', fence(verdict.message.split('\n')));
  for (const finding of verdict.findings)
    parts.push(`**Also** (${finding.confidence}): ${code(finding.message)}`, ...evidence(finding.evidence.slice(0, 2)));
  return parts;
}

function countParts(counts: NonNullable<Report['counts']>): string[] {
  const { miniBatches: batches, items } = counts;
  return table(
    ['', 'total', 'succeeded', 'failed', 'unfinished', 'retried'],
    [
      [
        'Mini-batches',
        formatNumber(batches.total),
        formatNumber(batches.succeeded),
        formatNumber(batches.failed),
        formatNumber(batches.unfinished),
        formatNumber(batches.retried),
      ],
      [
        'Items',
        formatNumber(items.total),
        formatNumber(items.succeeded),
        `${formatNumber(items.failed)}${items.errorThreshold === null ? '' : ` (threshold ${formatNumber(items.errorThreshold)})`}`,
        '',
        '',
      ],
    ],
  ).concat(
    `${formatCount(counts.nodes, 'node')}, ${formatCount(counts.processes, 'process', 'processes')}; ${formatCount(counts.files, 'file')}, ${formatCount(counts.lines, 'line')}, ${formatBytes(counts.bytes)}; ${formatCount(counts.errorLines, 'error line')}.`,
  );
}

function timelineParts(timeline: NonNullable<Report['timeline']>): string[] {
  const busy = timeline.ended
    .map((counts, k) => ({
      counts,
      at: new Date(Date.parse(timeline.fromAt) + k * timeline.bucketSeconds * 1_000).toISOString(),
    }))
    .filter(({ counts }) => (counts[2] ?? 0) + (counts[3] ?? 0) > 0)
    .slice(0, 12);
  return [
    ...table(
      ['When', 'What', 'Line'],
      timeline.marks.map((mark) => [
        moment(mark.at),
        `${titleCase(mark.kind)}: ${code(mark.message)}`,
        mark.ref === null ? '' : refOf(mark.ref),
      ]),
    ),
    ...table(
      ['From', ...timeline.outcomes.map((outcome) => outcomeWords[outcome])],
      busy.map(({ counts, at }) => [moment(at), ...counts.map((count) => formatNumber(count))]),
    ),
    ...(busy.length === 0
      ? []
      : [
          `Mini-batches that ended, in stretches of ${formatDuration(timeline.bucketSeconds)}; only those with failures, at most 12.`,
        ]),
  ];
}

function batchParts(batches: NonNullable<Report['batches']>): string[] {
  if (batches.total === 0) return ['None failed and none was retried.'];
  return [
    `${formatCount(batches.total, 'mini-batch', 'mini-batches')} in ${formatCount(batches.groups.length + batches.omittedGroups, 'group')}.`,
    ...table(
      ['Ended', 'Mini-batches', 'Retried', 'Items failed', 'What was said', 'Which'],
      batches.groups.map((group) => [
        outcomeWords[group.status],
        formatNumber(group.count),
        formatNumber(group.retried),
        formatNumber(group.failedItems),
        code(group.reason),
        `${code(group.miniBatchIds.slice(0, 12).join(', '))}${group.count > 12 ? ` and ${formatNumber(group.count - 12)} more` : ''}`,
      ]),
    ),
    ...(batches.omittedGroups > 0
      ? [
          `${formatCount(batches.omittedGroups, 'smaller group')} with ${formatCount(batches.omittedInGroups, 'mini-batch', 'mini-batches')} not listed.`,
        ]
      : []),
    ...table(
      ['Mini-batch', 'Attempt', 'Ended', 'Took', 'Where', 'What was said', 'Line'],
      batches.rows
        .slice(0, 15)
        .flatMap((batch) =>
          batch.attempts.map((attempt) => [
            code(batch.miniBatchId),
            formatNumber(attempt.attempt),
            outcomeWords[attempt.outcome],
            formatDuration(attempt.durationSeconds),
            code(whereOf(attempt)),
            code((attempt.error ?? '').slice(0, 160)),
            attempt.ref === null ? '' : refOf(attempt.ref),
          ]),
        ),
    ),
  ];
}

function signatureParts(signatures: NonNullable<Report['signatures']>): string[] {
  if (signatures.total === 0) return ['No error lines and no tracebacks.'];
  return [
    ...signatures.rows.flatMap((signature) => {
      const title = [signature.chain.at(-1), signature.template]
        .filter((part) => part !== undefined && part !== '')
        .join(': ');
      return [
        `### ${code(title.slice(0, 200))}`,
        `${roleWords[signature.role]} · ${formatCount(signature.count, 'line')}, ${formatCount(signature.occurrences, 'occurrence')} · ${formatCount(signature.nodeCount, 'node')}, ${formatCount(signature.miniBatchCount, 'mini-batch', 'mini-batches')} · ${moment(signature.firstAt)} to ${moment(signature.lastAt)} · ${code(signature.id)}`,
        ...quote(signature.example),
      ];
    }),
    ...(signatures.omitted > 0
      ? [
          `${formatCount(signatures.omitted, 'more group')} with ${formatCount(signatures.omittedCount, 'line')} not shown.`,
        ]
      : []),
  ];
}

function resourceParts(resources: NonNullable<Report['resources']>): string[] {
  const ends = (points: readonly [string, number | null][]) =>
    [points.at(0)?.[1], points.at(-1)?.[1]].map((value) => formatNumber(value ?? null, 1));
  return [
    `Node ${code(resources.series[0]?.node ?? '')} around ${code(resources.around)}, ${moment(resources.fromAt)} to ${moment(resources.toAt)}.`,
    ...table(
      ['Series', 'Of', 'First', 'Last', 'Most', 'Unit'],
      resources.series.map((series) => [
        series.title,
        series.pid === null ? 'node' : `pid ${series.pid}`,
        ...ends(series.points),
        formatNumber(series.max, 1),
        series.unit,
      ]),
    ),
  ];
}

function stragglerParts(slow: NonNullable<Report['stragglers']>): string[] {
  return [
    `Median attempt ${formatDuration(slow.medianSeconds)}; ${formatCount(slow.slowCount, 'slow attempt')}.`,
    ...table(
      ['Mini-batch', 'Attempt', 'Took', 'Times the median', 'Where'],
      slow.attempts.map((row) => [
        code(row.miniBatchId),
        formatNumber(row.attempt),
        formatDuration(row.durationSeconds),
        formatNumber(row.times, 1),
        code(whereOf({ node: row.node, pid: row.pid })),
      ]),
    ),
    ...table(
      ['Node', 'Attempts', 'Median', 'Against all'],
      slow.nodes.map((row) => [
        code(row.node),
        formatNumber(row.attempts),
        formatDuration(row.medianSeconds),
        `${formatNumber(row.ratio, 2)}×${row.slow ? ' slow' : ''}`,
      ]),
    ),
  ];
}

function environmentParts(environment: NonNullable<Report['environment']>): string[] {
  return [
    ...table(
      ['Setting', 'Value in the logs'],
      environment.settings.map(({ name, value }) => [code(name), code(value)]),
    ),
    ...table(
      ['Node', 'Processes', 'Mini-batches', 'Failed'],
      environment.nodes.map((row) => [
        code(row.node),
        formatNumber(row.processes),
        formatNumber(row.miniBatches),
        formatNumber(row.failed),
      ]),
    ),
    ...(environment.omittedNodes > 0 ? [`${formatCount(environment.omittedNodes, 'more node')} not listed.`] : []),
  ];
}

function missingParts(missing: NonNullable<Report['missing']>): string[] {
  const items = missing.missing.map((one) => `- ${code(one.message)}`);
  return [
    items.length === 0 ? 'No expected evidence is missing from this download.' : items.join('\n'),
    ...table(
      ['Where', 'What', 'Times'],
      missing.problems.map((problem) => [
        problem.file === null ? '' : code(problem.line === null ? problem.file : `${problem.file}:${problem.line}`),
        code(problem.message),
        formatNumber(problem.count),
      ]),
    ),
  ];
}

function aboutParts(report: Report): string[] {
  const { redaction } = report;
  const kinds = redaction.kinds.filter(({ on, values }) => on && values > 0);
  const hidden = redaction.on
    ? kinds.length === 0
      ? 'Nothing had to be hidden.'
      : `Hidden: ${kinds.map(({ kind, values, places }) => `${kind} (${formatCount(values, 'value')} in ${formatCount(places, 'place')})`).join(', ')}. Each value has one name throughout, such as \`ip-1\`.`
    : '**Nothing was hidden in this report, by choice.**';
  return [
    hidden,
    `Made by Postrun ${report.madeBy.version} on ${moment(report.madeAt)}. Times are UTC${report.clock === 'aligned' ? ", on the master's clock where a node's is known to differ; quoted lines keep their own" : ''}. A reference is \`path:LINE\`, from the root of the run; \`postrun open REPORT --source PATH\` finds the lines again.`,
  ];
}
