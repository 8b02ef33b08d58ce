/** The command `report` writes a failure report for somebody else. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ClockChoice, clocks } from '../../contract/filter.ts';
import { formatBytes, formatNumber } from '../../contract/format.ts';
import type { ReportOptionsInput, ReportScope } from '../../contract/report.ts';
import {
  type RedactionKind,
  type ReportFormat,
  type ReportSection,
  redactionKinds,
  reportFormats,
  reportSections,
} from '../../contract/report-choices.ts';
import { reportJsonSchema } from '../../contract/report-model.ts';
import { addCaseOptions, parseCount } from '../case-options.ts';
import { usageError } from '../errors.ts';
import { exitStatus } from '../io.ts';
import { showControls } from '../output.ts';
import type { RunCommand } from '../run-command.ts';
import { type CaseOptions, type Session, withCase } from '../session.ts';

interface ReportCommandOptions extends CaseOptions {
  output?: string;
  format?: ReportFormat;
  scope: ReportScope;
  clock: ClockChoice;
  /** False for `--no-redact`. */
  redact: RedactionKind[] | boolean;
  sections?: ReportSection[];
  line?: { file: string; line: number }[];
  title?: string;
  note?: string;
  wholeFiles?: boolean;
  context: number;
  force?: boolean;
  schema?: boolean;
}

const help = `
Hidden before anything is written: secrets (keys, tokens, passwords, signatures in URLs), emails, ids (of subscription,
tenant, workspace), users (names in paths), ips. Each value has one name throughout, such as ip-1. --redact KINDS hides only
these, and secrets always; --no-redact hides nothing.

Exit status: 0 written, 2 an error; then nothing was written.

Examples:
  postrun report logs.zip -o report.html
  postrun report logs.zip -o - --format md --scope batch:17 --note 'happens since Tuesday'
  postrun report logs.zip -o evidence.zip --redact emails,ips
  postrun report logs.zip -o lines.html --line logs/user/10.0.0.4/Process-1.txt:12`;

const wholeRun: ReportScope = { kind: 'run' };

