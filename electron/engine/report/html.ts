/**
 * Writes a report as one HTML file that opens anywhere without a network, runs nothing, and prints.
 * Its own policy allows the one style sheet (by its hash) and nothing else.
 */
import { createHash } from 'node:crypto';
import { type Outcome, outcomes } from '../../contract/batch-records.ts';
import { formatBytes, formatCount, formatDuration, formatMeasured, formatNumber } from '../../contract/format.ts';
import type { Report } from '../../contract/report-model.ts';
import { type Anchors, type Column, evidence, quoteBlock, reference, table, tail } from './html-parts.ts';
import { aboutSection, batchesSection, signaturesSection, stragglersSection } from './html-sections.ts';
import { reportStyle } from './html-style.ts';
import { type Html, html, joined, type Part, unescaped, visible } from './html-template.ts';
import { legend, phaseWords, resourceSvg, timelineSvg } from './svg.ts';
import { moment, sectionTitles, sentenceOf, statusWords, titleCase, whereOf } from './words.ts';

const styleHash = createHash('sha256').update(reportStyle).digest('base64');
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

/** A line break in the file where it does not show on the page. */
const LINE = unescaped('\n');

/** Returns the whole document. */
export function reportHtml(report: Report): string {
  const head = html`
    <meta http-equiv="Content-Security-Policy" content="${unescaped(policy)}">
    ${LINE}
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    ${LINE}
    <meta name="generator" content="Postrun ${report.madeBy.version}">
    ${LINE}
    <title>${visible(report.title)}</title>
    ${LINE}
    <style>${unescaped(reportStyle)}</style>`;
  return String(html`
    <!DOCTYPE html>
    ${LINE}
    <html lang="en"><head><meta charset="utf-8">
    ${LINE}
    ${head}</head>
    ${LINE}
    <body>${reportBody(report)}</body></html>
    ${LINE}`);
}

interface Section {
  id: keyof typeof sectionTitles;
  content: Part;
}

/** Returns the content of the body. */
function reportBody(report: Report): Html {
  const sections = sectionsOf(report);
  const contents = sections.map(({ id }) => html`<li><a href="#${id}">${sectionTitles[id]}</a></li>`);
  const body = sections.map(
    ({ id, content }) => html`<section id="${id}"><h2>${sectionTitles[id]}</h2>${content}</section>`,
  );
  const clock =
    report.clock === 'aligned'
      ? unescaped(", on the master's clock where a node's is known to differ; quoted lines keep their own")
      : '';
  return html`
    <main class="report">
      ${header(report)}
      <nav aria-label="Contents"><ul class="contents">${contents}</ul></nav>
      ${joined(body, LINE)}
      ${LINE}
      <footer>
        <p>Made by Postrun ${report.madeBy.version} on ${moment(report.madeAt)}. Times are UTC${clock}.</p>
      </footer>
    </main>`;
}

/** Returns the sections of the report in order. */
function sectionsOf(report: Report): Section[] {
  const anchors: Anchors = new Map(report.files.map(({ file, index }) => [file, index]));
  const sections: Section[] = [];
  const add = <Data>(id: Section['id'], data: Data | null, content: (data: Data) => Part) => {
    if (data !== null) sections.push({ id, content: content(data) });
  };
  add('verdict', report.verdict, (verdict) => verdictSection(anchors, verdict));
  add('notes', report.notes, (notes) => html`<div class="notes">${inLines(notes, LINE)}</div>`);
  add('counts', report.counts, countsSection);
  add('timeline', report.timeline, (timeline) => timelineSection(anchors, timeline));
  add('batches', report.batches, (batches) => batchesSection(anchors, batches));
  add('signatures', report.signatures, (signatures) => signaturesSection(anchors, signatures));
  if (report.quotes !== null && report.quotes.length > 0)
    add('quotes', report.quotes, (quotes) => quotesSection(anchors, quotes, report.omittedQuotes));
  add('resources', report.resources, resourcesSection);
  add('stragglers', report.stragglers, stragglersSection);
  add('environment', report.environment, environmentSection);
  add('missing', report.missing, (missing) => missingSection(anchors, missing));
  add('about', report, aboutSection);
  return sections;
}

function header(report: Report): Html {
  const { verdict, run, scope } = report;
  const lead = (told: NonNullable<Report['verdict']>) => {
    const status = html`<span class="status status--${told.status}">${statusWords[told.status]}</span>`;
    return html`<p class="lead">${status} ${sentenceOf(told)}</p>`;
  };
  const source = run.root === '' ? run.source : `${run.source} › ${run.root}`;
  const about = html`Failure report of ${scope.label} · logs: <span class="mono">${source}</span>`;
  return html`
    <header>
      <h1>${report.title}</h1>
      <p class="soft small">${about}</p>
      ${verdict === null ? '' : lead(verdict)}
    </header>`;
}

