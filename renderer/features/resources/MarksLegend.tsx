/**
 * The legend of the marks at the foot of the graphs: one shape for each way that an attempt can end
 * badly.
 */
import { Mark } from '../../widgets/Mark.tsx';

const marks = [
  { shape: '×', outcome: 'failed', word: 'failed attempt' },
  { shape: '○', outcome: 'timed_out', word: 'timed out' },
  { shape: '◡', outcome: 'partial', word: 'partly failed' },
  { shape: '□', outcome: 'unfinished', word: 'unfinished' },
] as const;

export function MarksLegend() {
  return (
    <p className="marks-legend faint">
      Marks at the foot:
      {marks.map(({ shape, outcome, word }) => (
        <span key={outcome} className="marks-legend__item">
          <span aria-hidden="true">{shape}</span> <Mark of={{ outcome }} /> {word}
        </span>
      ))}
    </p>
  );
}
