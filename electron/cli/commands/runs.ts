/** The command `runs` prints one row for each run below some folders. */
import type { Command } from 'commander';
import { toErrorInfo } from '../../contract/errors.ts';
import { formatBytes, formatDuration, formatNumber } from '../../contract/format.ts';
import { isoTime } from '../../contract/json-values.ts';
import type { RunSummary } from '../../contract/runs-records.ts';
import { addCaseOptions } from '../case-options.ts';
import { errorLine } from '../errors.ts';
import { exitStatus } from '../io.ts';
import { printRows, type RowPrinter } from '../print-rows.ts';
import type { RunCommand } from '../run-command.ts';
import { type CaseOptions, withEngine } from '../session.ts';

const help = `
Finds every run below the folders (logs of a run, archives of logs), indexes those that are new, and prints one row each. Runs with the same fingerprint
ended in the same way for the same cause. What cannot be opened is told on standard error; the exit status is then 2.

Examples:
  postrun runs ~/downloads
  postrun runs /data/runs --json | jq '.[] | select(.status == "failed") | .fingerprint' | sort | uniq -c`;

export function addRunsCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('runs')
    .argument('<dir...>', 'folders with runs below them')
    .description('one row for each run below folders');
  addCaseOptions(command, { csv: true })
    .addHelpText('after', help)
    .action((paths: string[], options: CaseOptions) =>
      run(({ io, out }) =>
        withEngine(io, options, async ({ client, open, signal }) => {
          const found = await client.call('runs.find', { paths }, { signal });
          const rows: RunSummary[] = [];
          let failed = 0;
          for (const { path } of found) {
            signal.throwIfAborted();
            try {
              for (const opened of await open(path)) {
                rows.push(await client.call('runs.summary', { caseId: opened.caseId }, { signal }));
                await client.call('case.close', { caseId: opened.caseId });
              }
            } catch (error) {
              if (signal.aborted) throw error;
              failed++;
              const info = toErrorInfo(error);
              io.stderr.write(`${errorLine({ ...info, where: info.where ?? path })}\n`);
            }
          }
          rows.sort((a, b) => (a.startUs ?? Number.MAX_VALUE) - (b.startUs ?? Number.MAX_VALUE));
          await printRows(out, options, runPrinter, [rows]);
          return failed > 0 ? exitStatus.error : exitStatus.done;
        }),
      ),
    );
}

const number = (value: number | null) => (value === null ? '' : formatNumber(value));

const runPrinter: RowPrinter<RunSummary> = {
  json: (row) => ({
    path: row.path,
    root: row.root,
    run: row.run,
    name: row.name,
    status: row.status,
    firstCause: row.firstCause,
    fingerprint: row.fingerprint,
    startedAt: isoTime(row.startUs),
    durationSeconds: row.durationSeconds,
    throughput: row.throughput,
    nodes: row.nodes,
    processes: row.processes,
    miniBatches: row.miniBatches,
    items: row.items,
    bytes: row.bytes,
    lines: row.lines,
  }),
  csvColumns: [
    'path',
    'root',
    'run',
    'status',
    'firstCause',
    'fingerprint',
    'startedAt',
    'durationSeconds',
    'throughput',
    'nodes',
    'processes',
    'miniBatches',
    'items',
    'bytes',
  ],
  columns: [
    { title: 'RUN', text: (row) => row.run },
    { title: 'STATUS', text: (row) => row.status },
    { title: 'STARTED', text: (row) => isoTime(row.startUs) ?? '' },
    { title: 'TOOK', text: (row) => formatDuration(row.durationSeconds), right: true },
    { title: 'NODES', text: (row) => number(row.nodes), right: true },
    { title: 'BATCHES', text: (row) => number(row.miniBatches.total), right: true },
    { title: 'FAILED', text: (row) => number(row.miniBatches.failed), right: true },
    { title: 'RETRIED', text: (row) => number(row.miniBatches.retried), right: true },
    {
      title: 'AN HOUR',
      text: (row) => (row.throughput === null ? '' : formatNumber(Math.round(row.throughput))),
      right: true,
    },
    { title: 'SIZE', text: (row) => formatBytes(row.bytes), right: true },
    { title: 'FINGERPRINT', text: (row) => row.fingerprint ?? '' },
    { title: 'ROOT CAUSE', text: (row) => row.firstCause?.message.split('\n')[0] ?? '' },
  ],
  none: 'No runs.',
};
