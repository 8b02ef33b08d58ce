/** The legend of a plot: the key of each line, and its value at the cursor. */
import type { PlotValue } from './plot-cursor.ts';
import type { PlotLine, PlotSpec } from './plot-layout.ts';

export interface PlotLegendProps {
  spec: PlotSpec;
  /** The sample under the cursor, and the values there; null for none. */
  x: number | null;
  values: readonly PlotValue[];
}

export function PlotLegend({ spec, x, values }: PlotLegendProps) {
  return (
    <ul className="plot__legend">
      {spec.lines.map((line) => {
        const value = values.find((each) => each.key === line.key);
        return (
          <li key={line.key}>
            <LineKey line={line} />
            {line.title}
            {value !== undefined && <strong> {value.text}</strong>}
          </li>
        );
      })}
      {x !== null && <li className="faint">{spec.x.format(x)}</li>}
    </ul>
  );
}

/** A piece of the line as it is drawn. */
function LineKey({ line }: { line: PlotLine }) {
  const colour = `var(--${line.token})`;
  return (
    <svg className="plot__key" width="18" height="10" aria-hidden="true">
      {line.shape === 'dots' ? (
        <circle cx="9" cy="5" r="3" style={{ fill: colour }} />
      ) : line.shape === 'bars' ? (
        <rect x="4" y="1" width="10" height="9" style={{ fill: colour }} />
      ) : (
        <line x1="0" x2="18" y1="5" y2="5" strokeDasharray={line.dash} style={{ stroke: colour, strokeWidth: 2 }} />
      )}
    </svg>
  );
}
