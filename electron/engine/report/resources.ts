/** Curves of the failing node and process around the time of the failure. */
import type { ClockChoice } from '../../contract/filter.ts';
import type { Report } from '../../contract/report-model.ts';
import type { SeriesInfo } from '../../contract/series-records.ts';
import { ClockAlign } from '../analysis/clocks.ts';
import { seriesList, seriesPoints } from '../analysis/series.ts';
import { selectCells } from '../store/select.ts';
import { type CaseView, isoAt } from './case-view.ts';

const MAX_SERIES = 10;
const MAX_POINTS = 240;
/** Runs up to this long are drawn whole; longer ones from before the failure to shortly after. */
const WHOLE_US = 3_600e6;
const BEFORE_US = 1_800e6;
const AFTER_US = 600e6;

/** Titles of metrics, most informative first. */
const titles: ReadonlyMap<string, string> = new Map(
  Object.entries({
    memory_used_percent: 'Memory used',
    memory_used: 'Memory used',
    memory_percent: 'Memory of the process',
    memory_rss: 'Memory of the process',
    cpu_percent: 'CPU',
    disk_used_percent: 'Disk used',
    network_received_bytes: 'Network received',
    network_sent_bytes: 'Network sent',
    disk_read_bytes: 'Disk read',
    disk_write_bytes: 'Disk written',
  } satisfies Record<string, string>),
);
const order = [...titles.keys()];
/** Splits `disk_used_percent:/mnt` into the name and which one of several. */
const nameOf = (metric: string) => metric.split(':', 1)[0] ?? metric;
const rankOf = (metric: string) => order.indexOf(nameOf(metric));

function titleOf(metric: string): string {
  const name = nameOf(metric);
  const title = titles.get(name) ?? name;
  return name === metric ? title : `${title}, ${metric.slice(name.length + 1)}`;
}

export interface Focus {
  timeUs: number | null;
  node: string | null;
  pid: number | null;
  /** Describes what happened at that time. */
  around: string;
}

/** Returns null if the node has no samples. */
export function resourcesOf(
  view: CaseView,
  focus: Focus,
  run: { startUs: number | null; endUs: number | null },
  clock: ClockChoice,
): Report['resources'] {
  const all = seriesList(view.db, clock);
  const node = focus.node ?? all[0]?.node ?? null;
  if (node === null) return null;
  const own = all.filter(
    (series) =>
      series.node === node &&
      series.points > 1 &&
      (series.pid === null ? series.process === null : series.pid === focus.pid),
  );
  const hasShare = own.some((series) => series.metric === 'memory_used_percent' && series.pid === null);
  const known = own
    .filter(
      (series) => rankOf(series.metric) >= 0 && !(hasShare && series.metric === 'memory_used' && series.pid === null),
    )
    .sort(
      (a, b) =>
        Number(a.pid !== null) - Number(b.pid !== null) || rankOf(a.metric) - rankOf(b.metric) || a.fromUs - b.fromUs,
    );
  const shown = known.slice(0, MAX_SERIES);
  if (shown.length === 0) return null;
  const focusUs = focus.timeUs === null ? null : new ClockAlign(view.db, clock).align(node, focus.timeUs);
  const { fromUs, toUs } = windowOf(focusUs, shown, run);
  const files = selectCells(view.db, 'SELECT path FROM file WHERE id = ?', 'text');
  return {
    around: focus.around,
    at: focusUs === null ? null : isoAt(focusUs),
    fromAt: isoAt(fromUs),
    toAt: isoAt(toUs),
    series: shown.flatMap((series) => {
      const points = seriesPoints(view.db, series.seriesId, fromUs, toUs, MAX_POINTS, clock);
      if (points === null || points.timesUs.length === 0) return [];
      return [
        {
          node: series.node,
          process: series.process,
          pid: series.pid,
          metric: series.metric,
          title: titleOf(series.metric),
          unit: series.counter ? `${series.unit}/s` : series.unit,
          max: points.values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0),
          points: points.timesUs.map((timeUs, k): [string, number | null] => [
            isoAt(timeUs),
            rounded(points.values[k] ?? null),
          ]),
          file: files.get(series.fileId) ?? '',
        },
      ];
    }),
    omittedSeries: own.length - shown.length,
  };
}

function windowOf(
  timeUs: number | null,
  series: readonly SeriesInfo[],
  run: { startUs: number | null; endUs: number | null },
): { fromUs: number; toUs: number } {
  const first = series.reduce((least, one) => Math.min(least, one.fromUs), run.startUs ?? Number.POSITIVE_INFINITY);
  const last = series.reduce((most, one) => Math.max(most, one.toUs), run.endUs ?? Number.NEGATIVE_INFINITY);
  if (timeUs === null || last - first <= WHOLE_US) return { fromUs: first, toUs: Math.max(last, first + 1e6) };
  return { fromUs: Math.max(first, timeUs - BEFORE_US), toUs: Math.min(last, timeUs + AFTER_US) };
}

/** Rounds to six significant digits, more than a curve can show. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6));
}
