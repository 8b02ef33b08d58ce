import { changeText, direction, type Figure, judgement } from './compare-model.ts';

/** How a figure changed: a sign, by how much, and whether that is better or worse in a word and a colour. */
export function Change({ a, b, better }: { a: number | null; b: number | null; better: Figure['better'] }) {
  const verdict = judgement(a, b, better);
  return (
    <span className={verdict === null ? undefined : `change change--${verdict}`}>
      {direction(a, b)} {changeText(a, b)}
      {verdict !== null && ` ${verdict}`}
    </span>
  );
}
