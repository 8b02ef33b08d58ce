/**
 * The confidence of a statement says how sure it is: certain, likely or possible, as a word and one
 * to three bars.
 */
import type { Confidence as Level } from '../../../electron/contract/run-info.ts';
import { confidenceWords } from '../../base/looks.ts';

const hints: Record<Level, string> = {
  certain: 'The logs say so',
  likely: 'What the logs show fits this best',
  possible: 'What the logs show fits this, and other things',
};
const bars: Record<Level, number> = { certain: 3, likely: 2, possible: 1 };

export function Confidence({ of }: { of: Level }) {
  return (
    <span className="confidence" title={hints[of]}>
      <svg width="11" height="9" viewBox="0 0 11 9" aria-hidden="true">
        {[0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={bar * 4}
            y={6 - bar * 3}
            width="3"
            height={3 + bar * 3}
            fill={bar < bars[of] ? 'currentColor' : 'var(--line)'}
          />
        ))}
      </svg>
      {confidenceWords[of]}
    </span>
  );
}
