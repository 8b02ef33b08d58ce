/**
 * The change of a figure from the run before to the run after: a sign, the amount and, if one
 * direction is better, the judgement as a word and a colour. `compare-model.ts` makes the
 * judgement.
 */
import { changeText, direction, type Figure, judgement } from './compare-model.ts';

export function Change({ a, b, better }: { a: number | null; b: number | null; better: Figure['better'] }) {
  const verdict = judgement(a, b, better);
  return (
    <span className={verdict === null ? undefined : `change change--${verdict}`}>
      {direction(a, b)} {changeText(a, b)}
      {verdict !== null && ` ${verdict}`}
    </span>
  );
}
