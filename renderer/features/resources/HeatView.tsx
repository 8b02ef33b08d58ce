/**
 * The heat map has one row per node or process, time on the x axis and colour for the value, so
 * hundreds fit on one screen. It scrolls and selects rows by pointer and keys; `draw-heat.ts` draws
 * it.
 */
import { type KeyboardEvent, useRef, useState } from 'react';
import { isoTime } from '../../../electron/contract/json-values.ts';
import type { MetricLook } from '../../charts/metrics.ts';
import { plotCsv } from '../../charts/plot-layout.ts';
import { SaveDrawing } from '../../charts/SaveGraph.tsx';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useCanvas } from '../../charts/use-canvas.ts';
import { useSize } from '../../charts/use-size.ts';
import { HeatLegend } from './HeatLegend.tsx';
import { HeatTip } from './HeatTip.tsx';
import { scrollTopFor } from './heat-cells.ts';
import { useResourcesState } from './resources-state.ts';
import { useCurvesSpec } from './SaveCurves.tsx';
import type { Failures } from './use-events.ts';
import { useGroupSelection } from './use-group-selection.ts';
import { useHeatDrawing } from './use-heat-drawing.ts';
import { useHeatPointer } from './use-heat-pointer.ts';
import { useHeatRows } from './use-heat-rows.ts';
import type { ResourcesView } from './use-resources.ts';
import { ValueTable } from './ValueTable.tsx';

export function HeatView({ view, look, failures }: { view: ResourcesView; look: MetricLook; failures: Failures }) {
  const { level, pidsOf } = view;
  const axis = useTimeAxis();
  const { hasTable } = useResourcesState();
  const { ref: scroller, height } = useSize<HTMLDivElement>();
  const area = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const heat = useHeatRows(view, look, scrollTop, height);
  const { rows, rowPx, curveOf, max } = heat;
  const { activeOf, choose } = useGroupSelection(pidsOf);
  const active = activeOf(rows);
  const { draw, stops } = useHeatDrawing(view, failures, heat, active);
  const canvas = useCanvas(draw);
  const { pointer, hover } = useHeatPointer(area, heat, choose);
  const spec = useCurvesSpec(rows, look);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(rows.length - 1, Math.max(0, active + step));
    choose(rows[next]);
    const top = scrollTopFor(next, rowPx, scroller.current?.scrollTop ?? 0, height);
    if (top !== null) scroller.current?.scrollTo({ top });
  };
  const activeRow = rows[active];
  return (
    <div className="resources__split">
      <HeatLegend look={look} max={max} stops={stops} left={axis.left}>
        <SaveDrawing
          title={`Heat map of ${look.title}`}
          draw={draw}
          canvas={canvas}
          csv={async () => plotCsv(await spec('table'), isoTime)}
        />
      </HeatLegend>
      <div ref={area} className="resources__area resources__area--heat" {...pointer.handlers}>
        <canvas ref={canvas} className="heat__canvas" />
        <div
          ref={scroller}
          className="heat__scroller"
          role="slider"
          tabIndex={0}
          aria-label={`Heat map of ${look.title}, ${level === 'node' ? 'nodes' : 'processes'}; up and down choose a row`}
          aria-valuemin={1}
          aria-valuemax={rows.length}
          aria-valuenow={active + 1}
          aria-valuetext={activeRow === undefined ? 'none' : `${activeRow.node} ${activeRow.process ?? ''}`}
          onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
          onKeyDown={onKeyDown}
        >
          <div style={{ height: rows.length * rowPx }} />
        </div>
        <TimeCursor />
        <TimeBrush range={pointer.brush} />
        {hover !== null && pointer.brush === null && <HeatTip {...hover} look={look} curve={curveOf(hover.group)} />}
      </div>
      {hasTable && heat.isTogether && <ValueTable groups={rows} look={look} curveOf={curveOf} pidsOf={pidsOf} />}
    </div>
  );
}
