/** The command `formats` lists the formats that Postrun knows and checks custom ones. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { PostrunError } from '../../contract/errors.ts';
import { formatDateTime } from '../../contract/format-time.ts';
import { isoTime } from '../../contract/json-values.ts';
import {
  checkFormatFile,
  type FormatCheck,
  loadFormats,
  type SampleLineResult,
  sampleFaults,
} from '../../engine/formats/custom/check.ts';
import { formatRows } from '../../engine/formats/rows/registry.ts';
import { exitStatus } from '../io.ts';
import { type Output, showControls } from '../output.ts';
import type { RunCommand } from '../run-command.ts';
import { formatFolders } from '../session.ts';
import { formatTable } from '../table.ts';

interface FormatsOptions {
  json?: boolean;
  formats?: string;
}

/** One format as listed; only custom formats have `file` and `errors`. */
interface FormatLine {
  id: string;
  kind: string;
  generations: string[];
  path: string;
  example: string;
  file: string | null;
  errors: string[];
}

export function addFormatsCommand(program: Command, run: RunCommand): void {
  const formats = program
    .command('formats')
    .description("list the kinds of file that are known, with formats of one's own")
    .option('--json', 'print JSON, for other programs')
    .option('--formats <dir>', "a folder with formats of one's own, besides the one in the application's data folder")
    .action((options: FormatsOptions) => run(({ out }) => list(out, options)));
  formats
    .command('check')
    .argument('<file>', 'a JSON file')
    .description('check a format of one’s own and show what its samples give; exit status 1 where they do not hold')
    .option('--json', 'print JSON, for other programs')
    .exitOverride()
    .action((file: string, options: FormatsOptions) =>
      run(({ out }) => check(out, resolve(file), { ...formats.opts<FormatsOptions>(), ...options })),
    );
}

async function list(out: Output, options: FormatsOptions): Promise<number> {
  const checks = loadFormats(formatFolders(options));
  const lines: FormatLine[] = [
    ...checks.map(
      ({ file, format, errors, samples }): FormatLine => ({
        id: format === null ? '' : `own.${format.id}`,
        kind: format?.kind ?? '',
        generations: [],
        path: format?.path ?? '',
        example: samples[0]?.path ?? '',
        file,
        errors: [...errors, ...sampleFaults({ file, format, errors, samples })],
      }),
    ),
    ...formatRows.map(
      (row): FormatLine => ({
        id: row.id,
        kind: row.kind,
        generations: [...row.generations],
        path: row.pattern.source,
        example: row.samples[0]?.path ?? '',
        file: null,
        errors: [],
      }),
    ),
  ];
  if (options.json) {
    await out.write(`${JSON.stringify({ formats: lines }, null, 2)}\n`);
  } else {
    const usable = lines.filter((line) => line.errors.length === 0);
    await out.write(
      formatTable(
        [
          { title: 'ID', text: (line) => line.id },
          { title: 'KIND', text: (line) => line.kind },
          { title: 'GENERATION', text: (line) => line.generations.join(' ') },
          { title: 'EXAMPLE', text: (line) => line.example },
          { title: 'FROM', text: (line) => line.file ?? '' },
        ],
        usable,
      ),
    );
  }
  const bad = checks.filter((each) => each.errors.length > 0 || sampleFaults(each).length > 0);
  const [first] = bad;
  if (first === undefined) return exitStatus.done;
  if (options.json) return exitStatus.error;
  throw invalid(first, bad.length - 1);
}

function invalid(found: FormatCheck, others: number): PostrunError {
  const fault = [...found.errors, ...sampleFaults(found)][0] ?? '';
  const more = others > 0 ? ` ${others} more cannot be used either.` : '';
  return new PostrunError('user', 'bad_format', `This format is not used: ${fault}.${more}`, { where: found.file });
}

async function check(out: Output, file: string, options: FormatsOptions): Promise<number> {
  const found = checkFormatFile(file);
  const faults = sampleFaults(found);
  const status =
    found.errors.length > 0 ? exitStatus.error : faults.length > 0 ? exitStatus.nothingFound : exitStatus.done;
  if (options.json) {
    const samples = found.samples.map(({ lines, ...sample }) => ({ ...sample, lines: lines.map(lineJson) }));
    const document = { file, id: found.format?.id ?? null, errors: found.errors, faults, samples };
    await out.write(`${JSON.stringify(document, null, 2)}\n`);
    return status;
  }
  for (const error of found.errors) await out.write(`${showControls(`${file}: ${error}`)}\n`);
  for (const sample of found.samples) {
    const names = [sample.node === null ? '' : `node ${sample.node}`, sample.process ?? ''].filter(
      (name) => name !== '',
    );
    await out.write(`${showControls([sample.path, ...names].join('  '))}\n`);
    await out.write(
      formatTable<SampleLineResult>(
        [
          { title: '', text: (line) => (line.faults.length > 0 ? '  ✗' : line.begins ? '  ✓' : '  │') },
          { title: 'TIME (UTC)', text: (line) => formatDateTime(line.timeUs, 'utc') },
          { title: 'LEVEL', text: (line) => line.level ?? '-' },
          { title: 'PID', text: (line) => (line.pid === null ? '-' : String(line.pid)), right: true },
          { title: 'MESSAGE', text: (line) => line.message },
        ],
        sample.lines,
      ),
    );
  }
  for (const fault of faults) await out.write(`${showControls(`${file}: ${fault}`)}\n`);
  if (status === exitStatus.done) await out.write(`${showControls(file)}: all of it holds\n`);
  return status;
}

function lineJson({ timeUs, ...line }: SampleLineResult) {
  return { ...line, timestamp: isoTime(timeUs) };
}
