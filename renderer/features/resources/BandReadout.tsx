/**
 * The readout of the band: its figures at the cursor, and which curves have the minimum and the
 * maximum.
 */
import { formatClock } from '../../base/format-time.ts';
import type { Band } from '../../charts/aggregate.ts';
import type { MetricLook } from '../../charts/metrics.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useCursorUs, useView } from '../../state/StoresContext.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import type { SeriesGroup } from './series-groups.ts';

export function BandReadout(props: { band: Band; groups: readonly SeriesGroup[]; look: MetricLook }) {
  const { band, groups, look } = props;
  const axis = useTimeAxis();
  const us = useCursorUs();
  const zone = useView((state) => state.zone);
  if (us === null || us < axis.fromUs || us > axis.toUs || band.timesUs.length < 2) return null;
  const first = band.timesUs[0] ?? 0;
  const step = (band.timesUs[1] ?? 1) - first;
  const at = Math.round((us - first) / step);
  const count = band.count[at] ?? 0;
  const isLeft = axis.xOf(us) > axis.left + axis.width / 2;
  const name = (index: number | undefined) => {
    const group = groups[index ?? -1];
    return group === undefined ? '' : group.process === null ? group.node : `${group.node} · ${group.process}`;
  };
  return (
    <div
      className={`band-readout ${isLeft ? 'band-readout--left' : ''}`}
      style={{ transform: `translateX(${axis.xOf(us)}px)` }}
      aria-hidden="true"
    >
      <div className="band-readout__box">
        <p className="band-readout__time">{formatClock(us, zone)}</p>
        {count === 0 ? (
          <p className="soft">no samples</p>
        ) : (
          <dl>
            <dt>max</dt>
            <dd>{look.format(band.max[at] ?? null)}</dd>
            <dd className="soft ellipsis">
              <SafeText text={name(band.maxOf[at])} />
            </dd>
            <dt>median</dt>
            <dd>{look.format(band.median[at] ?? null)}</dd>
            <dd className="soft">of {count}</dd>
            <dt>min</dt>
            <dd>{look.format(band.min[at] ?? null)}</dd>
            <dd className="soft ellipsis">
              <SafeText text={name(band.minOf[at])} />
            </dd>
          </dl>
        )}
      </div>
    </div>
  );
}
