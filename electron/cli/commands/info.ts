/** The command `info` tells how the run ended, why, and where to start. */
import type { Command } from 'commander';
import { formatBytes, formatCount, formatDuration, formatNumber } from '../../contract/format.ts';
import { formatDateTime } from '../../contract/format-time.ts';
import type { LineRef } from '../../contract/line-records.ts';
import type { RunInfo } from '../../contract/run-info.ts';
import { addCaseOptions } from '../case-options.ts';
import { exitStatus } from '../io.ts';
import { infoJson } from '../json.ts';
import { showControls } from '../output.ts';
import type { RunCommand } from '../run-command.ts';
import { type CaseOptions, withCase } from '../session.ts';
import { formatTable } from '../table.ts';

export function addInfoCommand(program: Command, run: RunCommand): void {
  addCaseOptions(program.command('info').argument('<path>', 'a folder, a .zip or a case'), { csv: false })
    .description('tell how the run ended, what came first, and where to start looking')
    .action((path: string, options: CaseOptions) =>
      run(({ io, out }) =>
        withCase(io, out, path, options, async ({ client, caseId }) => {
          const info = await client.call('run.info', { caseId });
          await out.write(options.json ? `${JSON.stringify(infoJson(info), null, 2)}\n` : formatInfo(info));
          return exitStatus.done;
        }),
      ),
    );
}

const evidenceShown = 3;

const overriddenShown = 2;

/**
 * Selects the deciding testimony and the first few that it overrode, which the list has at its
 * head.
 */
function isWeighed(told: RunInfo['testimony'][number], index: number): boolean {
  return told.decided || (told.overridden && index <= overriddenShown);
}

/** Formats the run as one screen of text. */
function formatInfo(info: RunInfo): string {
  const { miniBatches: batches, items } = info;
  const refs = (list: LineRef[]) =>
    list.slice(0, evidenceShown).map(({ file, line, text }) => ['', `${file}:${line}: ${text.trim()}`]);
  const took = info.durationSeconds === null ? '' : `, took ${formatDuration(info.durationSeconds)}`;
  const threshold = items.errorThreshold === null ? '' : ` (error threshold ${items.errorThreshold})`;
  const rows: string[][] = [
    ['Run', info.name],
    ['Source', info.source + (info.generation === null ? '' : ` (generation ${info.generation})`)],
    ['Status', info.status + (info.message === null ? '' : `: ${firstLine(info.message)}`)],
    ['Time', `${formatDateTime(info.startUs, 'utc')} to ${formatDateTime(info.endUs, 'utc')} UTC${took}`],
    [
      'Mini-batches',
      `${formatNumber(batches.processed)} of ${formatNumber(batches.total)} processed: ` +
        `${formatNumber(batches.succeeded)} succeeded, ${formatNumber(batches.failed)} failed, ` +
        `${formatNumber(batches.unfinished)} unfinished, ${formatNumber(batches.retried)} retried`,
    ],
    [
      'Items',
      `${formatNumber(items.total)}: ${formatNumber(items.succeeded)} succeeded, ${formatNumber(items.failed)} failed${threshold}`,
    ],
    ['Logs', `${formatCount(info.files, 'file')}, ${formatCount(info.lines, 'line')}, ${formatBytes(info.bytes)}`],
  ];
  if (info.problems > 0) rows.push(['Problems', `${formatNumber(info.problems)}, see postrun problems`]);
  for (const { decided, overridden, witness, claims, message, ref } of info.testimony.filter(isWeighed)) {
    const how = decided ? 'Decided by' : overridden ? 'Overridden' : '';
    rows.push(
      [how, `${witness.replace('_', ' ')} says ${claims}: ${firstLine(message)}`],
      ['', `${ref.file}:${ref.line}`],
    );
  }
  if (info.firstCause !== null) {
    const { kind, confidence, message, node, pid, miniBatchId, evidence, frame, item, nextStep } = info.firstCause;
    const whereParts = [
      node === null ? '' : `node ${node}`,
      pid === null ? '' : `pid ${pid}`,
      miniBatchId === null ? '' : `mini-batch ${miniBatchId}`,
    ].filter((part) => part !== '');
    rows.push(['Root cause', `${kind} (${confidence}): ${firstLine(message)}`]);
    if (whereParts.length > 0) rows.push(['', whereParts.join(', ')]);
    if (item !== null) rows.push(['', `input ${item}`]);
    if (frame !== null) {
      const code = frame.code === null ? '' : `: ${frame.code}`;
      rows.push(['', `${frame.file}:${frame.line} in ${frame.function}()${code}`]);
    }
    if (nextStep !== null) rows.push(['Next step', nextStep]);
    rows.push(...refs(evidence));
  }
  if (info.startHere.length > 0) rows.push(['Start here', ''], ...refs(info.startHere));
  for (const { kind, confidence, message, evidence, isObservation } of info.findings) {
    rows.push(
      [isObservation ? 'Observation' : 'Finding', `${kind} (${confidence}): ${firstLine(message)}`],
      ...refs(evidence),
    );
  }
  const lines = rows.map(([title = '', text = '']) => `${title.padEnd(13)} ${showControls(text)}`.trimEnd());
  const nodes = formatTable(
    [
      { title: 'NODE', text: (row) => row.node },
      { title: 'PROCESSES', text: (row) => formatNumber(row.processes), right: true },
      { title: 'MINI-BATCHES', text: (row) => formatNumber(row.miniBatches), right: true },
      { title: 'FAILED', text: (row) => formatNumber(row.failed), right: true },
    ],
    info.nodes,
  );
  return `${lines.join('\n')}\n${info.nodes.length > 0 ? `\n${nodes}` : ''}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
