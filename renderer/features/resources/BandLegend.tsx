/** The legend of the band: its parts, and the curves with a name and how far they stand out. */
import { formatCount, formatTimes } from '../../base/format.ts';
import type { MetricLook } from '../../charts/metrics.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { Value } from '../../widgets/Value.tsx';
import { Swatch } from './Swatch.tsx';
import type { NamedCurve } from './use-band.ts';
import type { ResourcesView } from './use-resources.ts';

/** Fewer curves form no crowd that one could stand out from. */
const LEAST_CROWD = 4;

export interface BandLegendProps {
  view: ResourcesView;
  look: MetricLook;
  named: readonly NamedCurve[];
}

export function BandLegend({ view: { groups, level }, look, named }: BandLegendProps) {
  const axis = useTimeAxis();
  const hasOutlier = named.some((each) => each.outlier !== undefined);
  return (
    <div className="band-legend" style={{ paddingLeft: axis.left }}>
      <span className="band-legend__item">
        <Swatch look={{ token: 'series-1', dash: undefined }} /> median
      </span>
      <span className="band-legend__item">
        <span className="band-legend__fill band-legend__fill--half" /> middle half
      </span>
      <span className="band-legend__item">
        <span className="band-legend__fill" /> min to max of{' '}
        {formatCount(groups.length, level === 'node' ? 'node' : 'process', level === 'node' ? 'nodes' : 'processes')}
      </span>
      {named.map((each) => (
        <NamedItem key={each.group.key} named={each} look={look} />
      ))}
      {!hasOutlier && groups.length >= LEAST_CROWD && <span className="faint">no outlier</span>}
    </div>
  );
}

function NamedItem({ named, look }: { named: NamedCurve; look: MetricLook }) {
  const { group, outlier } = named;
  return (
    <span className="band-legend__item">
      <Swatch look={named.look} />
      {group.process === null ? (
        <Value value={{ of: 'node', node: group.node }} />
      ) : (
        <Value value={{ of: 'process', node: group.node, process: group.process, pid: group.pid }}>
          {group.node} · {group.process}
        </Value>
      )}
      {outlier !== undefined && (
        <span
          className="soft"
          title={`Its mean distance from the median is ${formatTimes(outlier.times)} that of a typical node.`}
        >
          {outlier.distance > 0 ? 'above' : 'below'} by {look.format(Math.abs(outlier.distance))}
        </span>
      )}
    </span>
  );
}
