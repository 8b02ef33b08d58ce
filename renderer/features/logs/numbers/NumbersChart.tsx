/**
 * The chart of numbers draws the numbers read from lines over the shared time axis: extremes as a
 * band, or one curve per group. The arrows step from bucket to bucket and speak its figures.
 */
// biome-ignore-all lint/a11y/useSemanticElements: an <input type="range"> has no curves behind it
import { type KeyboardEvent, useMemo, useRef } from 'react';
import type { HitNumbers } from '../../../../electron/contract/hits.ts';
import { formatCount } from '../../../base/format.ts';
import { formatDateTime } from '../../../base/format-time.ts';
import { useTimeAxis } from '../../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../../charts/TimeCursor.tsx';
import { type PlotBand, type PlotCurve, TimePlot } from '../../../charts/TimePlot.tsx';
import { useTimePointer } from '../../../charts/use-time-pointer.ts';
import { useCursorUs, useSelection, useView } from '../../../state/StoresContext.tsx';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { curvesOf, formatValue, scaleOf } from './number-curves.ts';

/** The legend entries that fit. The figures name all groups. */
const MOST_NAMES = 12;

export function NumbersChart({ data, height }: { data: HitNumbers; height: number }) {
  const axis = useTimeAxis();
  const zone = useView((state) => state.zone);
  const select = useSelection((state) => state.select);
  const cursorUs = useCursorUs();
  const element = useRef<HTMLDivElement>(null);
  const { brush, handlers } = useTimePointer(element, { wheel: 'zoom' });
  const curves = useMemo(() => curvesOf(data), [data]);
  const isBand = curves.some(({ key }) => key === 'max');
  const drawn = useMemo(
    () =>
      curves.map(({ key, token, curve }): PlotCurve => {
        if (isBand && (key === 'max' || key === 'min')) return { key, curve, token, line: 0.5, width: 1 };
        return { key, curve, token, dash: key === 'p95' ? [4, 3] : undefined, width: isBand ? 1.5 : 1.25 };
      }),
    [curves, isBand],
  );
  const bands: PlotBand[] = isBand ? [{ high: 'max', low: 'min', token: 'series-1', opacity: 0.14 }] : [];
  const { from, to } = scaleOf(data);
  const bucket = cursorUs === null ? null : Math.floor((cursorUs - data.fromUs) / data.bucketUs);
  const said = bucket === null ? null : sayBucket(data, bucket);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { count } = data.all.buckets;
    let next = bucket ?? (step > 0 ? -1 : count.length);
    do next += step;
    while (next >= 0 && next < count.length && count[next] === 0);
    if (next >= 0 && next < count.length) select({ timeUs: Math.round(data.fromUs + (next + 0.5) * data.bucketUs) });
  };
  return (
    <div
      ref={element}
      className="numbers-chart"
      role="slider"
      tabIndex={0}
      aria-label="Numbers over time"
      aria-valuemin={axis.fromUs}
      aria-valuemax={axis.toUs}
      aria-valuenow={cursorUs ?? axis.fromUs}
      aria-valuetext={
        cursorUs === null ? 'No moment chosen' : `${formatDateTime(cursorUs, zone)}: ${said ?? 'no number'}`
      }
      onKeyDown={onKeyDown}
      {...handlers}
    >
      <TimePlot height={height} curves={drawn} bands={bands} min={from} max={to} formatY={formatValue} top={18} />
      <p className="numbers-chart__legend" style={{ left: axis.left + 4 }}>
        {curves.slice(0, MOST_NAMES).map(({ key, title, token }) => (
          <span key={key}>
            <span className="numbers-chart__swatch" style={{ background: `var(--${token})` }} />
            <SafeText text={title} />
          </span>
        ))}
        {curves.length > MOST_NAMES && (
          <span className="faint">{formatCount(curves.length - MOST_NAMES, 'more curve')}</span>
        )}
        {said !== null && <strong>{said}</strong>}
      </p>
      <TimeBrush range={brush} />
      <TimeCursor />
    </div>
  );
}

function sayBucket({ all: { buckets } }: HitNumbers, bucket: number): string | null {
  const count = buckets.count[bucket] ?? 0;
  if (count === 0) return null;
  const figures = (['min', 'median', 'p95', 'max'] as const).map(
    (name) => `${name} ${formatValue(buckets[name][bucket] ?? null)}`,
  );
  return count === 1
    ? formatValue(buckets.min[bucket] ?? null)
    : `${formatCount(count, 'number')}: ${figures.join(', ')}`;
}
