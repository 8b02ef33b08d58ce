/**
 * A plot is a graph with a legend, values at the pointer, and keys: the left and right arrows step
 * from sample to sample and speak the values, Home and End go to the ends. A button saves it as
 * PNG, SVG or CSV; `layoutPlot` computes the positions.
 */
// biome-ignore-all lint/a11y/useSemanticElements: keys walk through the samples of a picture
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import { PlotLegend } from './PlotLegend.tsx';
import { PlotPicture } from './PlotPicture.tsx';
import { nearestIndex, stopAfterKey, valuesAt } from './plot-cursor.ts';
import { layoutPlot, type PlotSpec, stopsOf } from './plot-layout.ts';
import { SaveGraph } from './SaveGraph.tsx';
import { useSize } from './use-size.ts';
import './plot.css';

export interface PlotProps {
  spec: PlotSpec;
  height: number;
  /** Treats `height` as the least height: the plot fills the flex column around it. */
  grows?: boolean;
  /** Formats x in the CSV; by default as on the axis. */
  formatX?: (x: number) => string;
  /** Called on a click or Enter at a sample. */
  onChoose?: (x: number) => void;
  /** Stands before the legend. */
  head?: React.ReactNode;
}

export function Plot({ spec, height, grows = false, formatX, onChoose, head }: PlotProps) {
  const { ref, width, height: room } = useSize<HTMLDivElement>();
  const drawn = grows ? Math.max(height, room) : height;
  const layout = useMemo(() => layoutPlot(spec, width, drawn), [spec, width, drawn]);
  const stops = useMemo(() => stopsOf(spec.lines), [spec]);
  const [at, setAt] = useState<number | null>(null);
  const index = at === null ? -1 : nearestIndex(stops, at);
  const x = index < 0 ? null : (stops[index] ?? null);
  const values = x === null ? [] : valuesAt(spec, x);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = stopAfterKey(event.key, index, stops.length);
    if (event.key === 'Enter' && x !== null && onChoose !== undefined) onChoose(x);
    else if (event.key === 'Escape' && at !== null) setAt(null);
    else if (next === null) return;
    else setAt(stops[next] ?? null);
    event.preventDefault();
    event.stopPropagation();
  };
  const xAt = (event: PointerEvent<HTMLElement>) => {
    const place = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const share = (place - layout.left) / Math.max(1, layout.right - layout.left);
    return spec.x.from + share * (spec.x.to - spec.x.from);
  };
  const said =
    x === null ? 'No sample chosen' : `${spec.x.format(x)}: ${values.map((v) => `${v.title} ${v.text}`).join(', ')}`;
  return (
    <figure className={grows ? 'plot plot--grows' : 'plot'} aria-label={spec.title}>
      <figcaption className="plot__head">
        {head}
        <PlotLegend spec={spec} x={x} values={values} />
        <SaveGraph title={spec.title} spec={() => spec} formatX={formatX} />
      </figcaption>
      <div
        ref={ref}
        className="plot__area"
        style={grows ? { minHeight: height } : { height }}
        role="slider"
        tabIndex={0}
        aria-label={`${spec.title}. Left and right: sample${onChoose === undefined ? '' : '; Enter: go there'}`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, stops.length - 1)}
        aria-valuenow={Math.max(0, index)}
        aria-valuetext={said}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => setAt(xAt(event))}
        onPointerLeave={() => setAt(null)}
        onClick={() => x !== null && onChoose?.(x)}
      >
        {width > 0 && <PlotPicture layout={layout} x={x} />}
      </div>
    </figure>
  );
}
