/**
 * A swatch is a piece of a curve in its colour and dashes, which helps to find the curve in the
 * graph.
 */
import type { CurveLook } from './curve-looks.ts';

export function Swatch({ look }: { look: CurveLook }) {
  return (
    <svg className="swatch" width="20" height="8" viewBox="0 0 20 8" aria-hidden="true">
      <path
        d="M0 4H20"
        fill="none"
        style={{ stroke: `var(--${look.token})` }}
        strokeWidth="2"
        strokeDasharray={look.dash?.join(' ')}
      />
    </svg>
  );
}
