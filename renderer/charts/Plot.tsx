/**
 * A plot is a graph with a legend, values at the pointer, and keys: the left and right arrows step
 * from sample to sample and speak the values, Home and End go to the ends. A button saves it as
 * PNG, SVG or CSV; `layoutPlot` computes the positions.
 */
// biome-ignore-all lint/a11y/useSemanticElements: keys walk through the samples of a picture
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import { layoutPlot, nearestIndex, type PlotLayout, type PlotSpec, stopsOf } from './plot-layout.ts';
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
    const next =
      event.key === 'ArrowRight'
        ? Math.min(stops.length - 1, index + 1)
        : event.key === 'ArrowLeft'
          ? Math.max(0, index < 0 ? stops.length - 1 : index - 1)
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? stops.length - 1
              : null;
    if (event.key === 'Enter' && x !== null && onChoose !== undefined) onChoose(x);
    else if (event.key === 'Escape' && at !== null) setAt(null);
    else if (next === null || stops.length === 0) return;
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
        <ul className="plot__legend">
          {spec.lines.map((line) => {
            const value = values.find((each) => each.key === line.key);
            return (
              <li key={line.key}>
                <svg className="plot__key" width="18" height="10" aria-hidden="true">
                  {line.shape === 'dots' ? (
                    <circle cx="9" cy="5" r="3" style={{ fill: `var(--${line.token})` }} />
                  ) : line.shape === 'bars' ? (
                    <rect x="4" y="1" width="10" height="9" style={{ fill: `var(--${line.token})` }} />
                  ) : (
                    <line
                      x1="0"
                      x2="18"
                      y1="5"
                      y2="5"
                      strokeDasharray={line.dash}
                      style={{ stroke: `var(--${line.token})`, strokeWidth: 2 }}
                    />
                  )}
                </svg>
                {line.title}
                {value !== undefined && <strong> {value.text}</strong>}
              </li>
            );
          })}
          {x !== null && <li className="faint">{spec.x.format(x)}</li>}
        </ul>
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
        {width > 0 && <Picture layout={layout} x={x} />}
      </div>
    </figure>
  );
}

function Picture({ layout, x }: { layout: PlotLayout; x: number | null }) {
  return (
    <svg width={layout.width} height={layout.height} aria-hidden="true" className="plot__picture">
      {layout.yTicks.map((tick) => (
        <g key={tick.label}>
          <line className="plot__grid" x1={layout.left} x2={layout.right} y1={tick.at} y2={tick.at} />
          <text x={layout.left - 6} y={tick.at + 4} textAnchor="end">
            {tick.label}
          </text>
        </g>
      ))}
      {layout.xTicks.map((tick) => (
        <text key={tick.at} x={tick.at} y={layout.height - 5} textAnchor="middle">
          {tick.label}
        </text>
      ))}
      {layout.paths.map(({ line, d, area }) => {
        const colour = `var(--${line.token})`;
        const isSolid = line.shape === 'dots' || line.shape === 'bars';
        return (
          <g key={line.key}>
            {area !== null && <path d={area} style={{ fill: colour, opacity: 0.12 }} />}
            <path
              d={d}
              strokeDasharray={line.dash}
              style={isSolid ? { fill: colour } : { fill: 'none', stroke: colour, strokeWidth: line.width ?? 1.5 }}
            />
          </g>
        );
      })}
      {layout.marks.map((mark) => (
        <g key={`${mark.at} ${mark.label}`}>
          <line
            x1={mark.at}
            x2={mark.at}
            y1={layout.top - 12}
            y2={layout.bottom}
            strokeDasharray="4 3"
            style={{ stroke: `var(--${mark.token})` }}
          />
          <text x={mark.at + (mark.isLeft ? -4 : 4)} y={layout.top - 4} textAnchor={mark.isLeft ? 'end' : 'start'}>
            {mark.label}
          </text>
        </g>
      ))}
      {x !== null && (
        <line className="plot__cursor" x1={layout.xOf(x)} x2={layout.xOf(x)} y1={layout.top} y2={layout.bottom} />
      )}
    </svg>
  );
}

function valuesAt(spec: PlotSpec, x: number): { key: string; title: string; text: string }[] {
  return spec.lines.flatMap((line) => {
    const index = nearestIndex(line.xs, x);
    const isHere = line.xs[index] === x || line.shape === 'steps' || line.shape === undefined || line.shape === 'line';
    const value = index < 0 || !isHere ? null : (line.ys[index] ?? null);
    return value === null ? [] : [{ key: line.key, title: line.title, text: spec.y.format(value) }];
  });
}
