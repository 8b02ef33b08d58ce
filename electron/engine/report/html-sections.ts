/**
 * The long sections of the HTML report: mini-batches, errors, slow attempts, and facts about the
 * report itself.
 */
import { formatBytes, formatCount, formatDuration, formatNumber } from '../../contract/format.ts';
import type { Report } from '../../contract/report-model.ts';
import { type Anchors, type Column, quoteBlock, reference, scrolling, table, tail } from './html-parts.ts';
import { type Html, html, joined, type Part } from './html-template.ts';
import { moment, outcomeWords, roleWords, whereOf } from './words.ts';

type Batches = NonNullable<Report['batches']>;
type Signature = NonNullable<Report['signatures']>['rows'][number];

const countBatches = (count: number) => formatCount(count, 'mini-batch', 'mini-batches');

export function batchesSection(anchors: Anchors, batches: Batches): Html {
  if (batches.total === 0) return html`<p>None failed and none was retried.</p>`;
  const { omittedGroups, omittedInGroups, omittedRows, rows, total } = batches;
  const groups = formatCount(batches.groups.length + omittedGroups, 'group');
  const rest = `${formatCount(omittedGroups, 'smaller group')} with ${countBatches(omittedInGroups)} not listed.`;
  const shown = `Shown in full: ${formatNumber(rows.length)} of ${countBatches(total)}, of each group those tried most often.`;
  const attempts = html`
    <h3>Attempts of ${omittedRows > 0 ? 'some of them' : 'each'}</h3>
    ${attemptsTable(anchors, rows)}`;
  return html`
    <p>${countBatches(total)} in ${groups}.</p>
    ${table('Groups of mini-batches', groupColumns, batches.groups)}
    ${omittedGroups > 0 ? tail(rest) : ''}
    ${rows.length === 0 ? '' : attempts}
    ${omittedRows > 0 ? tail(shown) : ''}`;
}

const groupColumns: Column<Batches['groups'][number]>[] = [
  {
    title: 'Ended',
    cell: (group) => html`<span class="is-${group.status}">${outcomeWords[group.status]}</span>`,
    isHead: true,
    nowrap: true,
  },
  { title: 'Mini-batches', cell: (group) => formatNumber(group.count), numeric: true },
  { title: 'Retried', cell: (group) => formatNumber(group.retried), numeric: true },
  { title: 'Items failed', cell: (group) => formatNumber(group.failedItems), numeric: true },
  {
    title: 'What was said',
    cell: (group) => {
      const more = group.omittedIds > 0 ? ` and ${formatNumber(group.omittedIds)} more` : '';
      return html`${group.reason}<div class="ids">${joined(group.miniBatchIds, ', ')}${more}</div>`;
    },
  },
  {
    title: 'First, last',
    cell: (group) =>
      group.firstAt === group.lastAt
        ? moment(group.firstAt)
        : html`${moment(group.firstAt)}<br>${moment(group.lastAt)}`,
    nowrap: true,
  },
];

/** Renders attempts under their mini-batch. */
function attemptsTable(anchors: Anchors, batches: Batches['rows']): Html {
  const titles = ['Attempt', 'Ended', 'Took', 'Where', 'What was said'];
  const numeric = [true, false, true, false, false];
  const head = titles.map((title, k) => html`<th scope="col"${numeric[k] ? html` class="num"` : ''}>${title}</th>`);
  const bodies = batches.map((batch) => {
    const inputs = batch.inputs === null ? '' : html` <span class="ids mono">${batch.inputs}</span>`;
    const status = html`<span class="is-${batch.status}">${outcomeWords[batch.status]}</span>`;
    const more = formatCount(batch.omittedAttempts, 'more attempt');
    return html`
      <tbody>
        <tr class="group">
          <th colspan="5" scope="rowgroup">Mini-batch ${batch.miniBatchId} ${status}${inputs}</th>
        </tr>
        ${batch.attempts.map((attempt) => attemptRow(anchors, attempt))}
        ${batch.omittedAttempts > 0 ? html`<tr><td colspan="5" class="ids">${more}</td></tr>` : ''}
        ${batch.attempts.length === 0 ? html`<tr><td colspan="5" class="ids">never picked up</td></tr>` : ''}
      </tbody>`;
  });
  return scrolling('Attempts', html`<table><thead><tr>${head}</tr></thead>${bodies}</table>`);
}

