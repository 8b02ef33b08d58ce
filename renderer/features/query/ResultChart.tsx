/**
 * The chart of a result draws its numbers over the window's time axis. The table shows the same
 * figures.
 */
import { useMemo, useRef } from 'react';
import { formatNumber } from '../../base/format.ts';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { type PlotCurve, TimePlot } from '../../charts/TimePlot.tsx';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import type { Chart } from './chart-series.ts';

const HEIGHT = 280;

export function ResultChart({ chart }: { chart: Chart }) {
  const curves = useMemo(
    () =>
      chart.curves.map(
        ({ name, timesUs, values }, k): PlotCurve => ({
          key: name,
          curve: { timesUs, values },
          token: `series-${(k % 8) + 1}`,
        }),
      ),
    [chart],
  );
  const area = useRef<HTMLDivElement>(null);
  const pointer = useTimePointer(area, { wheel: 'zoom' });
  return (
    <div className="query__chart">
      <ul className="query__legend">
        {chart.curves.map(({ name }, k) => (
          <li key={name}>
            <span className="query__swatch" style={{ background: `var(--series-${(k % 8) + 1})` }} />
            <SafeText text={name} />
          </li>
        ))}
        {chart.more > 0 && <li className="faint">{`and ${chart.more} more, in the table`}</li>}
      </ul>
      <div ref={area} className="query__plot" style={{ height: HEIGHT }} {...pointer.handlers}>
        <TimePlot height={HEIGHT} curves={curves} max={chart.max * 1.05} formatY={(value) => formatNumber(value)} />
        <TimeBrush range={pointer.brush} />
        <TimeCursor />
      </div>
    </div>
  );
}
