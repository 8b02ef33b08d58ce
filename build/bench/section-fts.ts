/** Compares our own posting lists with FTS5 on the same blocks. */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, indexWithCli } from './context.ts';
import { benchDir, sampleFolder, sizeOf } from './data.ts';
import { inTurn, medianOf, runCommand } from './measure.ts';
import { check, megabytes, percent, rate, ratio, type Section, seconds } from './report.ts';

export async function ftsBaseline(context: Context): Promise<Section> {
  const dir = await sampleFolder(context.size);
  const { bytes } = sizeOf(dir);
  const database = join(benchDir, 'cases', 'fts.db');
  const program = join(import.meta.dirname, 'fts-baseline.ts');
  let index = { indexBytes: 0 };
  const sizes = { fts5: 0, postings: 0 };
  const baseline = async (mode: 'fts5' | 'postings') => {
    mkdirSync(join(benchDir, 'cases'), { recursive: true });
    rmSync(database, { force: true });
    const cost = await runCommand([process.execPath, program, mode, dir, database]);
    sizes[mode] = statSync(database).size;
    rmSync(database, { force: true });
    return cost;
  };
  const costs = await inTurn(Math.min(2, context.repeats), {
    fts5: () => baseline('fts5'),
    postings: () => baseline('postings'),
    ours: async () => {
      const cost = await indexWithCli(context, dir, 'fts');
      index = cost.indexed;
      return cost;
    },
  });
  const cpu = (name: 'fts5' | 'postings' | 'ours') => medianOf(costs[name], 'cpu');
  const row = (what: string, name: 'fts5' | 'postings' | 'ours', size: number) => [
    what,
    seconds(cpu(name)),
    rate(bytes, cpu(name)),
    megabytes(size),
    percent(size / bytes),
    megabytes(medianOf(costs[name], 'peak')),
  ];
  return {
    title: 'Our posting lists and FTS5',
    about:
      'The same blocks of 32 KB on one thread, tokens only, into FTS5 (deduplicated first) and into our posting lists (with the vocabulary that substrings are found in, which FTS5 has as a virtual table); and the whole of indexing, which reads lines, times and records too.',
    commands: [
      `node build/bench/fts-baseline.ts fts5 ${dir} fts.db`,
      `node build/bench/fts-baseline.ts postings ${dir} fts.db`,
      `postrun index ${dir}`,
    ],
    head: ['', 'cpu s', 'MB per cpu s', 'MB', 'of raw', 'peak MB'],
    rows: [
      row('FTS5, tokens only', 'fts5', sizes.fts5),
      row('ours, tokens only', 'postings', sizes.postings),
      row('ours, all of it', 'ours', index.indexBytes),
    ],
    checks: [check('processor time of FTS5 over our posting lists', ratio(cpu('fts5'), cpu('postings')), '≥', 1, ' ×')],
    figures: { costs, sizes, index },
  };
}
