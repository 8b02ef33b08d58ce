/** A run as a data set: how fast, how large, and with how much memory. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportResult } from '../../electron/contract/export-records.ts';
import { type Context, indexWithCli } from './context.ts';
import { benchDir, sampleFolder, sizeOf } from './data.ts';
import { type Cost, median, runCommand } from './measure.ts';
import { check, megabytes, percent, type Section, seconds } from './report.ts';

interface Measured extends Cost {
  result: ExportResult;
}

/**
 * Exports all tables with all columns on the command line, as a person would. The case exists
 * already.
 */
export async function exporting(context: Context): Promise<Section> {
  const folder = await sampleFolder(context.size);
  const { bytes } = sizeOf(folder);
  await indexWithCli(context, folder, 'export');
  const runs: Record<string, Measured> = {};
  for (const format of ['parquet', 'jsonl', 'csv'] as const) {
    const costs: Measured[] = [];
    for (let k = 0; k < (format === 'parquet' ? context.repeats : 1); k++)
      costs.push(await exportOnce(context, folder, format));
    const [fastest] = costs.toSorted((a, b) => a.result.seconds - b.result.seconds);
    if (fastest !== undefined) runs[format] = { ...fastest, wall: median(costs.map((cost) => cost.result.seconds)) };
  }
  const rate = (measured: Measured) => bytes / 1e6 / measured.wall;
  const written = ({ result }: Measured) => result.tables.reduce((sum, table) => sum + table.bytes, 0);
  const { parquet } = runs;
  return {
    title: 'Export of all tables with all columns',
    about:
      'Seconds of the export alone; processor time and memory of the whole process, with its start. “Own” is without pages of files.',
    commands: ['postrun export FOLDER -o DIR --json'],
    head: ['', 's', 'MB/s', 'processor s', 'MB', 'of the logs', 'peak MB', 'own MB'],
    rows: Object.entries(runs).map(([format, measured]) => [
      format,
      seconds(measured.wall),
      rate(measured).toFixed(0),
      seconds(measured.cpu),
      megabytes(written(measured)),
      percent(written(measured) / bytes),
      megabytes(measured.peak),
      megabytes(measured.own),
    ]),
    checks: [
      check('MB of logs exported a second, Parquet', parquet === undefined ? Number.NaN : rate(parquet), '≥', 60, ''),
      check('memory of its own, Parquet', (parquet?.own ?? Number.NaN) / 1e6, '≤', 300, ' MB'),
    ],
    figures: { bytes, ...runs },
  };
}

async function exportOnce(context: Context, folder: string, format: string): Promise<Measured> {
  const target = join(benchDir, 'data-set');
  rmSync(target, { recursive: true, force: true });
  const caseDir = join(benchDir, 'cases', 'export');
  const command = [process.execPath, `${context.bundle}/cli.js`, 'export', folder, '--case-dir', caseDir];
  const cost = await runCommand([...command, '-o', target, '--format', format, '--json']);
  rmSync(target, { recursive: true, force: true });
  const result: ExportResult = JSON.parse(cost.output);
  return { ...cost, result };
}
