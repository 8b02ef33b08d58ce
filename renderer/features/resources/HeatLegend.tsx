/** The legend of the heat map: which colours stand for which values. */
import type { ReactNode } from 'react';
import type { MetricLook } from '../../charts/metrics.ts';

export function HeatLegend(props: {
  look: MetricLook;
  max: number;
  stops: readonly string[];
  left: number;
  children: ReactNode;
}) {
  const { look, max, stops, left, children } = props;
  return (
    <div className="band-legend" style={{ paddingLeft: left }}>
      <span className="band-legend__item">
        {look.format(0)}
        <span className="heat__scale" style={{ background: `linear-gradient(to right, ${stops.join(', ')})` }} />
        {look.format(max)}
      </span>
      <span className="band-legend__item">
        <span className="heat__none" /> no samples
      </span>
      <span className="faint">Each cell shows its largest sample.</span>
      {children}
    </div>
  );
}
