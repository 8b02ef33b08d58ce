/**
 * Indexing a folder and a zip, against lnav and against the loops that bound the design; and the
 * size of the index.
 */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, freshDataDir, indexWithCli, lastNumber, runBaseline, runLnav } from './context.ts';
import { benchDir, sampleFolder, sampleZip, sizeOf } from './data.ts';
import { type Cost, inTurn, medianOf, runCommand } from './measure.ts';
import { type Check, check, megabytes, percent, rate, ratio, type Section, seconds, times } from './report.ts';

export async function indexFolder(context: Context): Promise<Section> {
  const dir = await sampleFolder(context.size);
  const { bytes, files } = sizeOf(dir);
  let index = { indexBytes: 0, lines: 0 };
  const costs = await inTurn<string>(context.repeats, {
    postrun: async () => {
      const cost = await indexWithCli(context, dir, 'folder');
      index = cost.indexed;
      return cost;
    },
    baseline: () => runBaseline(context, 'tokens', dir),
    ...(context.lnav === null ? {} : { lnav: () => runLnav(dir) }),
  });
  const rows = Object.entries(costs).map(([name, runs]) =>
    costRow(name, bytes, runs, countOf(name, runs, index.lines)),
  );
  const wall = (name: string) => medianOf(costs[name] ?? [], 'wall');
  const cpu = (name: string) => medianOf(costs[name] ?? [], 'cpu');
  const share = index.indexBytes / bytes;
  return {
    title: `Indexing a folder of ${megabytes(bytes)} MB, ${files} files`,
    about:
      'Each a whole process from start to end, page cache warm, in turn. lnav keeps nothing: it loads again at every start; it counts messages, we lines. The loop reads, splits and tokenises with as many threads and stores nothing.',
    commands: [
      `postrun index ${dir} --json`,
      `lnav -n -r -c ';SELECT count(*) AS messages FROM all_logs' ${dir}`,
      `node build/bench/baseline.ts tokens ${context.threads} ${dir}`,
    ],
    head: COST_HEAD,
    rows,
    checks: [
      ...against('throughput', wall('postrun'), wall('lnav'), 'lnav', 2, cpu('postrun'), cpu('lnav')),
      ...against(
        'throughput',
        wall('postrun'),
        wall('baseline'),
        'the bare loop',
        0.6,
        cpu('postrun'),
        cpu('baseline'),
      ),
      check('index / raw', share * 100, '≤', 13, ' %'),
    ],
    figures: { bytes, files, costs, index },
  };
}

export async function indexZip(context: Context): Promise<Section> {
  const dir = await sampleFolder(context.size);
  const zip = await sampleZip(context.size);
  const { bytes } = sizeOf(dir);
  const out = join(benchDir, 'unzipped');
  let index = { indexBytes: 0, contentBytes: 0, lines: 0 };
  const costs = await inTurn<string>(context.repeats, {
    postrun: async () => {
      const cost = await indexWithCli(context, zip, 'zip');
      index = cost.indexed;
      return cost;
    },
    baseline: () => runBaseline(context, 'inflate', zip),
    ...(context.lnav === null || context.unzip === null
      ? {}
      : {
          'unzip + lnav': async () => {
            rmSync(out, { recursive: true, force: true });
            const unzip = await runCommand(['unzip', '-q', '-d', out, zip]);
            return sum(unzip, await runLnav(out));
          },
        }),
  });
  rmSync(out, { recursive: true, force: true });
  freshDataDir('zip');
  const peer = 'unzip + lnav';
  const wall = (name: string) => medianOf(costs[name] ?? [], 'wall');
  const cpu = (name: string) => medianOf(costs[name] ?? [], 'cpu');
  return {
    title: `Indexing the same as a zip of ${megabytes(statSync(zip).size)} MB`,
    about:
      'As above. Our case holds the text too (compressed, in blocks that can be read one by one); unzip leaves the raw text on the disk. The loop inflates every entry with as many threads and throws the bytes away.',
    commands: [
      `postrun index ${zip} --json`,
      `unzip -q -d OUT ${zip} && lnav -n -r -c ';SELECT count(*) AS messages FROM all_logs' OUT`,
      `node build/bench/baseline.ts inflate ${context.threads} ${zip}`,
    ],
    head: COST_HEAD,
    rows: Object.entries(costs).map(([name, runs]) => costRow(name, bytes, runs, countOf(name, runs, index.lines))),
    checks: [
      ...against('throughput', wall('postrun'), wall(peer), peer, 1.5, cpu('postrun'), cpu(peer)),
      ...against(
        'throughput',
        wall('postrun'),
        wall('baseline'),
        'the bare inflate',
        0.6,
        cpu('postrun'),
        cpu('baseline'),
      ),
      check('whole case / raw', ((index.indexBytes + index.contentBytes) / bytes) * 100, '≤', 40, ' %'),
    ],
    figures: { bytes, costs, index, indexShare: percent(index.indexBytes / bytes) },
  };
}

const COST_HEAD = ['', 'runs', 'wall s', 'cpu s', 'MB/s', 'MB per cpu s', 'peak MB', 'counted'];

/** Returns a row of {@link COST_HEAD} with medians. */
function costRow(name: string, bytes: number, runs: readonly Cost[], counted: string): string[] {
  const [wall, cpu, peak] = [medianOf(runs, 'wall'), medianOf(runs, 'cpu'), medianOf(runs, 'peak')];
  return [
    name === 'baseline' ? 'bare loop' : name,
    String(runs.length),
    seconds(wall),
    seconds(cpu),
    rate(bytes, wall),
    rate(bytes, cpu),
    megabytes(peak),
    counted,
  ];
}

function countOf(name: string, runs: readonly Cost[], lines: number): string {
  if (name === 'postrun') return `${lines} lines`;
  const output = runs.at(-1)?.output ?? '';
  if (name !== 'baseline') return `${lastNumber(output)} messages`;
  const totals: { bytes: number; lines: number } = JSON.parse(output);
  return totals.lines > 0 ? `${totals.lines} lines` : `${totals.bytes} bytes`;
}

function against(
  what: string,
  ours: number | null,
  theirs: number | null,
  peer: string,
  wanted: number,
  ourCpu: number | null,
  theirCpu: number | null,
): Check[] {
  if (theirs === null) return [];
  const found = check(`${what} against ${peer}`, ratio(theirs, ours), '≥', wanted, ' ×');
  return [{ ...found, got: `${found.got} by wall, ${times(ratio(theirCpu, ourCpu))} by processor time` }];
}

function sum(a: Cost, b: Cost): Cost {
  return {
    wall: a.wall + b.wall,
    cpu: a.cpu === null || b.cpu === null ? null : a.cpu + b.cpu,
    peak: Math.max(a.peak ?? 0, b.peak ?? 0) || null,
    own: Math.max(a.own ?? 0, b.own ?? 0) || null,
    output: b.output,
  };
}
