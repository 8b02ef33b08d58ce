/** Why the posting lists are our own: the same blocks into FTS5. */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, indexWithCli } from './context.ts';
import { benchDir, sampleFolder, sizeOf } from './data.ts';
import { inTurn, medianOf, runCommand } from './measure.ts';
import { check, megabytes, percent, rate, ratio, type Section, seconds } from './report.ts';

/** (i) */
export async function ftsBaseline(context: Context): Promise<Section> {
  const dir = await sampleFolder(context.size);
  const { bytes } = sizeOf(dir);
  const database = join(benchDir, 'cases', 'fts.db');
  let index = { indexBytes: 0 };
  let ftsBytes = 0;
  const costs = await inTurn(Math.min(2, context.repeats), {
    ours: async () => {
      const cost = await indexWithCli(context, dir, 'fts');
      index = cost.indexed;
      return cost;
    },
    fts: async () => {
      mkdirSync(join(benchDir, 'cases'), { recursive: true });
      rmSync(database, { force: true });
      const cost = await runCommand([process.execPath, join(import.meta.dirname, 'fts-baseline.ts'), dir, database]);
      ftsBytes = statSync(database).size;
      rmSync(database, { force: true });
      return cost;
    },
  });
  const [ours, fts] = [medianOf(costs.ours, 'cpu'), medianOf(costs.fts, 'cpu')];
  return {
    title: 'Our posting lists and FTS5',
    about:
      'FTS5 gets the deduplicated tokens of 32 KB blocks and nothing else, on one thread; ours is the whole of indexing (lines, times, records, analysis, the vocabulary of substrings), so processor time is compared, not wall.',
    commands: [`node build/bench/fts-baseline.ts ${dir} fts.db`, `postrun index ${dir}`],
    head: ['', 'cpu s', 'MB per cpu s', 'MB', 'of raw', 'peak MB'],
    rows: [
      [
        'FTS5, tokens only',
        seconds(fts),
        rate(bytes, fts),
        megabytes(ftsBytes),
        percent(ftsBytes / bytes),
        megabytes(medianOf(costs.fts, 'peak')),
      ],
      [
        'ours, all of it',
        seconds(ours),
        rate(bytes, ours),
        megabytes(index.indexBytes),
        percent(index.indexBytes / bytes),
        megabytes(medianOf(costs.ours, 'peak')),
      ],
    ],
    checks: [check('processor time of FTS5 over ours', ratio(fts, ours), '≥', 1, ' ×')],
    figures: { costs, ftsBytes, index },
  };
}
