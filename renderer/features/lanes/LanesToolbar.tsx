/**
 * The toolbar of the lanes says how many there are, chooses their height and curves, and holds the
 * legend.
 */
import { useMemo } from 'react';
import type { Lane } from '../../../electron/contract/analysis.ts';
import { formatCount, formatNumber } from '../../base/format.ts';
import { Button } from '../../widgets/Button.tsx';
import { MenuButton } from '../../widgets/MenuButton.tsx';
import { Segments } from '../../widgets/Segments.tsx';
import { LanesLegend } from './LanesLegend.tsx';
import { useLanesState } from './lanes-state.ts';
import { useLaneCurves } from './use-lane-curves.ts';

const sizes = [
  { value: 'small', title: 'S' },
  { value: 'medium', title: 'M' },
  { value: 'large', title: 'L' },
] as const;

export interface LanesToolbarProps {
  lanes: readonly Lane[];
  /** The number of lanes in all ranges. */
  total: number;
}

export function LanesToolbar({ lanes, total }: LanesToolbarProps) {
  const { size, hasProcessCurves, set } = useLanesState();
  const { looks, hasProcessSeries } = useLaneCurves();
  const nodes = useMemo(() => new Set(lanes.map((lane) => lane.node)).size, [lanes]);
  return (
    <div className="lanes__toolbar" role="toolbar" aria-label="Lanes">
      <span className="lanes__count">
        <strong>{formatCount(lanes.length, 'process', 'processes')}</strong> on {formatCount(nodes, 'node')}
      </span>
      {total > lanes.length && (
        <span className="faint">{`of ${formatNumber(total)}: those that were there in this range`}</span>
      )}
      <Segments label="Height of a lane" choices={sizes} value={size} onChoose={(next) => set({ size: next })} />
      {looks.length > 0 && <CurveMenu />}
      {hasProcessSeries && (
        <Button
          tone="quiet"
          isPressed={hasProcessCurves}
          title="Memory and CPU of each process below its lane"
          onClick={() => set({ hasProcessCurves: !hasProcessCurves })}
        >
          Memory and CPU
        </Button>
      )}
      <LanesLegend />
    </div>
  );
}

/** Chooses the metric of the curve at each node. */
function CurveMenu() {
  const { metric, set } = useLanesState();
  const { looks, look } = useLaneCurves();
  const items = [
    { id: '', title: 'No curve', isChecked: look === null, run: () => set({ metric: null }) },
    ...looks.map((each, index) => ({
      id: each.metric,
      title: each.title,
      isChecked: each.metric === metric,
      startsGroup: index === 0,
      run: () => set({ metric: each.metric }),
    })),
  ];
  return (
    <MenuButton label={look === null ? 'Curve at each node' : `Curve at each node: ${look.title}`} items={items}>
      {look === null ? 'Curve' : look.title}
    </MenuButton>
  );
}
