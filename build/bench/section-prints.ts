/**
 * Indexing prints of every shape against lnav, so that the figures do not rest on the sample's
 * shape alone.
 */
import { type Context, freshDataDir, indexWithCli, runLnav } from './context.ts';
import { sizeOf, variedFolder } from './data.ts';
import { type Cost, inTurn, medianOf } from './measure.ts';
import { type Check, check, megabytes, rate, ratio, type Section, seconds, times } from './report.ts';
import { printShapes } from './varied-prints.ts';

export async function indexPrints(context: Context): Promise<Section> {
  const size = Math.max(1, Math.round(context.size / 2));
  const rows: string[][] = [];
  const checks: Check[] = [];
  const figures: Record<string, unknown> = {};
  for (const shape of [...Object.keys(printShapes), null]) {
    const dir = variedFolder(size, shape);
    const { bytes } = sizeOf(dir);
    let indexBytes = 0;
    const costs = await inTurn<string>(context.repeats, {
      postrun: async () => {
        const cost = await indexWithCli(context, dir, 'prints');
        indexBytes = cost.indexed.indexBytes;
        return cost satisfies Cost;
      },
      ...(context.lnav === null ? {} : { lnav: () => runLnav(dir) }),
    });
    const of = (name: string, figure: 'wall' | 'cpu' | 'own') => medianOf(costs[name] ?? [], figure);
    const faster = ratio(of('lnav', 'wall'), of('postrun', 'wall'));
    const name = shape ?? 'all in turn';
    figures[name] = { costs, indexBytes, bytes };
    rows.push([
      name,
      seconds(of('postrun', 'wall')),
      seconds(of('postrun', 'cpu')),
      rate(bytes, of('postrun', 'wall')),
      megabytes(of('postrun', 'own')),
      `${((100 * indexBytes) / bytes).toFixed(0)} %`,
      seconds(of('lnav', 'wall')),
      times(faster),
      times(ratio(of('lnav', 'cpu'), of('postrun', 'cpu'))),
    ]);
    if (context.lnav !== null) checks.push(check(`prints (${name}) against lnav`, faster, '≥', 2, ' ×'));
  }
  freshDataDir('prints');
  return {
    title: `Indexing ${size} MB of prints of each shape`,
    about: 'User logs of four processes from a generator with a seed of its own; each a whole process, in turn.',
    commands: ['postrun index DIR --json', "lnav -n -r -c ';SELECT count(*) AS messages FROM all_logs' DIR"],
    head: ['', 'wall s', 'cpu s', 'MB/s', 'own MB', 'index', 'lnav wall s', 'faster', 'by cpu'],
    rows,
    checks,
    figures,
  };
}
