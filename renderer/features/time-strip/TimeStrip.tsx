/**
 * The time strip draws all lines over time by level, under the filter bar of every view. It shows
 * and sets what all views share: the visible range, the time cursor and the scale.
 */
// biome-ignore-all lint/a11y/useSemanticElements: an <input type="range"> has no bars behind it and no range to draw
import { ListFilter } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { formatCount } from '../../base/format.ts';
import { formatDateTime } from '../../base/format-time.ts';
import type { Pen } from '../../charts/pen.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useCanvas } from '../../charts/use-canvas.ts';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { isIndexing } from '../../state/follow-case.ts';
import { chordsOf } from '../../state/keys.ts';
import { useCase, useSelection, useView } from '../../state/StoresContext.tsx';
import { drawStrip } from './draw-strip.ts';
import { RangeTrack } from './RangeTrack.tsx';
import { StripReadout } from './StripReadout.tsx';
import { bucketAt, peakOf, totalAt } from './strip-counts.ts';
import { useRangeFilter } from './use-range-filter.ts';
import { useStripData } from './use-strip-data.ts';
import { useStripKeys } from './use-strip-keys.ts';
import './time-strip.css';

export function TimeStrip() {
  const axis = useTimeAxis();
  const zone = useView((state) => state.zone);
  const runStartUs = useCase((state) => state.info?.startUs ?? null);
  const runEndUs = useCase((state) => state.info?.endUs ?? null);
  const isReading = useCase((state) => isIndexing(state.progress));
  const timeUs = useSelection((state) => state.timeUs);
  const colour = useThemeColours();
  const strip = useRef<HTMLElement>(null);
  const [isOver, setIsOver] = useState(false);
  const data = useStripData(axis);
  const pointer = useTimePointer(strip, { wheel: 'zoom' });
  const onKeyDown = useStripKeys(pointer, data.wanted.bucketUs);
  const { activity, hits, failures } = data;
  const draw = useCallback(
    (context: Pen) =>
      drawStrip(context, { axis, data: { activity, hits, failures }, zone, runStartUs, runEndUs, colour }),
    [axis, activity, hits, failures, zone, runStartUs, runEndUs, colour],
  );
  const canvas = useCanvas(draw);
  const { brush } = pointer;
  const rangeFilter = useRangeFilter(brush);

  if (!axis.hasTime) {
    return (
      <section className="time-strip time-strip--empty" aria-label="Time" data-region="time">
        {isReading
          ? 'No line with a time has been read yet.'
          : 'No line of this run has a time, so there is no time axis.'}
      </section>
    );
  }
  const cursorUs = timeUs ?? axis.fromUs;
  const at = activity === undefined ? null : bucketAt(activity, cursorUs);
  const lines =
    activity === undefined || at === null ? '' : `, ${formatCount(Math.round(totalAt(activity, at)), 'line')}`;
  const isBlank = activity !== undefined && peakOf(activity, axis.fromUs, axis.toUs) === 0;
  return (
    <section
      ref={strip}
      className="time-strip"
      aria-label="Time"
      data-region="time"
      onPointerEnter={() => setIsOver(true)}
      onPointerLeave={() => setIsOver(false)}
    >
      <canvas ref={canvas} className="time-strip__canvas" />
      {isBlank && <p className="time-strip__note">No line in this range with these filters.</p>}
      <TimeBrush range={brush} />
      <TimeCursor />
      <div
        className="time-strip__plot"
        role="slider"
        tabIndex={0}
        aria-label="Time cursor"
        aria-valuemin={axis.fromUs}
        aria-valuemax={axis.toUs}
        aria-valuenow={cursorUs}
        aria-valuetext={`${formatDateTime(cursorUs, zone)}${lines}`}
        onKeyDown={onKeyDown}
        {...pointer.handlers}
      />
      <RangeTrack />
      {rangeFilter.isOffered && (
        <button
          type="button"
          className="time-strip__filter"
          aria-pressed={rangeFilter.isOn}
          title={`${rangeFilter.isOn ? 'Clear the filter by this range' : 'Filter by this range'} (${chordsOf('filter-range').join(', ')})`}
          onClick={rangeFilter.toggle}
        >
          <ListFilter size={12} aria-hidden />
          Only this range
        </button>
      )}
      {(isOver || brush !== null) && <HoverReadout cursorUs={cursorUs} data={data} brush={brush} />}
    </section>
  );
}

/**
 * Keeps the readout apart from the strip, so that a pointer over the view below does not redraw the
 * strip.
 */
function HoverReadout(props: { cursorUs: number } & Omit<Parameters<typeof StripReadout>[0], 'us'>) {
  const { cursorUs, data, brush } = props;
  const hoverUs = useSelection((state) => state.hoverUs);
  if (hoverUs === null && brush === null) return null;
  return <StripReadout us={hoverUs ?? cursorUs} data={data} brush={brush} />;
}
