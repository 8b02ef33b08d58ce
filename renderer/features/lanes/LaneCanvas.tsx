/**
 * The canvas of the lanes scrolls, asks for the bars and curves in view, and selects a process or
 * attempt by pointer and keys. `lane-layout.ts` places the lanes and `draw-lanes.ts` draws them.
 */
// biome-ignore-all lint/a11y/useSemanticElements: keys walk through the lanes of a picture

import { useRef, useState } from 'react';
import type { Lane } from '../../../electron/contract/analysis.ts';
import { formatCount } from '../../base/format.ts';
import { formatClock } from '../../base/format-time.ts';
import { outcomeLooks } from '../../base/looks.ts';
import type { MetricLook } from '../../charts/metrics.ts';
import { SaveDrawing } from '../../charts/SaveGraph.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useCanvas } from '../../charts/use-canvas.ts';
import { useSize } from '../../charts/use-size.ts';
import { useView } from '../../state/StoresContext.tsx';
import { LaneTip } from './LaneTip.tsx';
import type { LaneBar } from './lane-bars.ts';
import { useAttemptsCsv } from './use-attempts-csv.ts';
import { useLaneCursor } from './use-lane-cursor.ts';
import { useLaneDrawing } from './use-lane-drawing.ts';
import { useLaneKeys } from './use-lane-keys.ts';
import { useLanePointer } from './use-lane-pointer.ts';
import { useLaneReveal } from './use-lane-reveal.ts';
import { useLaneView } from './use-lane-view.ts';
import { type LaneList, useLaneBars } from './use-lanes.ts';

export function LaneCanvas({ list, look }: { list: LaneList; look: MetricLook | null }) {
  const { lanes } = list;
  const zone = useView((state) => state.zone);
  const { ref: scroller, height } = useSize<HTMLDivElement>();
  const area = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const view = useLaneView(lanes, look, scrollTop, height);
  const bars = useLaneBars(list, view.first, view.last);
  const cursor = useLaneCursor(lanes, bars);
  const draw = useLaneDrawing({ lanes, look, view, bars, cursor });
  const canvas = useCanvas(draw);
  const attemptsCsv = useAttemptsCsv();
  const revealing = useLaneReveal(scroller, view, cursor.active);
  const { pointer, over } = useLanePointer(area, lanes, view, cursor, revealing);
  const onKeyDown = useLaneKeys(lanes, bars, cursor, revealing);
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
          aria-valuenow={cursor.active + 1}
          aria-valuetext={describe(cursor.lane, cursor.bar, (us) => formatClock(us, zone))}
          onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
          onKeyDown={onKeyDown}
        >
          <div style={{ height: view.layout.height }} />
        </div>
        <TimeCursor />
        <TimeBrush range={pointer.brush} />
        {over !== null && pointer.brush === null && <LaneTip {...over} height={height} />}
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