export function addReportCommand(program: Command, run: RunCommand): void {
  addCaseOptions(program.command('report').argument('[path]', 'a folder, a .zip or a case'), { csv: false })
    .description(
      'write a failure report, with what is private hidden: one HTML file, Markdown, JSON, or a zip with the evidence',
    )
    .option('-o, --output <file>', 'file to write; - for standard output')
    .addOption(new Option('--format <format>', 'without it by the ending of the file').choices(reportFormats))
    .option('--scope <scope>', 'run, batch:ID, signature:ID, node:ID or lines', parseScope, wholeRun)
    .addOption(
      new Option('--clock <clock>', "times as written, or aligned on the master's clock")
        .choices(clocks)
        .default('written'),
    )
    .option(
      '--redact <kinds>',
      `hide these kinds, separated by commas: ${redactionKinds.join(', ')}`,
      listOf(redactionKinds),
    )
    .option('--no-redact', 'redact nothing')
    .option('--sections <sections>', `only these: ${reportSections.join(', ')}`, listOf(reportSections))
    .option('--line <file:line>', 'quote this line with its neighbours (repeat for several)', gatherLine)
    .option('--title <title>', 'title of the report')
    .option('--note <text>', 'what you have to say about it')
    .option('--whole-files', 'zip: quoted logs whole, not only around the quoted lines')
    .option('--context <n>', 'zip: lines around each quoted line', parseCount, 50)
    .option('--force', 'replace a file that is there')
    .option('--schema', 'print the JSON Schema of a report in JSON, and do nothing else')
    .addHelpText('after', help)
    .action((path: string | undefined, options: ReportCommandOptions) =>
      run(async ({ io, out }) => {
        if (options.schema) {
          await out.write(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
          return exitStatus.done;
        }
        if (path === undefined) throw usageError("Missing argument 'path'. Name the run to report on.");
        const { output } = options;
        if (output === undefined)
          throw usageError('Missing option -o. Name the file to write, or - for standard output.');
        const format = options.format ?? formatOf(output);
        return withCase(io, out, path, options, (session) => report(session, output, format, options));
      }),
    );
}

async function report(
  { client, caseId, out, signal }: Session,
  output: string,
  format: ReportFormat,
  options: ReportCommandOptions,
): Promise<number> {
  const chosen = contractOptions(options);
  if (output === '-') {
    if (format === 'zip') throw usageError('A zip cannot go to standard output. Name a file with -o.');
    await out.write((await client.call('report.render', { caseId, options: chosen, format }, { signal })).text);
    return exitStatus.done;
  }
  const saved = await client.call(
    'report.save',
    { caseId, options: chosen, format, path: resolve(output), force: options.force ?? false },
    { signal },
  );
  const { report: made, hiddenTotal } = await client.call('report.preview', { caseId, options: chosen }, { signal });
  const { redaction } = made;
  if (options.json) {
    await out.write(`${JSON.stringify({ ...saved, format, title: made.title, redaction }, null, 2)}\n`);
    return exitStatus.done;
  }
  const hidden = redaction.kinds
    .filter(({ values }) => values > 0)
    .map(({ kind, values, places }) => `${kind} ${formatNumber(values)} (${formatNumber(places)} places)`);
  await out.write(
    `${showControls(saved.path)}: ${formatBytes(saved.bytes)}${saved.entries.length > 0 ? `, ${formatNumber(saved.entries.length)} entries` : ''}\n` +
      (redaction.on
        ? `hidden: ${hiddenTotal === 0 ? 'nothing had to be' : hidden.join(', ')}\n`
        : 'hidden: nothing, as asked\n'),
  );
  return exitStatus.done;
}

function contractOptions(options: ReportCommandOptions): ReportOptionsInput {
  const lines = (options.line ?? []).map((line) => ({ ...line, note: '' }));
  return {
    scope:
      options.scope.kind === 'run' && lines.length > 0 && options.sections === undefined
        ? { kind: 'lines' }
        : options.scope,
    clock: options.clock,
    ...(options.sections === undefined ? {} : { sections: options.sections }),
    title: options.title ?? '',
    notes: options.note ?? '',
    lines,
    redaction: options.redact !== false,
    ...(Array.isArray(options.redact) ? { redact: options.redact } : {}),
    wholeFiles: options.wholeFiles ?? false,
    contextLines: options.context,
  };
}

/** Parses `batch:17`, `node:10.0.0.4`, `signature:v1:…`. */
function parseScope(value: string): ReportScope {
  if (value === 'run' || value === 'lines') return { kind: value };
  const match = /^(batch|signature|node):(.+)$/s.exec(value);
  const [, kind, id] = match ?? [];
  if (id === undefined || (kind !== 'batch' && kind !== 'signature' && kind !== 'node')) {
    throw new InvalidArgumentError('Write run, batch:ID, signature:ID, node:ID or lines.');
  }
  return { kind, id };
}

function listOf<T extends string>(known: readonly T[]) {
  return (value: string): T[] =>
    value.split(',').map((part) => {
      const found = known.find((one) => one === part.trim());
      if (found === undefined) throw new InvalidArgumentError(`Known: ${known.join(', ')}.`);
      return found;
    });
}

function gatherLine(
  value: string,
  before: { file: string; line: number }[] | undefined,
): { file: string; line: number }[] {
  const match = /^(.+):([1-9]\d*)$/s.exec(value);
  if (match?.[1] === undefined) throw new InvalidArgumentError('Write path/of/file.txt:LINE, as in search.');
  return [...(before ?? []), { file: match[1], line: Number(match[2]) }];
}

function formatOf(output: string): ReportFormat {
  if (output === '-') throw usageError('Which format? Add --format html, md or json.');
  const ending = /\.([^.\\/]+)$/.exec(output)?.[1]?.toLowerCase();
  const known: ReadonlyMap<string, ReportFormat> = new Map(
    Object.entries({
      html: 'html',
      htm: 'html',
      md: 'md',
      markdown: 'md',
      json: 'json',
      zip: 'zip',
    } satisfies Record<string, ReportFormat>),
  );
  const format = ending === undefined ? undefined : known.get(ending);
  if (format === undefined)
    throw usageError('The name says no format. End it in .html, .md, .json or .zip, or add --format.', output);
  return format;
}
