/** The command `index` reads a run into a case. */
import type { Command } from 'commander';
import { formatBytes, formatCount, formatDuration } from '../../contract/format.ts';
import { addCaseOptions } from '../case-options.ts';
import { caseSizes } from '../case-sizes.ts';
import { exitStatus } from '../io.ts';
import { indexJson } from '../json.ts';
import type { RunCommand } from '../run-command.ts';
import { type CaseOptions, withCase } from '../session.ts';

export function addIndexCommand(program: Command, run: RunCommand): void {
  addCaseOptions(program.command('index').argument('<path>', 'a folder, a .zip or a case'), { csv: false })
    .description('read a run into a case, or find that it is there already')
    .option('--rebuild', 'throw an existing case away first')
    .option('--portable <file>', 'save the case as one file that opens without its source (.postrun)')
    .option('--force', 'write over the file of --portable')
    .action((path: string, options: CaseOptions & { portable?: string; force?: boolean }) =>
      run(async ({ io, out }) => {
        const started = performance.now();
        return withCase(io, out, path, options, async ({ client, caseId, summary }) => {
          const seconds = (performance.now() - started) / 1000;
          const info = await client.call('run.info', { caseId });
          if (options.portable !== undefined) {
            await client.call('case.export', { caseId, path: options.portable, force: options.force ?? false });
          }
          const sizes = caseSizes(summary.caseDir);
          const result = indexJson(summary, info, { seconds, ...sizes });
          if (options.json) {
            await out.write(`${JSON.stringify(result, null, 2)}\n`);
            return exitStatus.done;
          }
          const rate = result.megabytesPerSecond === null ? '' : ` (${Math.round(result.megabytesPerSecond)} MB/s)`;
          const how = result.reused ? 'there already, nothing read' : `in ${formatDuration(seconds)}${rate}`;
          await out.write(
            `${formatCount(info.files, 'file')}, ${formatCount(info.lines, 'line')}, ${formatBytes(info.bytes)}: ${how}\n` +
              `case ${formatBytes(sizes.indexBytes + sizes.contentBytes)}: ${summary.caseDir}\n` +
              (info.problems > 0 ? `${formatCount(info.problems, 'problem')}: postrun problems ${path}\n` : ''),
          );
          return exitStatus.done;
        });
      }),
    );
}
