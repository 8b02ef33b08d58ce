/** The overview and the views of the analysis on a run of very many attempts. */
import type { CommandName } from '../../electron/contract/contract.ts';
import { type Context, freshDataDir } from './context.ts';
import { attemptsFolder, sizeOf } from './data.ts';
import { EngineProcess } from './engine-process.ts';
import { median } from './measure.ts';
import { type Check, check, megabytes, milliseconds, type Section } from './report.ts';

const MAX_ATTEMPTS = 1_000_000;

/** Command, its parameters besides the case, and its name for people. */
const VIEWS: [CommandName, Record<string, unknown>, string][] = [
  ['run.info', {}, 'overview'],
  ['run.progress', {}, 'overview: progress curve'],
  ['analysis.findings', {}, 'overview: findings'],
  ['analysis.completeness', {}, 'overview: missing evidence'],
  ['batches.page', { filter: {}, start: 0, count: 100 }, 'mini-batches, first page'],
  [
    'batches.page',
    { filter: {}, sort: 'durationSeconds', descending: true, start: 0, count: 100 },
    'mini-batches, longest first',
  ],
  ['attempts.page', { filter: {}, start: 500_000, count: 100 }, 'attempts, a page in the middle'],
  ['processes.list', {}, 'processes'],
  ['analysis.overTime', { filter: {}, buckets: 300 }, 'finished over time'],
  ['analysis.spread', { filter: {}, by: 'process' }, 'spread over processes'],
  ['analysis.durations', { filter: {} }, 'distribution of durations'],
  ['analysis.retries', { filter: {}, buckets: 300 }, 'retries'],
  ['analysis.stragglers', { filter: {} }, 'stragglers'],
  ['analysis.lanes', { filter: {}, start: 0, count: 60, width: 1200 }, 'lanes'],
  ['analysis.signatures', { filter: {} }, 'error signatures'],
  ['analysis.errorBudget', {}, 'error budget'],
  ['report.preview', { options: {} }, 'report, as its preview'],
  ['analysis.advice', {}, 'advice'],
  ['analysis.ledger', {}, 'capacity ledger'],
  ['timeline.activity', { filter: {}, buckets: 1000 }, 'time strip'],
];

export async function views(context: Context): Promise<Section> {
  const attempts = Math.min(MAX_ATTEMPTS, context.size * 2_500);
  const dir = await attemptsFolder(attempts);
  const engine = new EngineProcess(context.bundle, freshDataDir('views'));
  const started = performance.now();
  const caseId = await engine.open(dir);
  const indexing = (performance.now() - started) / 1000;
  const rows: string[][] = [];
  const checks: Check[] = [];
  const figures: Record<string, unknown> = { indexing };
  for (const [name, params, what] of VIEWS) {
    const spent: number[] = [];
    let fault: string | null = null;
    for (let k = 0; k < Math.max(3, context.repeats) && fault === null; k++) {
      try {
        spent.push((await engine.call(name, { ...params, caseId } as never)).milliseconds);
      } catch (error) {
        fault = error instanceof Error ? error.message : String(error);
      }
    }
    figures[what] = fault ?? spent;
    const first = spent[0];
    rows.push([
      what,
      name,
      first === undefined ? '-' : milliseconds(first),
      first === undefined ? (fault ?? '-').slice(0, 60) : milliseconds(median(spent)),
    ]);
    if (first === undefined) continue;
    const isOverview = what.startsWith('overview');
    checks.push(check(`${what}, first time`, first, '≤', isOverview ? 1000 : 300, ' ms'));
  }
  await engine.stop();
  const { bytes, files } = sizeOf(dir);
  return {
    title: `Views on ${attempts} mini-batches by 2,000 processes (${megabytes(bytes)} MB, ${files} files)`,
    about:
      'Each command as the window asks it, from an indexed case: the first time (nothing kept from before) and the median.',
    commands: ['the commands of the table'],
    head: ['ms', 'command', 'first', 'median'],
    rows,
    checks,
    figures,
  };
}
