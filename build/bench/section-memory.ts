/** Memory while indexing, a file of very many short lines, and how cost grows with size. */
import { type Context, indexWithCli } from './context.ts';
import { sampleFolder, shortLines, sizeOf } from './data.ts';
import type { Cost } from './measure.ts';
import { check, megabytes, percent, rate, ratio, type Section, seconds } from './report.ts';

const HEAD = ['', 'MB', 'lines', 'wall s', 'cpu s', 'MB/s', 'peak MB', 'own MB', 'index / raw'];

interface Row {
  name: string;
  bytes: number;
  cost: Cost & { indexed: { lines: number; indexBytes: number } };
}

function rowOf({ name, bytes, cost }: Row): string[] {
  return [
    name,
    megabytes(bytes),
    String(cost.indexed.lines),
    seconds(cost.wall),
    seconds(cost.cpu),
    rate(bytes, cost.wall),
    megabytes(cost.peak),
    megabytes(cost.own),
    percent(cost.indexed.indexBytes / bytes),
  ];
}

async function indexed(context: Context, name: string, dir: string): Promise<Row> {
  return { name, bytes: sizeOf(dir).bytes, cost: await indexWithCli(context, dir, 'memory') };
}

/** Measures the peak memory of the process at two sizes. */
export async function memory(context: Context): Promise<Section> {
  const small = await indexed(context, 'a quarter', await sampleFolder(Math.max(1, Math.round(context.size / 4))));
  const large = await indexed(context, 'whole', await sampleFolder(context.size));
  const peaks = [small, large].map((row) => (row.cost.own ?? Number.NaN) / 1e6);
  return {
    title: 'Memory while indexing',
    about:
      'The whole process: engine, its threads, and the command line around it. Peak: the largest resident size; own: without pages of files, such as the mapped case that the command line sums up at its end. The target is for what is its own.',
    commands: ['postrun index DIR --json'],
    head: HEAD,
    rows: [small, large].map(rowOf),
    checks: [
      check('own memory at its most', peaks[1] ?? Number.NaN, '≤', 500, ' MB'),
      check('the same at four times the size', ratio(peaks[1] ?? null, peaks[0] ?? null), '≤', 1.5, ' ×'),
    ],
    figures: { small, large },
  };
}

/** Indexes lines of 20 bytes: 100,000,000 of them at `--size 2000`. */
export async function shortLineFile(context: Context): Promise<Section> {
  const { dir, lines } = shortLines(context.size);
  const short = await indexed(context, 'lines of 20 bytes', dir);
  const usual = await indexed(context, 'sample run', await sampleFolder(context.size));
  if (short.cost.indexed.lines !== lines)
    throw new Error(`${short.cost.indexed.lines} lines were counted, there are ${lines}`);
  return {
    title: `Short lines: ${lines} in one file`,
    about:
      'All lines differ, none has a time. The same number of bytes as the sample run, seven times its lines; so the line count shows in memory or time, if anywhere.',
    commands: ['postrun index DIR --json'],
    head: HEAD,
    rows: [short, usual].map(rowOf),
    checks: [
      check('memory against the sample run', ratio(short.cost.own, usual.cost.own), '≤', 1.5, ' ×'),
      check('time against the sample run', ratio(short.cost.cpu, usual.cost.cpu), '≤', 1.5, ' ×'),
    ],
    figures: { short, usual },
  };
}

/** Indexes a sixteenth, a quarter and the whole of the size. */
export async function growth(context: Context): Promise<Section> {
  const rows: Row[] = [];
  for (const divisor of [16, 4, 1]) {
    const size = Math.max(1, Math.round(context.size / divisor));
    rows.push(await indexed(context, `1/${divisor}`, await sampleFolder(size)));
  }
  const exponent = (figure: (row: Row) => number | null): number => slope(rows, figure);
  const cpu = exponent((row) => row.cost.cpu);
  const peak = exponent((row) => row.cost.own);
  const index = exponent((row) => row.cost.indexed.indexBytes);
  return {
    title: 'How cost grows',
    about:
      'Exponent k of cost ~ size^k, least squares over the logarithms: 1 is linear, 0 is flat. A fixed cost of start-up lowers it.',
    commands: ['postrun index DIR --json'],
    head: HEAD,
    rows: [
      ...rows.map(rowOf),
      [
        'exponent',
        '',
        '',
        exponent((row) => row.cost.wall).toFixed(2),
        cpu.toFixed(2),
        '',
        '',
        peak.toFixed(2),
        index.toFixed(2),
      ],
    ],
    checks: [check('exponent of processor time', cpu, '≤', 1.05, ''), check('exponent of memory', peak, '≤', 0.3, '')],
    figures: { rows },
  };
}

function slope(rows: readonly Row[], figure: (row: Row) => number | null): number {
  const points = rows.map((row) => [Math.log(row.bytes), Math.log(figure(row) ?? Number.NaN)] as const);
  const mean = (k: 0 | 1) => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return over / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
