/**
 * The long sections of the HTML report: mini-batches, errors, and what the report says of itself.
 */

import { formatBytes, formatCount, formatDuration, formatNumber } from '../../contract/format.ts';
import type { Report } from '../../contract/report-model.ts';
import { type Anchors, type Column, quoteBlock, reference, table, tail, text } from './html-parts.ts';
import { moment, outcomeWords, roleWords, whereOf } from './words.ts';

type Batches = NonNullable<Report['batches']>;
type Signature = NonNullable<Report['signatures']>['rows'][number];

export function batchesSection(anchors: Anchors, batches: Batches): string {
  if (batches.total === 0) return '<p>None failed and none was retried.</p>';
  const ids = (list: readonly string[], omitted: number) =>
    `${list.map(text).join(', ')}${omitted > 0 ? ` and ${formatNumber(omitted)} more` : ''}`;
  const columns: Column<Batches['groups'][number]>[] = [
    {
      title: 'Ended',
      cell: (group) => `<span class="is-${group.status}">${outcomeWords[group.status]}</span>`,
      isHead: true,
      nowrap: true,
    },
    { title: 'Mini-batches', cell: (group) => formatNumber(group.count), numeric: true },
    { title: 'Retried', cell: (group) => formatNumber(group.retried), numeric: true },
    { title: 'Items failed', cell: (group) => formatNumber(group.failedItems), numeric: true },
    {
      title: 'What was said',
      cell: (group) => `${text(group.reason)}<div class="ids">${ids(group.miniBatchIds, group.omittedIds)}</div>`,
    },
    {
      title: 'First, last',
      cell: (group) =>
        group.firstAt === group.lastAt ? moment(group.firstAt) : `${moment(group.firstAt)}<br>${moment(group.lastAt)}`,
      nowrap: true,
    },
  ];
  const rest =
    batches.omittedGroups > 0
      ? tail(
          `${formatCount(batches.omittedGroups, 'smaller group')} with ${formatCount(batches.omittedInGroups, 'mini-batch', 'mini-batches')} not listed.`,
        )
      : '';
  const few =
    batches.rows.length === 0
      ? ''
      : `<h3>Attempts of ${batches.omittedRows > 0 ? 'some of them' : 'each'}</h3>${attemptsTable(anchors, batches.rows)}`;
  const more =
    batches.omittedRows > 0
      ? tail(
          `Shown in full: ${formatNumber(batches.rows.length)} of ${formatCount(batches.total, 'mini-batch', 'mini-batches')}, of each group those tried most often.`,
        )
      : '';
  return `<p>${formatCount(batches.total, 'mini-batch', 'mini-batches')} in ${formatCount(batches.groups.length + batches.omittedGroups, 'group')}.</p>${table('Groups of mini-batches', columns, batches.groups)}${rest}${few}${more}`;
}

/** Attempts under the mini-batch that they are of. */
function attemptsTable(anchors: Anchors, batches: Batches['rows']): string {
  const titles = ['Attempt', 'Ended', 'Took', 'Where', 'What was said'];
  const numeric = [true, false, true, false, false];
  const head = titles.map((title, k) => `<th scope="col"${numeric[k] ? ' class="num"' : ''}>${title}</th>`).join('');
  const bodies = batches.map((batch) => {
    const inputs = batch.inputs === null ? '' : ` <span class="ids mono">${text(batch.inputs)}</span>`;
    const rows = batch.attempts.map(
      (attempt) =>
        `<tr><td class="num">${formatNumber(attempt.attempt)}</td><td class="nowrap is-${attempt.outcome}">${outcomeWords[attempt.outcome]}</td><td class="num">${formatDuration(attempt.durationSeconds)}</td><td>${text(whereOf(attempt))}</td><td>${attempt.error === null ? '' : text(attempt.error)}${attempt.ref === null ? '' : `<div class="ids">${reference(anchors, attempt.ref.file, attempt.ref.line)}</div>`}</td></tr>`,
    );
    const more =
      batch.omittedAttempts > 0
        ? `<tr><td colspan="5" class="ids">${formatCount(batch.omittedAttempts, 'more attempt')}</td></tr>`
        : '';
    const none = batch.attempts.length === 0 ? '<tr><td colspan="5" class="ids">never picked up</td></tr>' : '';
    return `<tbody><tr class="group"><th colspan="5" scope="rowgroup">Mini-batch ${text(batch.miniBatchId)} <span class="is-${batch.status}">${outcomeWords[batch.status]}</span>${inputs}</th></tr>${rows.join('')}${more}${none}</tbody>`;
  });
  return `<div class="scroll" role="region" aria-label="Attempts" tabindex="0"><table><thead><tr>${head}</tr></thead>${bodies.join('')}</table></div>`;
}