function attemptRow(anchors: Anchors, attempt: Batches['rows'][number]['attempts'][number]): Html {
  const { ref } = attempt;
  const place = ref === null ? '' : html`<div class="ids">${reference(anchors, ref.file, ref.line)}</div>`;
  return html`
    <tr>
      <td class="num">${formatNumber(attempt.attempt)}</td>
      <td class="nowrap is-${attempt.outcome}">${outcomeWords[attempt.outcome]}</td>
      <td class="num">${formatDuration(attempt.durationSeconds)}</td>
      <td>${whereOf(attempt)}</td>
      <td>${attempt.error ?? ''}${place}</td>
    </tr>`;
}

export function signaturesSection(anchors: Anchors, signatures: NonNullable<Report['signatures']>): Html {
  if (signatures.total === 0) return html`<p>No error lines and no tracebacks.</p>`;
  const { omitted, omittedCount, total } = signatures;
  const rest = `${formatCount(omitted, 'more group')} with ${formatCount(omittedCount, 'line')} not shown.`;
  return html`
    <p>${formatCount(total, 'group')}; the root cause’s first.</p>
    ${signatures.rows.map((signature) => signatureHtml(anchors, signature))}
    ${omitted > 0 ? tail(rest) : ''}`;
}

const mono = (words: Part) => html`<span class="mono">${words}</span>`;

function signatureHtml(anchors: Anchors, signature: Signature): Html {
  const { chain, frames } = signature;
  const title = [chain.at(-1), signature.template].filter((part) => part !== undefined && part !== '').join(': ');
  const variables = signature.variables.filter((variable) => variable.values.length > 0).map(variableItem);
  const reason = signature.roleReason === null ? '' : html`<p class="small soft">${signature.roleReason}</p>`;
  const causes = html`<p class="small">Exceptions, innermost first: ${mono(chain.join(' → '))}</p>`;
  return html`
    <div class="signature">
      <h3>${title}</h3>
      <p class="small soft">${signatureFacts(signature)}</p>
      ${reason}
      ${chain.length > 1 ? causes : ''}
      ${frames.length === 0 ? '' : html`<p class="small">Through ${mono(frames.join(' → '))}</p>`}
      ${variables.length === 0 ? '' : html`<ul class="small soft">${variables}</ul>`}
      ${quoteBlock(anchors, signature.example)}
    </div>`;
}

/** Renders how often, where and when a signature occurred, and its id. */
function signatureFacts(signature: Signature): Part {
  const { nodeCount, nodes, miniBatchCount, miniBatchIds, firstAt, lastAt } = signature;
  const named = nodes.slice(0, 6).map(({ node, count }) => `${node ?? 'unknown'} (${formatNumber(count)})`);
  const ofNodes = named.length === 0 ? '' : `: ${named.join(', ')}${nodeCount > named.length ? ' …' : ''}`;
  const ids = `${miniBatchIds.slice(0, 10).join(', ')}${miniBatchCount > 10 ? ' …' : ''}`;
  const until = lastAt === firstAt ? '' : ` to ${moment(lastAt)}`;
  const facts = [
    roleWords[signature.role],
    `${formatCount(signature.count, 'line')}, ${formatCount(signature.occurrences, 'occurrence')} without copies`,
    `${formatCount(nodeCount, 'node')}${ofNodes}, ${formatCount(signature.processCount, 'process', 'processes')}`,
  ].join(' · ');
  return [
    facts,
    miniBatchIds.length === 0 ? '' : `, ${countBatches(miniBatchCount)} (${ids})`,
    firstAt === null ? '' : `, ${moment(firstAt)}${until}`,
    html` · ${mono(signature.id)}`,
  ];
}

function variableItem({ name, values, distinct }: Signature['variables'][number]): Html {
  const counted = distinct > 1 ? `${formatNumber(distinct)} values: ` : '';
  const list = joined(
    values.map(({ value, count }) => html`${mono(value)} (${formatNumber(count)})`),
    ', ',
  );
  return html`<li>${mono(`<${name}>`)} ${counted}${list}${distinct > values.length ? ' …' : ''}</li>`;
}

type Stragglers = NonNullable<Report['stragglers']>;

