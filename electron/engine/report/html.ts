/**
 * A report as one HTML file: opens anywhere without a network, runs nothing, prints. Its own policy
 * lets through the one style sheet (by its hash) and nothing else.
 */
import { createHash } from 'node:crypto';
import { formatBytes, formatCount, formatDuration, formatMeasured, formatNumber } from '../../contract/format.ts';
import { type Outcome, outcomes } from '../../contract/records.ts';
import type { Report } from '../../contract/report-model.ts';
import {
  type Anchors,
  attribute,
  type Column,
  evidence,
  quoteBlock,
  reference,
  table,
  tail,
  text,
} from './html-parts.ts';
import { aboutSection, batchesSection, signaturesSection } from './html-sections.ts';
import { reportStyle } from './html-style.ts';
import { legend, phaseWords, resourceSvg, timelineSvg } from './svg.ts';
import { moment, sectionTitles, sentenceOf, statusWords, titleCase, whereOf } from './words.ts';

const styleHash = createHash('sha256').update(reportStyle).digest('base64');
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

/** The whole document. */
export function reportHtml(report: Report): string {
  return [
    '<!DOCTYPE html>',
    `<html lang="en"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<meta name="generator" content="Postrun ${attribute(report.madeBy.version)}">`,
    `<title>${attribute(report.title)}</title>`,
    `<style>${reportStyle}</style></head>`,
    `<body>${reportBody(report)}</body></html>`,
    '',
  ].join('\n');
}

interface Section {
  id: keyof typeof sectionTitles;
  html: string;
}

/** What stands in the body, for the preview too. */
function reportBody(report: Report): string {
  const anchors: Anchors = new Map(report.files.map(({ file, index }) => [file, index]));
  const parts: (Section | null)[] = [
    report.verdict === null ? null : { id: 'verdict', html: verdictSection(anchors, report.verdict) },
    report.notes === null ? null : { id: 'notes', html: `<div class="notes">${inLines(report.notes, '\n')}</div>` },
    report.counts === null ? null : { id: 'counts', html: countsSection(report.counts) },
    report.timeline === null ? null : { id: 'timeline', html: timelineSection(anchors, report.timeline) },
    report.batches === null ? null : { id: 'batches', html: batchesSection(anchors, report.batches) },
    report.signatures === null ? null : { id: 'signatures', html: signaturesSection(anchors, report.signatures) },
    report.quotes === null || report.quotes.length === 0
      ? null
      : { id: 'quotes', html: quotesSection(anchors, report) },
    report.resources === null ? null : { id: 'resources', html: resourcesSection(report.resources) },
    report.stragglers === null ? null : { id: 'stragglers', html: stragglersSection(report.stragglers) },
    report.environment === null ? null : { id: 'environment', html: environmentSection(report.environment) },
    report.missing === null ? null : { id: 'missing', html: missingSection(anchors, report.missing) },
    { id: 'about', html: aboutSection(report) },
  ];
  const sections = parts.filter((part) => part !== null);
  const contents = sections.map(({ id }) => `<li><a href="#${id}">${sectionTitles[id]}</a></li>`).join('');
  const body = sections.map(({ id, html }) => `<section id="${id}"><h2>${sectionTitles[id]}</h2>${html}</section>`);
  return `<main class="report">${header(report)}<nav aria-label="Contents"><ul class="contents">${contents}</ul></nav>${body.join('\n')}
<footer><p>Made by Postrun ${text(report.madeBy.version)} on ${moment(report.madeAt)}. Times are UTC${report.clock === 'aligned' ? ", on the master's clock where a node's is known to differ; quoted lines keep their own" : ''}.</p></footer></main>`;
}

function header(report: Report): string {
  const { verdict, run, scope } = report;
  const status =
    verdict === null ? '' : `<span class="status status--${verdict.status}">${statusWords[verdict.status]}</span> `;
  const lead = verdict === null ? '' : `<p class="lead">${status}${text(sentenceOf(verdict))}</p>`;
  const source = run.root === '' ? run.source : `${run.source} › ${run.root}`;
  return `<header><h1>${text(report.title)}</h1><p class="soft small">Failure report of ${text(scope.label)} · logs: <span class="mono">${text(source)}</span></p>${lead}</header>`;
}

/** Lines stay lines; nothing is made of what they hold. */
const inLines = (value: string, between: string) => value.trim().split('\n').map(text).join(between);

