/** The command `export` writes the public tables of a run for other programs. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExportResult, LoadResult } from '../../contract/export-records.ts';
import { formatBytes, formatNumber } from '../../contract/format.ts';
import { type RedactionKind, redactionKinds } from '../../contract/report-choices.ts';
import { type SqlTableName, sqlTableNames } from '../../contract/sql-schema.ts';
import { addCaseOptions } from '../case-options.ts';
import { usageError } from '../errors.ts';
import { exitStatus } from '../io.ts';
import type { RunCommand } from '../run-command.ts';
import { type CaseOptions, type Session, withCase } from '../session.ts';
import { formatTable } from '../table.ts';

interface ExportOptions extends CaseOptions {
  output?: string;
  to?: string;
  tables?: SqlTableName[];
  format: 'parquet' | 'jsonl' | 'csv';
  redact?: RedactionKind[];
}

const help = `
Writes DIR/TABLE/run=ID/part-N.parquet (.jsonl, .csv) and DIR/manifest.json with rows, sizes and checksums. Several runs can go into one DIR. A second
export of a run replaces the first; one that was cut off goes on where it was. An -o that ends in .zip gets all of it as one new file. Tables are those of
postrun sql --schema.

With --to the run is loaded into a ClickHouse server. User and password are taken from POSTRUN_CLICKHOUSE_USER and POSTRUN_CLICKHOUSE_PASSWORD;
clickhouses:// uses TLS.

Examples:
  postrun export logs.zip -o /data/runs
  postrun export logs.zip --to clickhouse://localhost:8123/logs
  postrun export logs.zip -o out --tables lines,attempts --format jsonl --redact`;

export function addExportCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('export')
    .argument('<path>', 'a folder, a .zip or a case')
    .description('write the tables of a run as a data set for other engines');
  addCaseOptions(command, { csv: false })
    .option('-o, --output <dir>', 'folder of the data set, or a .zip')
    .option('--to <address>', 'a ClickHouse server: clickhouse://host:port/database')
    .option('--tables <names>', 'only these, separated by commas', parseTables)
    .addOption(new Option('--format <format>', 'of the files').choices(['parquet', 'jsonl', 'csv']).default('parquet'))
    .option('--redact [kinds]', `hide values: all kinds, or some of ${redactionKinds.join(',')}`, parseKinds)
    .addHelpText('after', help)
    .action((path: string, options: ExportOptions) =>
      run(({ io, out }) => {
        if ((options.output === undefined) === (options.to === undefined)) {
          throw usageError('Say where to: either -o DIR or --to clickhouse://host:port/database.');
        }
        // The engine sends a run only to the address that this command sets.
        io.env.POSTRUN_SENDS_TO = options.to;
        return withCase(io, out, path, options, async (session) => {
          const { to } = options;
          const result = await withProgress<ExportResult | LoadResult>(session, options, io.stderr, () =>
            to !== undefined
              ? session.client.call(
                  'export.load',
                  { caseId: session.caseId, to, tables: options.tables ?? null, redact: redactOf(options) },
                  { signal: session.signal },
                )
              : session.client.call(
                  'export.save',
                  {
                    caseId: session.caseId,
                    path: options.output ?? '',
                    tables: options.tables ?? null,
                    format: options.format,
                    redact: redactOf(options),
                  },
                  { signal: session.signal },
                ),
          );
          if (options.json) await out.write(`${JSON.stringify(result)}\n`);
          else {
            await out.write(
              formatTable(
                [
                  { title: 'TABLE', text: (row) => row.table },
                  { title: 'ROWS', text: (row) => formatNumber(row.rows), right: true },
                  { title: 'FILES', text: (row) => formatNumber(row.files), right: true },
                  { title: 'SIZE', text: (row) => formatBytes(row.bytes), right: true },
                ],
                result.tables,
              ),
            );
          }
          return exitStatus.done;
        });
      }),
    );
}

/** Returns the kinds to redact. Redacting anything always includes secrets. */
function redactOf({ redact }: ExportOptions): RedactionKind[] | null {
  if (redact === undefined) return null;
  const kinds = Array.isArray(redact) ? redact : [...redactionKinds];
  return [...new Set<RedactionKind>(['secrets', ...kinds])];
}

function parseTables(value: string): SqlTableName[] {
  return parseList(value, sqlTableNames, 'table');
}

function parseKinds(value: string): RedactionKind[] {
  return parseList(value, redactionKinds, 'kind');
}

function parseList<Name extends string>(value: string, known: readonly Name[], what: string): Name[] {
  return value.split(',').map((part) => {
    const found = known.find((name) => name === part.trim());
    if (found === undefined) {
      throw new InvalidArgumentError(`There is no ${what} ${part.trim()}; there are ${known.join(', ')}.`);
    }
    return found;
  });
}

async function withProgress<Result>(
  { client, caseId }: Session,
  options: ExportOptions,
  stderr: { isTTY?: boolean; write(text: string): unknown },
  work: () => Promise<Result>,
): Promise<Result> {
  const isShown = stderr.isTTY === true && !options.json;
  const off = client.on('export.progressed', (progress) => {
    if (!isShown || progress.caseId !== caseId) return;
    stderr.write(`\r${formatBytes(progress.bytesDone)} of ${formatBytes(progress.bytesTotal)} `);
  });
  try {
    return await work();
  } finally {
    off();
    if (isShown) stderr.write('\r\x1b[K');
  }
}
