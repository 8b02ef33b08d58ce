/**
 * The heat map has one row per node or process, time on the x axis and colour for the value, so
 * hundreds fit on one screen. It scrolls and selects rows by pointer and keys; `draw-heat.ts` draws
 * it.
 */
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { isoTime } from '../../../electron/contract/json-values.ts';
import type { MetricLook } from '../../charts/metrics.ts';
import type { Pen } from '../../charts/pen.ts';
import { plotCsv } from '../../charts/plot-layout.ts';
import { SaveDrawing } from '../../charts/SaveGraph.tsx';
import { summaryOf } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useCanvas } from '../../charts/use-canvas.ts';
import { useSize } from '../../charts/use-size.ts';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { useSelection } from '../../state/StoresContext.tsx';
import { CurveTip } from './CurveTip.tsx';
import { drawHeat, heatStops } from './draw-heat.ts';
import { HeatLegend } from './HeatLegend.tsx';
import { rowHeight } from './heat-cells.ts';
import { useResourcesState } from './resources-state.ts';
import { useCurvesSpec } from './SaveCurves.tsx';
import type { Failures } from './use-events.ts';
import { type ResourcesView, useGreatest, useGroupCurves } from './use-resources.ts';
import { ValueTable } from './ValueTable.tsx';

/** Rows that scroll past faster are not asked for. */
const REST_MS = 60;
/** Up to this many curves are asked for together. */
const TOGETHER = 400;

export function HeatView({ view, look, failures }: { view: ResourcesView; look: MetricLook; failures: Failures }) {
  const { groups, level, pidsOf } = view;
  const axis = useTimeAxis();
  const colour = useThemeColours();
  const { order, hasTable } = useResourcesState();
  const select = useSelection((state) => state.select);
  const node = useSelection((state) => state.node);
  const process = useSelection((state) => state.process);
  const { ref: scroller, height } = useSize<HTMLDivElement>();
  const area = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  /** The position of the pointer in the area. The row under it changes as the rows scroll. */
  const [pointerY, setPointerY] = useState<number | null>(null);

  const isTogether = groups.length <= TOGETHER;
  const row = rowHeight(groups.length, height);
  const first = Math.max(0, Math.floor(scrollTop / row));
  const last = Math.min(groups.length - 1, Math.ceil((scrollTop + height) / row));
  const wanted = useMemo(
    () => (isTogether ? groups : groups.slice(first, last + 1)),
    [isTogether, groups, first, last],
  );
  const { curveOf } = useGroupCurves(wanted, { delayMs: isTogether ? 0 : REST_MS });
  const greatest = useGreatest(wanted, curveOf);
  const max = look.scaleTo(greatest);
  const rows = useMemo(
    () =>
      order === 'name' || !isTogether
        ? groups
        : groups
            .map((group) => ({ group, key: summaryOf(curveOf(group), axis.fromUs, axis.toUs).max ?? -1 }))
            .sort((a, b) => b.key - a.key)
            .map((each) => each.group),
    [groups, order, isTogether, curveOf, axis.fromUs, axis.toUs],
  );
  const active = rows.findIndex((each) =>
    level === 'node' ? each.node === node : each.node === process?.node && each.process === process.process,
  );
  const stops = useMemo(() => heatStops(colour), [colour]);
  const draw = useCallback(
    (context: Pen) =>
      drawHeat(context, {
        axis,
        rows: rows.slice(first, last + 1).map((group) => ({
          group,
          curve: curveOf(group),
          marks: failures.marksOf(group.node, level === 'node' ? null : pidsOf(group)),
        })),
        height,
        top: first * row - scrollTop,
        row,
        max,
        active: active - first,
        stops,
        colour,
      }),
    [axis, rows, first, last, curveOf, failures, level, pidsOf, row, scrollTop, max, active, stops, colour, height],
  );
  const canvas = useCanvas(draw);
  const curvesOf = useCurvesSpec(rows, look);

  const choose = (index: number) => {
    const group = rows[index];
    if (group === undefined) return;
    if (group.process === null) select({ node: group.node, process: null, detail: 'node' });
    else {
      const pid = pidsOf(group).at(-1) ?? null;
      select({ node: group.node, process: { node: group.node, process: group.process, pid }, detail: 'process' });
    }
  };
  const yOf = (event: { clientY: number }) => event.clientY - (area.current?.getBoundingClientRect().top ?? 0);
  const rowAt = (y: number) => {
    const index = Math.floor((y + scrollTop) / row);
    return index >= 0 && index < rows.length ? { row: index, y: index * row - scrollTop + row / 2 } : null;
  };
  const pointer = useTimePointer(area, {
    wheel: 'scroll',
    onMove: (_us, event) => setPointerY(yOf(event)),
    onLeave: () => setPointerY(null),
    onClick: (_us, event) => {
      const at = rowAt(yOf(event));
      if (at !== null) choose(at.row);
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(rows.length - 1, Math.max(0, active + step));
    choose(next);
    const element = scroller.current;
    if (element === null) return;
    if (next * row < element.scrollTop) element.scrollTo({ top: next * row });
    else if ((next + 1) * row > element.scrollTop + height) element.scrollTo({ top: (next + 1) * row - height });
  };
  const hover = pointerY === null ? null : rowAt(pointerY);
  const over = hover === null ? undefined : rows[hover.row];
  const activeRow = rows[active];
  return (
    <div className="resources__split">
      <HeatLegend look={look} max={max} stops={stops} left={axis.left}>
        <SaveDrawing
          title={`Heat map of ${look.title}`}
          draw={draw}
          canvas={canvas}
          csv={async () => plotCsv(await curvesOf('table'), isoTime)}
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
          <div style={{ height: rows.length * row }} />
        </div>
        <TimeCursor />
        <TimeBrush range={pointer.brush} />
        {hover !== null && over !== undefined && pointer.brush === null && (
          <HoverTip y={hover.y} group={over} look={look} curve={curveOf(over)} />
        )}
      </div>
      {hasTable && isTogether && <ValueTable groups={rows} look={look} curveOf={curveOf} pidsOf={pidsOf} />}
    </div>
  );
}

function HoverTip(
  props: { y: number; group: { node: string; process: string | null } } & Omit<
    Parameters<typeof CurveTip>[0],
    'x' | 'title'
  >,
) {
  const axis = useTimeAxis();
  const us = useSelection((state) => state.hoverUs);
  if (us === null) return null;
  const { group, ...rest } = props;
  const title = group.process === null ? group.node : `${group.node} · ${group.process}`;
  return <CurveTip {...rest} x={axis.xOf(us)} title={title} />;
}
