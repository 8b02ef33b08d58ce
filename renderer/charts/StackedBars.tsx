/**
 * Stacked bars show counts by outcome on a scale from 0, with keys and a tip for each bar. The
 * caller decides what a click or Enter does.
 */
// biome-ignore-all lint/a11y/useSemanticElements: keys walk through the bars; a table beside them has the figures

import { type KeyboardEvent, type PointerEvent, type ReactNode, useCallback, useState } from 'react';
import { csvTable } from '../../electron/contract/csv.ts';
import { outcomes } from '../../electron/contract/records.ts';
import { formatCompact } from '../base/format.ts';
import { outcomeFills } from './hatch.ts';
import type { Pen } from './pen.ts';
import { SaveDrawing } from './SaveGraph.tsx';
import { useCanvas } from './use-canvas.ts';
import { useSize } from './use-size.ts';
import { useThemeColours } from './use-theme-colours.ts';
import './stacked-bars.css';

interface Bar {
  key: string;
  /** By outcome, in the order of `outcomes`. */
  counts: readonly number[];
  /** The accessible name. */
  label: string;
}

export interface StackedBarsProps {
  /** The subject of the bars, for the name of a saved file. */
  title: string;
  label: string;
  bars: readonly Bar[];
  /** Labels below the bars, each at its share 0…1 of the width. */
  ticks?: readonly { share: number; label: string }[];
  /** Lines through the bars, each at a share of the width. */
  marks?: readonly { share: number; label: string }[];
  /** Draws the tip for the bar under the pointer. */
  tip: (index: number) => ReactNode;
  onPick: (index: number) => void;
  onHover?: (index: number | null) => void;
  /** The share of the width of a bar highlighted from elsewhere. */
  cursor?: number | null;
}

/** From the base up. The worst outcome stands on the ground, where heights compare best. */
const stack = [2, 3, 1, 4, 0] as const;
const LEAST_PX = 2;
const FOOT_PX = 16;
/** The room above the bars for the labels of the marks. */
const MARK_WORDS_PX = 13;
const GUTTER_PX = 34;