export function signaturesSection(anchors: Anchors, signatures: NonNullable<Report['signatures']>): string {
  if (signatures.total === 0) return '<p>No error lines and no tracebacks.</p>';
  const parts = signatures.rows.map((signature) => signatureHtml(anchors, signature));
  const rest =
    signatures.omitted > 0
      ? tail(
          `${formatCount(signatures.omitted, 'more group')} with ${formatCount(signatures.omittedCount, 'line')} not shown.`,
        )
      : '';
  return `<p>${formatCount(signatures.total, 'group')}; the root cause’s first.</p>${parts.join('')}${rest}`;
}

function signatureHtml(anchors: Anchors, signature: Signature): string {
  const title = [signature.chain.at(-1), signature.template]
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
  const chain =
    signature.chain.length > 1
      ? `<p class="small">Exceptions, innermost first: <span class="mono">${signature.chain.map(text).join(' → ')}</span></p>`
      : '';
  const frames =
    signature.frames.length === 0
      ? ''
      : `<p class="small">Through <span class="mono">${signature.frames.map(text).join(' → ')}</span></p>`;
  const nodes = signature.nodes
    .slice(0, 6)
    .map(({ node, count }) => `${text(node ?? 'unknown')} (${formatNumber(count)})`);
  const where = `${formatCount(signature.nodeCount, 'node')}${nodes.length > 0 ? `: ${nodes.join(', ')}${signature.nodeCount > nodes.length ? ' …' : ''}` : ''}`;
  const ids =
    signature.miniBatchIds.length === 0
      ? ''
      : `, ${formatCount(signature.miniBatchCount, 'mini-batch', 'mini-batches')} (${signature.miniBatchIds.slice(0, 10).map(text).join(', ')}${signature.miniBatchCount > 10 ? ' …' : ''})`;
  const when =
    signature.firstAt === null
      ? ''
      : `, ${moment(signature.firstAt)}${signature.lastAt === signature.firstAt ? '' : ` to ${moment(signature.lastAt)}`}`;
  const variables = signature.variables
    .filter((variable) => variable.values.length > 0)
    .map(
      (variable) =>
        `<li><span class="mono">&lt;${text(variable.name)}&gt;</span> ${variable.distinct > 1 ? `${formatNumber(variable.distinct)} values: ` : ''}${variable.values.map(({ value, count }) => `<span class="mono">${text(value)}</span> (${formatNumber(count)})`).join(', ')}${variable.distinct > variable.values.length ? ' …' : ''}</li>`,
    );
  const reason = signature.roleReason === null ? '' : `<p class="small soft">${text(signature.roleReason)}</p>`;
  return `<div class="signature"><h3>${text(title)}</h3><p class="small soft">${roleWords[signature.role]} · ${formatCount(signature.count, 'line')}, ${formatCount(signature.occurrences, 'occurrence')} without copies · ${where}, ${formatCount(signature.processCount, 'process', 'processes')}${ids}${when} · <span class="mono">${text(signature.id)}</span></p>${reason}${chain}${frames}${variables.length === 0 ? '' : `<ul class="small soft">${variables.join('')}</ul>`}${quoteBlock(anchors, signature.example)}</div>`;
}

const kindWords = {
  secrets: 'Secrets: keys, tokens, passwords',
  emails: 'E-mail addresses',
  ids: 'Ids of subscription, tenant, workspace',
  users: 'User names in paths',
  ips: 'IP addresses',
} as const;

/** What was hidden, and the files that are quoted: where each reference leads. */
export function aboutSection(report: Report): string {
  const { redaction } = report;
  type Kind = (typeof redaction.kinds)[number];
  type File = Report['files'][number];
  const kinds: Column<Kind>[] = [
    { title: 'Hidden', cell: (row) => kindWords[row.kind], isHead: true },
    { title: 'Values', cell: (row) => (row.on ? formatNumber(row.values) : 'not hidden'), numeric: true },
    { title: 'Places', cell: (row) => (row.on ? formatNumber(row.places) : ''), numeric: true },
  ];
  const files: Column<File>[] = [
    { title: 'File', cell: (row) => `<span class="mono" id="f${row.index}">${text(row.file)}</span>`, isHead: true },
    { title: 'Lines', cell: (row) => formatNumber(row.lines), numeric: true },
    { title: 'Size', cell: (row) => formatBytes(row.bytes), numeric: true },
    { title: 'No.', cell: (row) => formatNumber(row.index + 1), numeric: true },
  ];
  const said = redaction.on
    ? '<p>Each hidden value has one name throughout, such as <span class="mono">ip-1</span>.</p>'
    : '<p><strong>Nothing was hidden in this report, by choice.</strong></p>';
  return `${said}${redaction.on ? table('What was hidden', kinds, redaction.kinds) : ''}<h3>Quoted files</h3><p>A reference is <span class="mono">path:LINE</span>, from the root of the run. Who has the logs finds a line again with <span class="mono">postrun open REPORT --source PATH</span>; the number of a file counts all files of the run by path.</p>${table('Quoted files', files, report.files)}`;
}
