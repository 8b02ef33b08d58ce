/** The command `open` leads from a report's references back to the lines. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { PostrunError } from '../../contract/errors.ts';
import type { FileRow } from '../../contract/file-records.ts';
import { addCaseOptions, parseCount } from '../case-options.ts';
import { usageError } from '../errors.ts';
import { exitStatus } from '../io.ts';
import { showControls } from '../output.ts';
import { findFile, type ReportReference, readReferences } from '../report-references.ts';
import type { RunCommand } from '../run-command.ts';
import { type CaseOptions, type Session, withCase } from '../session.ts';

interface OpenOptions extends CaseOptions {
  source?: string;
  context: number;
  limit: number;
  serve?: boolean;
  open?: boolean;
}

interface Resolved {
  reference: string;
  /** Path in the source. Null if the source has no such line. */
  file: string | null;
  fileId: number | null;
  line: number;
}

const help = `
Without a reference all lines that the report quotes are listed. A path in which something was hidden (ip-1) leads to its file by the
file's number in the report, or by what stands around it.

Exit status: 0 found, 1 a reference has no such line in the source, 2 an error.

Examples:
  postrun open report.html --source logs.zip
  postrun open report.json --source logs.zip logs/user/ip-1/Process-1.txt:12 --context 10
  postrun open report.html --source logs.zip logs/overview.txt:7 --serve --open`;

export function addOpenCommand(program: Command, run: RunCommand): void {
  addCaseOptions(
    program
      .command('open')
      .argument('<report>', 'a report in HTML, JSON or Markdown')
      .argument('[reference]', 'path:LINE as the report writes it'),
    { csv: false },
  )
    .description('find the lines that a report quotes in the logs that it was made of')
    .option('--source <path>', 'the logs: a folder, a .zip or a case')
    .option('--context <n>', 'print so many lines before and after', parseCount, 3)
    .option('--limit <n>', 'at most this many references, 0 = all', parseCount, 0)
    .option('--serve', 'show the app in a browser at that line, until Ctrl-C')
    .option('--open', 'with --serve: open the default browser')
    .addHelpText('after', help)
    .action((report: string, reference: string | undefined, options: OpenOptions) =>
      run(async ({ io, out }) => {
        const { source } = options;
        if (source === undefined)
          throw usageError('Missing option --source. Name the logs that the report was made of.');
        const references = await referencesOf(report, reference);
        let place: string | null = null;
        const status = await withCase(io, out, source, options, async (session) => {
          const wanted = options.limit === 0 ? references : references.slice(0, options.limit);
          const files = [...(await session.files()).values()];
          const resolved = wanted.map((one) => resolveOne(one, files));
          const first = resolved.find(({ fileId }) => fileId !== null);
          if (options.serve && first !== undefined) {
            place = `#/logs?line=${first.fileId}:${first.line}&detail=line`;
            return exitStatus.done;
          }
          await print(session, resolved, options);
          return resolved.every(({ file }) => file !== null) ? exitStatus.done : exitStatus.nothingFound;
        });
        if (place !== null) {
          const { serveUntilStopped } = await import('./serve-run.ts');
          await serveUntilStopped({ io, out }, { ...options, path: source, place });
        }
        return status;
      }),
    );
}

async function referencesOf(report: string, reference: string | undefined): Promise<ReportReference[]> {
  const path = resolve(report);
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new PostrunError(
      'user',
      cause.code === 'ENOENT' ? 'not_found' : 'unreadable',
      'The report cannot be read. Check the path.',
      {
        where: path,
        cause,
      },
    );
  });
  const all = readReferences(text);
  if (all.length === 0) {
    throw new PostrunError(
      'user',
      'no_references',
      'No reference to a line is in this file. Is it a report of Postrun?',
      { where: path },
    );
  }
  if (reference === undefined) return all;
  const found = all.find(({ file, line }) => `${file}:${line}` === reference);
  if (found !== undefined) return [found];
  const match = /^(.+):([1-9]\d*)$/s.exec(reference);
  if (match?.[1] === undefined) throw usageError('A reference is path:LINE, as the report writes it.', reference);
  // Any line of a file that the report quotes can be requested.
  const sibling = all.find(({ file }) => file === match[1]);
  return [{ file: match[1], line: Number(match[2]), index: sibling?.index ?? null }];
}

function resolveOne(reference: ReportReference, files: readonly FileRow[]): Resolved {
  const found = findFile(reference, files);
  const isThere = found !== null && (found.lines === null || reference.line <= found.lines);
  return {
    reference: `${reference.file}:${reference.line}`,
    file: isThere ? found.path : null,
    fileId: isThere ? found.fileId : null,
    line: reference.line,
  };
}

async function print(
  { client, caseId, out, isTerminal }: Session,
  resolved: readonly Resolved[],
  options: OpenOptions,
): Promise<void> {
  const documents: unknown[] = [];
  for (const { reference, file, fileId, line } of resolved) {
    const start = Math.max(0, line - 1 - options.context);
    const count = line + options.context - start;
    const rows = fileId === null ? [] : (await client.call('lines.page', { caseId, fileId, start, count })).rows;
    if (options.json) {
      documents.push({ reference, file, line, lines: rows.map(({ line: number, text }) => ({ line: number, text })) });
      continue;
    }
    const shown = (text: string) => (isTerminal ? showControls(text) : text);
    await out.write(
      file === null
        ? `${showControls(reference)}: not in this source\n\n`
        : `${showControls(reference)}${file === reference.replace(/:\d+$/, '') ? '' : ` = ${showControls(`${file}:${line}`)}`}\n${rows
            .map((row) => `${row.line === line ? '>' : ' '} ${String(row.line).padStart(6)}  ${shown(row.text)}\n`)
            .join('')}\n`,
    );
  }
  if (options.json) await out.write(`${JSON.stringify(documents, null, 2)}\n`);
}