const slowAttemptColumns: Column<Stragglers['attempts'][number]>[] = [
  { title: 'Mini-batch', cell: (row) => row.miniBatchId, isHead: true },
  { title: 'Attempt', cell: (row) => formatNumber(row.attempt), numeric: true },
  { title: 'Took', cell: (row) => formatDuration(row.durationSeconds), numeric: true },
  { title: 'Times the median', cell: (row) => formatNumber(row.times, 1), numeric: true },
  { title: 'Because of', cell: (row) => (row.cause === 'unknown' ? '–' : `its ${row.cause}`) },
  { title: 'Where', cell: (row) => whereOf(row).replace(/, mini-batch .*$/, '') },
];

const slowNodeColumns: Column<Stragglers['nodes'][number]>[] = [
  { title: 'Node', cell: (row) => row.node, isHead: true },
  { title: 'Attempts', cell: (row) => formatNumber(row.attempts), numeric: true },
  { title: 'Median', cell: (row) => formatDuration(row.medianSeconds), numeric: true },
  { title: 'Against all', cell: (row) => `${formatNumber(row.ratio, 2)}×${row.slow ? ' slow' : ''}`, numeric: true },
];

export function stragglersSection(slow: Stragglers): Html {
  const { attempts, nodes, omittedNodes, slowCount } = slow;
  const count = slowCount === 0 ? 'none was' : formatCount(slowCount, 'attempt was', 'attempts were');
  const more = `${formatNumber(slowCount - attempts.length)} more slow attempts not listed.`;
  return html`
    <p>An attempt took ${formatDuration(slow.medianSeconds)} in the median; ${count} slow against the others.</p>
    ${slow.tail === null ? '' : tailPart(slow.tail)}
    ${table('Slow attempts', slowAttemptColumns, attempts)}
    ${slowCount > attempts.length ? tail(more) : ''}
    ${table('Nodes by median attempt', slowNodeColumns, nodes)}
    ${omittedNodes > 0 ? tail(`${formatCount(omittedNodes, 'faster node')} not listed.`) : ''}`;
}

function tailPart({ miniBatches, seconds, shareOfRun, idleWorkerSeconds }: NonNullable<Stragglers['tail']>): Html {
  const last = `The last ${formatCount(miniBatches, 'mini-batch', 'mini-batches')} took ${formatDuration(seconds)}`;
  const idle = `workers were idle for ${formatDuration(idleWorkerSeconds)} in that time`;
  return html`<p>${last}, ${formatNumber(shareOfRun * 100)} % of the run; ${idle}.</p>`;
}

const kindWords = {
  secrets: 'Secrets: keys, tokens, passwords',
  emails: 'E-mail addresses',
  ids: 'Ids of subscription, tenant, workspace',
  users: 'User names in paths',
  ips: 'IP addresses',
} as const;

/** Renders what was hidden, and the quoted files that references lead to. */
export function aboutSection(report: Report): Html {
  const { redaction } = report;
  type Kind = (typeof redaction.kinds)[number];
  type File = Report['files'][number];
  const kinds: Column<Kind>[] = [
    { title: 'Hidden', cell: (row) => kindWords[row.kind], isHead: true },
    { title: 'Values', cell: (row) => (row.on ? formatNumber(row.values) : 'not hidden'), numeric: true },
    { title: 'Places', cell: (row) => (row.on ? formatNumber(row.places) : ''), numeric: true },
  ];
  const files: Column<File>[] = [
    { title: 'File', cell: (row) => html`<span class="mono" id="f${row.index}">${row.file}</span>`, isHead: true },
    { title: 'Lines', cell: (row) => formatNumber(row.lines), numeric: true },
    { title: 'Size', cell: (row) => formatBytes(row.bytes), numeric: true },
    { title: 'No.', cell: (row) => formatNumber(row.index + 1), numeric: true },
  ];
  const said = redaction.on
    ? html`<p>Each hidden value has one name throughout, such as ${mono('ip-1')}.</p>`
    : html`<p><strong>Nothing was hidden in this report, by choice.</strong></p>`;
  const command = mono('postrun open REPORT --source PATH');
  const reading = html`
    <p>A reference is ${mono('path:LINE')}, from the root of the run. Who has the logs finds a line again with ${''}
    ${command}; the number of a file counts all files of the run by path.</p>`;
  return html`
    ${said}
    ${redaction.on ? table('What was hidden', kinds, redaction.kinds) : ''}
    <h3>Quoted files</h3>
    ${reading}
    ${table('Quoted files', files, report.files)}`;
}
