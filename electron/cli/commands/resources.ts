/** The command `resources` prints the series behind the graphs. */
import { type Command, Option } from 'commander';
import { type ClockChoice, clocks } from '../../contract/filter.ts';
import { formatNumber } from '../../contract/format.ts';
import { formatDateTime } from '../../contract/format-time.ts';
import type { SeriesInfo } from '../../contract/series-records.ts';
import { formatCsv } from '../../engine/listing/delimited.ts';
import { addCaseOptions, parseCount } from '../case-options.ts';
import { exitStatus } from '../io.ts';
import { seriesJson } from '../json.ts';
import { printRows, type RowPrinter } from '../print-rows.ts';
import type { RunCommand } from '../run-command.ts';
import { type CaseOptions, type Session, withCase } from '../session.ts';
import { parseTime } from '../values.ts';

interface ResourceOptions extends CaseOptions {
  node?: string;
  pid?: number;
  metric?: string;
  from?: string;
  to?: string;
  clock: ClockChoice;
  points: number;
}

const mostPoints = 20_000;
/** Series per call, to bound the size of a reply. */
const seriesPerCall = 20;

const seriesPrinter: RowPrinter<SeriesInfo> = {
  json: () => ({}),
  csvColumns: [],
  columns: [
    { title: 'METRIC', text: (row) => row.metric },
    { title: 'UNIT', text: (row) => row.unit },
    { title: 'NODE', text: (row) => row.node },
    { title: 'PROCESS', text: (row) => row.process ?? '' },
    { title: 'PID', text: (row) => (row.pid === null ? '' : String(row.pid)) },
    { title: 'POINTS', text: (row) => formatNumber(row.points), right: true },
    { title: 'MIN', text: (row) => short(row.min), right: true },
    { title: 'MAX', text: (row) => short(row.max), right: true },
    { title: 'FROM (UTC)', text: (row) => formatDateTime(row.fromUs, 'utc') },
    { title: 'TO (UTC)', text: (row) => formatDateTime(row.toUs, 'utc') },
  ],
  none: 'No resource series.',
};

export function addResourcesCommand(program: Command, run: RunCommand): void {
  addCaseOptions(program.command('resources').argument('<path>', 'a folder, a .zip or a case'), { csv: true })
    .description('list the resource series; with --json or --csv their points')
    .option('--node <node>', 'of this node')
    .option('--pid <pid>', 'of the process with this pid', parseCount)
    .option('--metric <metric>', 'this metric, such as cpu_percent')
    .option('--from <time>', 'from this time on, ISO 8601')
    .option('--to <time>', 'before this time')
    .addOption(
      new Option('--clock <clock>', "times as written, or aligned on the master's clock")
        .choices(clocks)
        .default('written'),
    )
    .option('--points <n>', 'thin a series out to this many points, minima and maxima kept', parseCount, mostPoints)
    .action((path: string, options: ResourceOptions) =>
      run(({ io, out }) =>
        withCase(io, out, path, options, async (session) => {
          await printSeries(session, options);
          return exitStatus.done;
        }),
      ),
    );
}

async function printSeries(session: Session, options: ResourceOptions): Promise<void> {
  const { client, caseId, out } = session;
  const all = await client.call('resources.list', { caseId, clock: options.clock });
  const { nodes } = await client.call('run.info', { caseId });
  const wanted = nodes.find(({ aliases }) => options.node !== undefined && aliases.includes(options.node))?.node;
  const series = all.filter(
    (one) =>
      (options.node === undefined || one.node === (wanted ?? options.node)) &&
      (options.pid === undefined || one.pid === options.pid) &&
      (options.metric === undefined || one.metric === options.metric),
  );
  if (!options.json && !options.csv) return printRows(out, options, seriesPrinter, [series]);

  const csvColumns = ['node', 'pid', 'process', 'metric', 'unit', 'time', 'value'];
  if (options.csv && !options.json) await out.write(formatCsv([], csvColumns, true));
  let printed = 0;
  for await (const one of withPoints(session, options, series)) {
    if (options.json) {
      await out.write(`${printed === 0 ? '[\n' : ',\n'}${JSON.stringify(one)}`);
    } else {
      const { points, ...names } = one;
      const rows = points.map(([time, value]) => ({ ...names, time, value }));
      await out.write(formatCsv(rows, csvColumns, false));
    }
    printed++;
  }
  if (options.json) await out.write(printed === 0 ? '[]\n' : '\n]\n');
}

async function* withPoints({ client, caseId, signal }: Session, options: ResourceOptions, series: SeriesInfo[]) {
  const range = {
    fromUs: options.from === undefined ? null : parseTime(options.from),
    toUs: options.to === undefined ? null : parseTime(options.to),
    clock: options.clock,
    maxPoints: Math.min(mostPoints, Math.max(2, options.points)),
  };
  for (let start = 0; start < series.length; start += seriesPerCall) {
    const asked = series.slice(start, start + seriesPerCall);
    const seriesIds = asked.map((one) => one.seriesId);
    const answers = await client.call('resources.points', { caseId, seriesIds, ...range }, { signal });
    for (const one of asked) {
      const points = answers.find((answer) => answer.seriesId === one.seriesId);
      yield seriesJson(one, points ?? { seriesId: one.seriesId, timesUs: [], values: [] });
    }
  }
}

function short(value: number): string {
  return Number.isInteger(value) ? formatNumber(value) : value.toFixed(2);
}