function verdictSection(anchors: Anchors, verdict: NonNullable<Report['verdict']>): string {
  const facts = [
    ['Started', moment(verdict.startedAt)],
    ['Ended', moment(verdict.endedAt)],
    ['Took', formatDuration(verdict.durationSeconds)],
  ].map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`);
  const said = verdict.message === null ? '' : `<p>In its own words: ${inLines(verdict.message, '<br>')}</p>`;
  const cause = verdict.firstCause;
  const quoted = new Set(cause?.quote?.lines.map(({ file, line }) => `${file}:${line}`) ?? []);
  const causeHtml =
    cause === null
      ? '<p>No cause was found in the logs.</p>'
      : `<div class="cause"><h3>Root cause (${cause.confidence})</h3><p>${inLines(cause.message, '<br>')}</p><p class="small">${text(
          [whereOf(cause), cause.at === null ? '' : moment(cause.at)].filter((part) => part !== '').join(' · '),
        )}</p></div>${cause.quote === null || cause.quote.lines.length < 2 ? '' : quoteBlock(anchors, cause.quote)}<h3>${quoted.size > 1 ? 'Told also by' : 'It rests on'}</h3>${evidence(
          anchors,
          cause.evidence.filter((line) => !quoted.has(`${line.file}:${line.line}`)),
        )}`;
  const findings = verdict.findings.map(
    (finding) =>
      `<div class="finding"><p>${inLines(finding.message, '<br>')} <span class="soft small">(${finding.confidence})</span></p>${evidence(anchors, finding.evidence)}</div>`,
  );
  const evident = new Set(cause?.evidence.map(({ file, line }) => `${file}:${line}`) ?? []);
  const start = verdict.startHere.filter(({ file, line }) => !evident.has(`${file}:${line}`));
  return `<dl class="facts facts--times">${facts.join('')}</dl>${causeHtml}${said}${start.length === 0 ? '' : `<h3>Where to start looking</h3>${evidence(anchors, start)}`}${findings.length === 0 ? '' : `<h3>What else was found</h3>${findings.join('')}`}`;
}

function countsSection(counts: NonNullable<Report['counts']>): string {
  const { miniBatches: batches, items } = counts;
  const fact = (name: string, value: string, small = '') =>
    `<div><dt>${name}</dt><dd>${value}${small === '' ? '' : `<small>${small}</small>`}</dd></div>`;
  return `<dl class="facts">${[
    fact('Mini-batches', formatNumber(batches.total), `${formatNumber(batches.processed)} processed`),
    fact('Succeeded', formatNumber(batches.succeeded)),
    fact('Failed', formatNumber(batches.failed)),
    fact('Unfinished', formatNumber(batches.unfinished)),
    fact('Retried', formatNumber(batches.retried)),
    fact(
      'Items',
      formatNumber(items.total),
      items.succeeded === null ? '' : `${formatNumber(items.succeeded)} succeeded`,
    ),
    fact(
      'Items failed',
      formatNumber(items.failed),
      items.errorThreshold === null ? '' : `threshold ${formatNumber(items.errorThreshold)}`,
    ),
    fact('Nodes', formatNumber(counts.nodes), formatCount(counts.processes, 'process', 'processes')),
    fact(
      'Logs',
      formatCount(counts.files, 'file'),
      `${formatCount(counts.lines, 'line')}, ${formatBytes(counts.bytes)}`,
    ),
    fact('Error lines', formatNumber(counts.errorLines)),
  ].join('')}</dl>`;
}

function timelineSection(anchors: Anchors, timeline: NonNullable<Report['timeline']>): string {
  const shown = outcomes.filter((_: Outcome, code) => timeline.ended.some((counts) => (counts[code] ?? 0) > 0));
  type Mark = (typeof timeline.marks)[number];
  const columns: Column<Mark>[] = [
    { title: '#', cell: (mark) => String(timeline.marks.indexOf(mark) + 1), numeric: true, isHead: true },
    { title: 'When', cell: (mark) => moment(mark.at), nowrap: true },
    { title: 'What', cell: (mark) => `${text(titleCase(mark.kind))}: ${text(mark.message)}` },
    { title: 'Line', cell: (mark) => (mark.ref === null ? '' : reference(anchors, mark.ref.file, mark.ref.line)) },
  ];
  const phases = timeline.phases.length === 0 ? '' : `<p class="small soft">Phases: ${text(phaseWords(timeline))}</p>`;
  return `<figure class="chart"><figcaption>Mini-batches that ended, in stretches of ${formatDuration(timeline.bucketSeconds)}${timeline.progress.length > 1 ? '; above, how many were scheduled and processed' : ''}</figcaption>${legend(shown, timeline.progress)}${timelineSvg(timeline)}</figure>${phases}${table('What happened when', columns, timeline.marks)}${timeline.omittedMarks > 0 ? tail(`${formatCount(timeline.omittedMarks, 'later mark')} not listed.`) : ''}`;
}

function quotesSection(anchors: Anchors, report: Report): string {
  const quotes = report.quotes ?? [];
  return (
    quotes.map((quote) => quoteBlock(anchors, quote)).join('') +
    (report.omittedQuotes > 0 ? tail(`${formatCount(report.omittedQuotes, 'more quote')} not shown.`) : '')
  );
}

function resourcesSection(resources: NonNullable<Report['resources']>): string {
  const [first] = resources.series;
  const at = resources.at === null ? '' : `, marked at ${moment(resources.at)}`;
  const graphs = resources.series.map(
    (series) =>
      `<figure class="chart"><figcaption>${text(series.title)} <span class="soft">${text(series.pid === null ? 'of the node' : `of pid ${series.pid}`)}, at most ${text(formatMeasured(series.max, series.unit))}</span></figcaption>${resourceSvg(resources, series)}</figure>`,
  );
  return `<p>Node <span class="mono">${text(first?.node ?? '')}</span> around ${text(resources.around)}${at}.</p><div class="graphs">${graphs.join('')}</div>${resources.omittedSeries > 0 ? tail(`${formatCount(resources.omittedSeries, 'more series', 'more series')} of this node and process not drawn.`) : ''}`;
}

function stragglersSection(slow: NonNullable<Report['stragglers']>): string {
  type Attempt = (typeof slow.attempts)[number];
  type Node = (typeof slow.nodes)[number];
  const attempts: Column<Attempt>[] = [
    { title: 'Mini-batch', cell: (row) => text(row.miniBatchId), isHead: true },
    { title: 'Attempt', cell: (row) => formatNumber(row.attempt), numeric: true },
    { title: 'Took', cell: (row) => formatDuration(row.durationSeconds), numeric: true },
    { title: 'Times the median', cell: (row) => formatNumber(row.times, 1), numeric: true },
    { title: 'Because of', cell: (row) => text(row.cause === 'unknown' ? '–' : `its ${row.cause}`) },
    { title: 'Where', cell: (row) => text(whereOf(row).replace(/, mini-batch .*$/, '')) },
  ];
  const nodes: Column<Node>[] = [
    { title: 'Node', cell: (row) => text(row.node), isHead: true },
    { title: 'Attempts', cell: (row) => formatNumber(row.attempts), numeric: true },
    { title: 'Median', cell: (row) => formatDuration(row.medianSeconds), numeric: true },
    { title: 'Against all', cell: (row) => `${formatNumber(row.ratio, 2)}×${row.slow ? ' slow' : ''}`, numeric: true },
  ];
  const tailText =
    slow.tail === null
      ? ''
      : `<p>The last ${formatCount(slow.tail.miniBatches, 'mini-batch', 'mini-batches')} took ${formatDuration(slow.tail.seconds)}, ${formatNumber(slow.tail.shareOfRun * 100)} % of the run; workers were idle for ${formatDuration(slow.tail.idleWorkerSeconds)} in that time.</p>`;
  return `<p>An attempt took ${formatDuration(slow.medianSeconds)} in the median; ${slow.slowCount === 0 ? 'none was' : `${formatCount(slow.slowCount, 'attempt was', 'attempts were')}`} slow against the others.</p>${tailText}${table('Slow attempts', attempts, slow.attempts)}${slow.slowCount > slow.attempts.length ? tail(`${formatNumber(slow.slowCount - slow.attempts.length)} more slow attempts not listed.`) : ''}${table('Nodes by median attempt', nodes, slow.nodes)}${slow.omittedNodes > 0 ? tail(`${formatCount(slow.omittedNodes, 'faster node')} not listed.`) : ''}`;
}

function environmentSection(environment: NonNullable<Report['environment']>): string {
  type Node = (typeof environment.nodes)[number];
  type Setting = (typeof environment.settings)[number];
  const settings: Column<Setting>[] = [
    { title: 'Setting', cell: (row) => `<span class="mono">${text(row.name)}</span>`, isHead: true },
    { title: 'Value in the logs', cell: (row) => `<span class="mono">${text(row.value)}</span>` },
  ];
  const nodes: Column<Node>[] = [
    { title: 'Node', cell: (row) => text(row.node), isHead: true },
    { title: 'Processes', cell: (row) => formatNumber(row.processes), numeric: true },
    { title: 'Mini-batches', cell: (row) => formatNumber(row.miniBatches), numeric: true },
    { title: 'Failed', cell: (row) => formatNumber(row.failed), numeric: true },
  ];
  const generation =
    environment.generation === null
      ? ''
      : `<p class="soft small">Log layout: generation ${text(environment.generation)}</p>`;
  return `${generation}${environment.settings.length === 0 ? '<p>The logs give no settings.</p>' : table('Settings', settings, environment.settings)}${table('Nodes', nodes, environment.nodes)}${environment.omittedNodes > 0 ? tail(`${formatCount(environment.omittedNodes, 'more node')} not listed.`) : ''}`;
}

function missingSection(anchors: Anchors, missing: NonNullable<Report['missing']>): string {
  type Problem = (typeof missing.problems)[number];
  const items = missing.missing.map(
    (one) => `<div class="finding"><p>${text(one.message)}</p>${evidence(anchors, one.evidence)}</div>`,
  );
  const columns: Column<Problem>[] = [
    { title: 'Where', cell: (row) => (row.file === null ? '' : reference(anchors, row.file, row.line)), isHead: true },
    { title: 'What', cell: (row) => text(row.message) },
    { title: 'Times', cell: (row) => formatNumber(row.count), numeric: true },
  ];
  const problems =
    missing.problems.length === 0
      ? ''
      : `<h3>Could not be read or understood</h3>${table('Problems', columns, missing.problems)}${missing.omittedProblems > 0 ? tail(`${formatCount(missing.omittedProblems, 'more problem')} not listed.`) : ''}`;
  return `${items.length === 0 ? '<p>No expected evidence is missing from this download.</p>' : items.join('')}${problems}`;
}
