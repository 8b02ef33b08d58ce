/** The picture of a plot: grid, labels, lines and marks, and the cursor at a sample. */
import type { PlotLayout } from './plot-layout.ts';

export interface PlotPictureProps {
  layout: PlotLayout;
  /** The sample under the cursor; null for none. */
  x: number | null;
}

export function PlotPicture({ layout, x }: PlotPictureProps) {
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
