/**
 * A quartile box is a box plot in a cell: a line from min to max, a box around the middle half, and
 * a stroke at the median. All rows of a table share the scale `most`.
 */
import type { FigureQuartiles } from '../../../electron/contract/analysis.ts';

export function QuartileBox({ of, most }: { of: FigureQuartiles | null; most: number }) {
  if (of === null || most <= 0) return null;
  const percent = (value: number) => `${(value / most) * 100}%`;
  return (
    <span className="quartile-box" aria-hidden="true">
      <span className="quartile-box__line" style={{ left: percent(of.min), width: percent(of.max - of.min) }} />
      <span className="quartile-box__half" style={{ left: percent(of.p25), width: percent(of.p75 - of.p25) }} />
      <span className="quartile-box__median" style={{ left: percent(of.p50) }} />
    </span>
  );
}
