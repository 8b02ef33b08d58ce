/**
 * The canvas of the lanes scrolls, asks for the bars and curves in view, and selects a process or
 * attempt by pointer and keys. `lane-layout.ts` places the lanes and `draw-lanes.ts` draws them.
 */
// biome-ignore-all lint/a11y/useSemanticElements: keys walk through the lanes of a picture

import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Lane } from '../../../electron/contract/analysis.ts';
import { formatCount } from '../../base/format.ts';
import { formatClock } from '../../base/format-time.ts';
import { outcomeLooks } from '../../base/looks.ts';
import type { MetricLook } from '../../charts/metrics.ts';
import type { Pen } from '../../charts/pen.ts';
import { SaveDrawing } from '../../charts/SaveGraph.tsx';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useCanvas } from '../../charts/use-canvas.ts';
import { useSize } from '../../charts/use-size.ts';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { useSelection, useView } from '../../state/StoresContext.tsx';
import { drawLanes } from './draw-lanes.ts';
import { LaneTip } from './LaneTip.tsx';
import { barAt, type LaneBar, stepBar } from './lane-bars.ts';
import { itemAt, itemsBetween, layoutLanes, processAt } from './lane-layout.ts';
import { CURVES_PX, lanePx, useLanesState } from './lanes-state.ts';
import { useAttemptsCsv } from './use-attempts-csv.ts';
import { useChooseBar } from './use-choose-bar.ts';
import { type LaneList, laneOf, useChosenAttempts, useLaneBars, useNodeCurves, useProcessCurves } from './use-lanes.ts';
import { useProcessDetail } from './use-process.ts';

const HEAD_PX = 22;
const CURVE_HEAD_PX = 48;
/** A click this close to a bar counts as on it. */
const NEAR_PX = 3;

const MOST_BAR_PX = 44;

/** Lets few lanes grow to fill the available height. */
function useBarHeight(lanes: LaneList['lanes'], px: number, hasCurves: boolean, height: number): number {
  return useMemo(() => {
    const heads = new Set(lanes.map((lane) => lane.node)).size;
    const slots = new Set(lanes.map((lane) => lane.slot)).size;
    const room = (height - heads * HEAD_PX) / Math.max(1, slots) - (hasCurves ? CURVES_PX : 0);
    return Math.max(px, Math.min(Math.max(px, MOST_BAR_PX), Math.floor(room)));
  }, [lanes, px, hasCurves, height]);
}