/** Keeps line breaks and interprets nothing else in the text. */
const inLines = (value: string, between: Part) => joined(value.trim().split('\n'), between);
const BREAK = html`<br>`;
const placeOf = ({ file, line }: { file: string; line: number | null }) => `${file}:${line}`;

type Verdict = NonNullable<Report['verdict']>;

function verdictSection(anchors: Anchors, verdict: Verdict): Html {
  const { findings, firstCause: cause, message } = verdict;
  const facts = [
    ['Started', moment(verdict.startedAt)],
    ['Ended', moment(verdict.endedAt)],
    ['Took', formatDuration(verdict.durationSeconds)],
  ].map(([name = '', value = '']) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  const evident = new Set(cause?.evidence.map(placeOf) ?? []);
  const start = verdict.startHere.filter((line) => !evident.has(placeOf(line)));
  const found = findings.map((finding) => {
    const confidence = html`<span class="soft small">(${finding.confidence})</span>`;
    const said = html`<p>${inLines(finding.message, BREAK)} ${confidence}</p>`;
    return html`<div class="finding">${said}${evidence(anchors, finding.evidence)}</div>`;
  });
  return html`
    <dl class="facts facts--times">${facts}</dl>
    ${cause === null ? html`<p>No cause was found in the logs.</p>` : causePart(anchors, cause)}
    ${message === null ? '' : html`<p>In its own words: ${inLines(message, BREAK)}</p>`}
    ${start.length === 0 ? '' : html`<h3>Where to start looking</h3>${evidence(anchors, start)}`}
    ${findings.length === 0 ? '' : html`<h3>What else was found</h3>${found}`}`;
}

function causePart(anchors: Anchors, cause: NonNullable<Verdict['firstCause']>): Html {
  const { quote } = cause;
  const quoted = new Set(quote?.lines.map(placeOf) ?? []);
  const where = [whereOf(cause), cause.at === null ? '' : moment(cause.at)].filter((part) => part !== '').join(' · ');
  const rest = cause.evidence.filter((line) => !quoted.has(placeOf(line)));
  return html`
    <div class="cause">
      <h3>Root cause (${cause.confidence})</h3>
      <p>${inLines(cause.message, BREAK)}</p>
      <p class="small">${where}</p>
    </div>
    ${quote === null || quote.lines.length < 2 ? '' : quoteBlock(anchors, quote)}
    <h3>${quoted.size > 1 ? 'Told also by' : 'It rests on'}</h3>
    ${evidence(anchors, rest)}`;
}

function countsSection(counts: NonNullable<Report['counts']>): Html {
  const { miniBatches: batches, items } = counts;
  const { succeeded, errorThreshold } = items;
  const fact = (name: string, value: string, small = '') =>
    html`<div><dt>${name}</dt><dd>${value}${small === '' ? '' : html`<small>${small}</small>`}</dd></div>`;
  const facts = [
    fact('Mini-batches', formatNumber(batches.total), `${formatNumber(batches.processed)} processed`),
    fact('Succeeded', formatNumber(batches.succeeded)),
    fact('Failed', formatNumber(batches.failed)),
    fact('Unfinished', formatNumber(batches.unfinished)),
    fact('Retried', formatNumber(batches.retried)),
    fact('Items', formatNumber(items.total), succeeded === null ? '' : `${formatNumber(succeeded)} succeeded`),
    fact(
      'Items failed',
      formatNumber(items.failed),
      errorThreshold === null ? '' : `threshold ${formatNumber(errorThreshold)}`,
    ),
    fact('Nodes', formatNumber(counts.nodes), formatCount(counts.processes, 'process', 'processes')),
    fact(
      'Logs',
      formatCount(counts.files, 'file'),
      `${formatCount(counts.lines, 'line')}, ${formatBytes(counts.bytes)}`,
    ),
    fact('Error lines', formatNumber(counts.errorLines)),
  ];
  return html`<dl class="facts">${facts}</dl>`;
}

function timelineSection(anchors: Anchors, timeline: NonNullable<Report['timeline']>): Html {
  const shown = outcomes.filter((_: Outcome, code) => timeline.ended.some((counts) => (counts[code] ?? 0) > 0));
  type Mark = (typeof timeline.marks)[number];
  const columns: Column<Mark>[] = [
    { title: '#', cell: (mark) => String(timeline.marks.indexOf(mark) + 1), numeric: true, isHead: true },
    { title: 'When', cell: (mark) => moment(mark.at), nowrap: true },
    { title: 'What', cell: (mark) => `${titleCase(mark.kind)}: ${mark.message}` },
    { title: 'Line', cell: (mark) => (mark.ref === null ? '' : reference(anchors, mark.ref.file, mark.ref.line)) },
  ];
  const { omittedMarks, phases, progress } = timeline;
  const above = progress.length > 1 ? '; above, how many were scheduled and processed' : '';
  const caption = `Mini-batches that ended, in stretches of ${formatDuration(timeline.bucketSeconds)}${above}`;
  return html`
    <figure class="chart">
      <figcaption>${caption}</figcaption>
      ${legend(shown, progress)}
      ${timelineSvg(timeline)}
    </figure>
    ${phases.length === 0 ? '' : html`<p class="small soft">Phases: ${phaseWords(timeline)}</p>`}
    ${table('What happened when', columns, timeline.marks)}
    ${omittedMarks > 0 ? tail(`${formatCount(omittedMarks, 'later mark')} not listed.`) : ''}`;
}

function quotesSection(anchors: Anchors, quotes: NonNullable<Report['quotes']>, omitted: number): Html {
  const rest = omitted > 0 ? tail(`${formatCount(omitted, 'more quote')} not shown.`) : '';
  return html`${quotes.map((quote) => quoteBlock(anchors, quote))}${rest}`;
}

function resourcesSection(resources: NonNullable<Report['resources']>): Html {
  const [first] = resources.series;
  const { omittedSeries } = resources;
  const at = resources.at === null ? '' : `, marked at ${moment(resources.at)}`;
  const graphs = resources.series.map((series) => {
    const owner = series.pid === null ? 'of the node' : `of pid ${series.pid}`;
    const words = `${owner}, at most ${formatMeasured(series.max, series.unit)}`;
    return html`
      <figure class="chart">
        <figcaption>${series.title} <span class="soft">${words}</span></figcaption>
        ${resourceSvg(resources, series)}
      </figure>`;
  });
  const rest = `${formatCount(omittedSeries, 'more series', 'more series')} of this node and process not drawn.`;
  return html`
    <p>Node <span class="mono">${first?.node ?? ''}</span> around ${resources.around}${at}.</p>
    <div class="graphs">${graphs}</div>
    ${omittedSeries > 0 ? tail(rest) : ''}`;
}

function environmentSection(environment: NonNullable<Report['environment']>): Html {
  type Node = (typeof environment.nodes)[number];
  type Setting = (typeof environment.settings)[number];
  const settings: Column<Setting>[] = [
    { title: 'Setting', cell: (row) => html`<span class="mono">${row.name}</span>`, isHead: true },
    { title: 'Value in the logs', cell: (row) => html`<span class="mono">${row.value}</span>` },
  ];
  const nodes: Column<Node>[] = [
    { title: 'Node', cell: (row) => row.node, isHead: true },
    { title: 'Processes', cell: (row) => formatNumber(row.processes), numeric: true },
    { title: 'Mini-batches', cell: (row) => formatNumber(row.miniBatches), numeric: true },
    { title: 'Failed', cell: (row) => formatNumber(row.failed), numeric: true },
  ];
  const { generation, omittedNodes } = environment;
  const none = html`<p>The logs give no settings.</p>`;
  return html`
    ${generation === null ? '' : html`<p class="soft small">Log layout: generation ${generation}</p>`}
    ${environment.settings.length === 0 ? none : table('Settings', settings, environment.settings)}
    ${table('Nodes', nodes, environment.nodes)}
    ${omittedNodes > 0 ? tail(`${formatCount(omittedNodes, 'more node')} not listed.`) : ''}`;
}

function missingSection(anchors: Anchors, missing: NonNullable<Report['missing']>): Html {
  type Problem = (typeof missing.problems)[number];
  const { omittedProblems, problems } = missing;
  const items = missing.missing.map(
    (one) => html`<div class="finding"><p>${one.message}</p>${evidence(anchors, one.evidence)}</div>`,
  );
  const columns: Column<Problem>[] = [
    { title: 'Where', cell: (row) => (row.file === null ? '' : reference(anchors, row.file, row.line)), isHead: true },
    { title: 'What', cell: (row) => row.message },
    { title: 'Times', cell: (row) => formatNumber(row.count), numeric: true },
  ];
  const unread = html`
    <h3>Could not be read or understood</h3>
    ${table('Problems', columns, problems)}
    ${omittedProblems > 0 ? tail(`${formatCount(omittedProblems, 'more problem')} not listed.`) : ''}`;
  const none = html`<p>No expected evidence is missing from this download.</p>`;
  return html`${items.length === 0 ? none : items}${problems.length === 0 ? '' : unread}`;
}
