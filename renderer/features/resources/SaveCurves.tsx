/**
 * Saves all graphs of the view, not only those in sight, as a picture or as a table. A table has
 * every sample; a picture has at most `PICTURE_POINTS` of each series.
 */
import { isoTime } from '../../../electron/contract/json-values.ts';
import { formatClock, timeTicks } from '../../base/format-time.ts';
import type { MetricLook } from '../../charts/metrics.ts';
import type { PlotLine, PlotSpec } from '../../charts/plot-layout.ts';
import { SaveGraph } from '../../charts/SaveGraph.tsx';
import { withGaps } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useCase, useClient, useView } from '../../state/StoresContext.tsx';
import type { SeriesGroup } from './series-groups.ts';

const PICTURE_POINTS = 5_000;
const ALL_POINTS = 10_000_000;
const COLOURS = 8;
const TICKS = 8;

/**
 * Returns a function that describes all graphs of the view as one plot over the visible range, not
 * only the graphs in sight.
 */
export function useCurvesSpec(groups: readonly SeriesGroup[], look: MetricLook) {
  const caseId = useCase((state) => state.caseId);
  const client = useClient();
  const zone = useView((state) => state.zone);
  const { fromUs, toUs } = useTimeAxis();
  return async (as: 'picture' | 'table'): Promise<PlotSpec> => {
    const infos = groups.flatMap((group) => group.infos.map((info) => ({ group, info })));
    const points =
      caseId === null
        ? []
        : await client.call('resources.points', {
            caseId,
            seriesIds: infos.map(({ info }) => info.seriesId),
            fromUs,
            toUs,
            maxPoints: as === 'picture' ? PICTURE_POINTS : ALL_POINTS,
          });
    const byId = new Map(points.map((each) => [each.seriesId, each]));
    const lines = infos.flatMap(({ group, info }, index): PlotLine[] => {
      const found = byId.get(info.seriesId);
      if (found === undefined) return [];
      const curve = withGaps(found, info, Number.POSITIVE_INFINITY);
      return [
        {
          key: String(info.seriesId),
          title: group.process === null ? group.node : `${group.node} ${group.process}`,
          token: `series-${(index % COLOURS) + 1}`,
          dash: index < COLOURS ? undefined : '4 3',
          xs: curve.timesUs,
          ys: curve.values,
        },
      ];
    });
    const most = lines.reduce((max, { ys }) => ys.reduce<number>((m, y) => (y !== null && y > m ? y : m), max), 0);
    return {
      title: look.unit === '' ? look.title : `${look.title} (${look.unit})`,
      x: {
        title: 'time',
        from: fromUs,
        to: toUs,
        format: (us) => formatClock(us, zone, 'second'),
        ticks: timeTicks(fromUs, toUs, TICKS, zone).map((tick) => tick.us),
      },
      y: { title: look.unit, from: 0, to: look.scaleTo(most), format: look.formatAxis },
      lines,
    };
  };
}

export function SaveCurves({ groups, look }: { groups: readonly SeriesGroup[]; look: MetricLook }) {
  const spec = useCurvesSpec(groups, look);
  return <SaveGraph title={look.title} spec={spec} formatX={isoTime} />;
}