export function LaneCanvas({ list, look }: { list: LaneList; look: MetricLook | null }) {
  const { lanes } = list;
  const axis = useTimeAxis();
  const colour = useThemeColours();
  const zone = useView((state) => state.zone);
  const { size, hasProcessCurves } = useLanesState();
  const process = useSelection((state) => state.process);
  const timeUs = useSelection((state) => state.timeUs);
  const select = useSelection((state) => state.select);
  const { ref: scroller, height } = useSize<HTMLDivElement>();
  const area = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [hover, setHover] = useState<{ x: number; y: number; us: number } | null>(null);
  const barHeight = useBarHeight(lanes, lanePx[size], hasProcessCurves, height);
  const laneHeight = barHeight + (hasProcessCurves ? CURVES_PX : 0);
  const layout = useMemo(
    () => layoutLanes(lanes, laneHeight, look === null ? HEAD_PX : CURVE_HEAD_PX),
    [lanes, laneHeight, look],
  );
  const [firstItem, lastItem] = itemsBetween(layout, scrollTop, scrollTop + height);
  const items = useMemo(() => layout.items.slice(firstItem, lastItem + 1), [layout, firstItem, lastItem]);
  const bars = useLaneBars(list, items[0]?.lane ?? 0, items.at(-1)?.lane ?? -1);
  const { curves, max } = useNodeCurves(look?.metric ?? null);
  const own = useProcessCurves(lanes, items[0]?.lane ?? 0, items.at(-1)?.lane ?? -1, hasProcessCurves);
  const chosen = useChosenAttempts(lanes);
  const chooseBar = useChooseBar();

  const active = process === null ? -1 : laneOf(lanes, process.node, process.pid, process.process, timeUs);
  const activeLane = lanes[active];
  const nearUs = (NEAR_PX / Math.max(1, axis.width)) * (axis.toUs - axis.fromUs);
  const activeBar = timeUs === null ? null : barAt(bars.get(active) ?? [], timeUs, nearUs);
  const detail = useProcessDetail(activeLane?.processId ?? null);
  const initSeconds = useMemo(
    () =>
      new Map(
        detail === null || detail.initSeconds === null ? [] : [[detail.lane.processId, detail.initSeconds] as const],
      ),
    [detail],
  );
  const curveMax = look === null ? 0 : look.scaleTo(max);
  const draw = useCallback(
    (context: Pen, _width: number, tall: number) =>
      drawLanes(
        context,
        {
          axis,
          items,
          scrollTop,
          lanes,
          bars,
          curves,
          curveMax,
          active,
          activeBar,
          chosen,
          initSeconds,
          colour,
          barHeight,
          processCurves: own.byLane,
          memoryMax: own.memoryMax,
          cpuMax: own.cpuMax,
        },
        tall,
      ),
    [
      axis,
      items,
      scrollTop,
      lanes,
      bars,
      curves,
      curveMax,
      active,
      activeBar,
      chosen,
      initSeconds,
      colour,
      barHeight,
      own,
    ],
  );
  const canvas = useCanvas(draw);
  const attemptsCsv = useAttemptsCsv();

  const reveal = useCallback(
    (lane: number) => {
      const element = scroller.current;
      const item = layout.items.find((each) => !each.isHead && each.lane === lane);
      if (element === null || item === undefined) return;
      if (item.y < element.scrollTop + HEAD_PX) element.scrollTo({ top: item.y - HEAD_PX });
      else if (item.y + item.height > element.scrollTop + element.clientHeight)
        element.scrollTo({ top: item.y + item.height - element.clientHeight });
    },
    [layout, scroller],
  );
  // Scrolls a process into view when a person arrives from it.
  const revealed = useRef(-1);
  useEffect(() => {
    if (height === 0 || active < 0 || revealed.current === active) return;
    revealed.current = active;
    reveal(active);
  }, [active, height, reveal]);

  /** Returns the lane at a height of the view. The result changes as the lanes scroll. */
  const laneAt = (viewY: number, us: number): number | null => {
    const y = viewY + scrollTop;
    if (y < 0 || y >= layout.height) return null;
    const item = layout.items[itemAt(layout, y)];
    return item === undefined || item.isHead ? null : processAt(lanes, item.lane, us);
  };
  const pointer = useTimePointer(area, {
    wheel: 'scroll',
    onMove: (us, event) => {
      const box = area.current?.getBoundingClientRect();
      if (box !== undefined) setHover({ us, x: event.clientX - box.left, y: event.clientY - box.top });
    },
    onLeave: () => setHover(null),
    onClick: (us, event) => {
      const index = laneAt(event.clientY - (area.current?.getBoundingClientRect().top ?? 0), us);
      const lane = index === null ? undefined : lanes[index];
      if (index === null || lane === undefined) return;
      revealed.current = index;
      chooseBar(lane, barAt(bars.get(index) ?? [], us, nearUs), us);
    },
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const key = event.key;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'ArrowUp' || key === 'ArrowDown') {
      const next = Math.min(lanes.length - 1, Math.max(0, active + (key === 'ArrowDown' ? 1 : -1)));
      const lane = lanes[next];
      if (lane === undefined) return;
      const { node, process: name, pid } = lane;
      revealed.current = next;
      select({ process: { node, process: name, pid }, node, detail: 'process' });
      reveal(next);
    } else if ((key === 'ArrowLeft' || key === 'ArrowRight') && activeLane !== undefined) {
      const bar = stepBar(bars.get(active) ?? [], activeBar?.fromUs ?? timeUs ?? 0, key === 'ArrowRight' ? 1 : -1);
      if (bar !== null) select({ timeUs: Math.round((bar.fromUs + bar.toUs) / 2) });
    } else if (key === 'Enter' && activeLane !== undefined) {
      chooseBar(activeLane, activeBar, timeUs ?? axis.fromUs);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const overLane = hover === null ? null : laneAt(hover.y, hover.us);
  const over = overLane === null ? undefined : lanes[overLane];
  const overBar = hover === null || overLane === null ? null : barAt(bars.get(overLane) ?? [], hover.us, nearUs);
  return (
    <div className="lanes__frame">
      <div ref={area} className="lanes__area" {...pointer.handlers}>
        <canvas ref={canvas} className="lanes__canvas" />
        <div
          ref={scroller}
          className="lanes__scroller"
          role="slider"
          tabIndex={0}
          aria-label="Lanes of processes. Up and down: process; left and right: attempt; Enter: its details"
          aria-valuemin={1}
          aria-valuemax={lanes.length}
          aria-valuenow={active + 1}
          aria-valuetext={describe(activeLane, activeBar, (us) => formatClock(us, zone))}
          onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
          onKeyDown={onKeyDown}
        >
          <div style={{ height: layout.height }} />
        </div>
        <TimeCursor />
        <TimeBrush range={pointer.brush} />
        {hover !== null && over !== undefined && pointer.brush === null && (
          <LaneTip lane={over} bar={overBar} us={hover.us} x={hover.x} y={hover.y} height={height} />
        )}
      </div>
      <div className="lanes__save">
        <SaveDrawing title="Lanes" draw={draw} canvas={canvas} csv={attemptsCsv} />
      </div>
    </div>
  );
}

function describe(lane: Lane | undefined, bar: LaneBar | null, clock: (us: number) => string): string {
  if (lane === undefined) return 'none';
  const who = `${lane.node} ${lane.process ?? lane.pid ?? ''}, ${formatCount(lane.attempts, 'attempt')}`;
  if (bar === null) return who;
  const what = bar.count === 1 ? outcomeLooks[bar.outcome].word : formatCount(bar.count, 'attempt');
  return `${who}; ${what} ${clock(bar.fromUs)} to ${clock(bar.toUs)}`;
}
