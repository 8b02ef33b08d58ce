/** The tip of the heat map names the row under the pointer and its value there. */
import type { MetricLook } from '../../charts/metrics.ts';
import type { Curve } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useSelection } from '../../state/StoresContext.tsx';
import { CurveTip } from './CurveTip.tsx';
import type { SeriesGroup } from './series-groups.ts';

export interface HeatTipProps {
  group: SeriesGroup;
  y: number;
  look: MetricLook;
  curve: Curve;
}

export function HeatTip({ group, ...rest }: HeatTipProps) {
  const axis = useTimeAxis();
  const us = useSelection((state) => state.hoverUs);
  if (us === null) return null;
  const title = group.process === null ? group.node : `${group.node} · ${group.process}`;
  return <CurveTip {...rest} x={axis.xOf(us)} title={title} />;
}