export function StackedBars(props: StackedBarsProps) {
  const { title, label, bars, ticks = [], marks = [], tip, onPick, onHover, cursor = null } = props;
  const colour = useThemeColours();
  const { ref: area, width, height } = useSize<HTMLDivElement>();
  const [active, setActive] = useState<number | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const [isOver, setIsOver] = useState(false);
  const peak = bars.reduce((most, bar) => Math.max(most, sum(bar.counts)), 0);

  const draw = useCallback(
    (context: Pen, full: number, tall: number) => {
      const room = full - GUTTER_PX;
      const ground = tall - FOOT_PX;
      const highest = ground - (marks.length > 0 ? MARK_WORDS_PX : 4);
      const fills = outcomeFills(context, colour);
      const pitch = room / Math.max(1, bars.length);
      for (const [index, bar] of bars.entries()) {
        const x = Math.round(GUTTER_PX + index * pitch);
        const next = Math.round(GUTTER_PX + (index + 1) * pitch);
        const wide = Math.max(1, next - x - (next - x > 3 ? 1 : 0));
        let y = ground;
        let exact = 0;
        for (const code of stack) {
          const count = bar.counts[code] ?? 0;
          const outcome = outcomes[code];
          if (count === 0 || outcome === undefined) continue;
          exact += (count / Math.max(1, peak)) * highest;
          // A single failure among thousands must show.
          const top = Math.max(0, Math.min(Math.round(ground - exact), y - (code === 0 ? 1 : LEAST_PX)));
          fills.rect(outcome, x, top, wide, y - top);
          y = top;
        }
        if (index === active) {
          context.strokeStyle = colour('text');
          context.lineWidth = 1;
          context.strokeRect(x - 0.5, Math.min(y, ground - 4) - 0.5, wide + 1, ground - Math.min(y, ground - 4) + 1);
        }
      }
      context.fillStyle = colour('line-strong');
      context.fillRect(GUTTER_PX, ground, room, 1);
      context.font = '11px system-ui, sans-serif';
      context.textBaseline = 'alphabetic';
      context.fillStyle = colour('text-faint');
      context.textAlign = 'right';
      if (peak > 0) context.fillText(formatCompact(peak), GUTTER_PX - 5, 11);
      context.fillText('0', GUTTER_PX - 5, ground + 1);
      let taken = Number.NEGATIVE_INFINITY;
      context.textAlign = 'left';
      for (const tick of ticks) {
        const wide = context.measureText(tick.label).width;
        const x = Math.min(Math.max(GUTTER_PX + tick.share * room - wide / 2, GUTTER_PX), full - wide);
        if (x < taken + 8) continue;
        taken = x + wide;
        context.fillText(tick.label, Math.round(x), tall - 3);
      }
      for (const [index, mark] of marks.entries()) {
        const x = Math.round(GUTTER_PX + mark.share * room);
        const next = marks[index + 1];
        context.fillStyle = colour('text-soft');
        context.fillRect(x, 0, 1, ground);
        // If the next mark is near, the label goes to the other side.
        const isLeft = x > full - 30 || (next !== undefined && (next.share - mark.share) * room < 34);
        context.textAlign = isLeft ? 'right' : 'left';
        context.fillText(mark.label, x + (isLeft ? -3 : 4), 9);
      }
      if (cursor !== null && cursor >= 0 && cursor <= 1) {
        context.fillStyle = colour('time-cursor');
        context.fillRect(Math.round(GUTTER_PX + cursor * room), 0, 1, ground);
      }
    },
    [bars, peak, ticks, marks, active, cursor, colour],
  );
  const canvas = useCanvas(draw);

  const indexAt = (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - GUTTER_PX;
    const index = Math.floor((x / Math.max(1, width - GUTTER_PX)) * bars.length);
    return index >= 0 && index < bars.length ? index : null;
  };
  const light = (index: number | null) => {
    setActive(index);
    onHover?.(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0) light(Math.min(bars.length - 1, Math.max(0, (active ?? (step > 0 ? -1 : bars.length)) + step)));
    else if (event.key === 'Home') light(0);
    else if (event.key === 'End') light(bars.length - 1);
    else if (event.key === 'Enter' && active !== null) onPick(active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const bar = active === null ? undefined : bars[active];
  const x = GUTTER_PX + (((active ?? 0) + 0.5) / Math.max(1, bars.length)) * (width - GUTTER_PX);
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
        aria-valuetext={bar === undefined ? 'none' : `${bar.label}: ${sum(bar.counts)}`}
        onPointerMove={(event) => {
          setIsOver(true);
          light(indexAt(event));
        }}
        onPointerLeave={() => {
          setIsOver(false);
          light(null);
        }}
        onFocus={(event) => setHasFocus(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => {
          setHasFocus(false);
          light(null);
        }}
        onClick={() => {
          if (active !== null) onPick(active);
        }}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} className="stacked-bars__canvas" />
        {active !== null && bar !== undefined && (isOver || hasFocus) && height > 0 && (
          <div
            className={`stacked-bars__tip ${isRight(area.current, x) ? 'stacked-bars__tip--left' : ''}`}
            style={{ transform: `translateX(${Math.round(x)}px)` }}
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

/** Decides whether a bar is in the right half of the window. Its tip then has room on the left. */
function isRight(element: HTMLElement | null, x: number): boolean {
  return (element?.getBoundingClientRect().left ?? 0) + x > window.innerWidth / 2;
}

function barsCsv(bars: readonly Bar[]): string {
  return csvTable(
    ['bar', ...outcomes],
    bars.map((bar) => [bar.label, ...outcomes.map((_, code) => bar.counts[code] ?? 0)]),
  );
}

function sum(counts: readonly number[]): number {
  let all = 0;
  for (const count of counts) all += count;
  return all;
}
