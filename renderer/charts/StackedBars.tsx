/**
 * Stacked bars show counts by outcome on a scale from 0, with keys and a tip for each bar. The
 * caller decides what a click or Enter does.
 */
// biome-ignore-all lint/a11y/useSemanticElements: keys walk through the bars; a table beside them has the figures

import { type ReactNode, useCallback } from 'react';
import { drawStackedBars } from './draw-stacked-bars.ts';
import type { Pen } from './pen.ts';
import { SaveDrawing } from './SaveGraph.tsx';
import { type Bar, barsCsv, middleOf, type ShareLabel, totalOf } from './stacked-bars-layout.ts';
import { useActiveBar } from './use-active-bar.ts';
import { useCanvas } from './use-canvas.ts';
import { useSize } from './use-size.ts';
import { useThemeColours } from './use-theme-colours.ts';
import './stacked-bars.css';

export interface StackedBarsProps {
  /** The subject of the bars, for the name of a saved file. */
  title: string;
  label: string;
  bars: readonly Bar[];
  /** Labels below the bars. */
  ticks?: readonly ShareLabel[];
  /** Lines through the bars. */
  marks?: readonly ShareLabel[];
  /** Draws the tip for the bar under the pointer. */
  tip: (index: number) => ReactNode;
  onPick: (index: number) => void;
  onHover?: (index: number | null) => void;
  /** The share of the width of a bar highlighted from elsewhere. */
  cursor?: number | null;
}

const none: readonly ShareLabel[] = [];

export function StackedBars(props: StackedBarsProps) {
  const { title, label, bars, ticks = none, marks = none, tip, onPick, onHover, cursor = null } = props;
  const colour = useThemeColours();
  const { ref: area, width, height } = useSize<HTMLDivElement>();
  const { active, isRight, isInUse, handlers } = useActiveBar({ bars: bars.length, width, onPick, onHover });
  const draw = useCallback(
    (pen: Pen, full: number, tall: number) =>
      drawStackedBars(pen, { bars, ticks, marks, active, cursor, colour }, full, tall),
    [bars, ticks, marks, active, cursor, colour],
  );
  const canvas = useCanvas(draw);
  const bar = active === null ? undefined : bars[active];
  return (
    <div className="stacked-bars-frame">
      <div
        ref={area}
        className="stacked-bars"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, bars.length - 1)}
        aria-valuenow={active ?? 0}
        aria-valuetext={bar === undefined ? 'none' : `${bar.label}: ${totalOf(bar)}`}
        {...handlers}
      >
        <canvas ref={canvas} className="stacked-bars__canvas" />
        {active !== null && bar !== undefined && isInUse && height > 0 && (
          <div
            className={`stacked-bars__tip ${isRight ? 'stacked-bars__tip--left' : ''}`}
            style={{ transform: `translateX(${Math.round(middleOf(active, width, bars.length))}px)` }}
            aria-hidden="true"
          >
            <div className="stacked-bars__box">{tip(active)}</div>
          </div>
        )}
      </div>
      <div className="stacked-bars-frame__save">
        <SaveDrawing title={title} draw={draw} canvas={canvas} csv={() => barsCsv(bars)} />
      </div>
    </div>
  );
}
