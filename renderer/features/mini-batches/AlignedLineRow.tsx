/**
 * An aligned line is a line that both attempts of a comparison have, or only one of them. As a row,
 * it marks the stretches that differ.
 */
// biome-ignore-all lint/a11y/useSemanticElements: cells of a virtual grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import type { AlignedLine } from '../../../electron/contract/hits.ts';
import type { LineRow } from '../../../electron/contract/line-records.ts';
import { safeText } from '../../base/safe-text.ts';
import { SafeText } from '../../widgets/SafeText.tsx';

/** Names the difference, for copies and screen readers. */
export function sideWords({ side, leftDiffers }: AlignedLine): keyof typeof signs {
  if (side === 'left') return 'only left';
  if (side === 'right') return 'only right';
  return leftDiffers.length > 0 ? 'differs' : 'same';
}

const signs = { 'only left': '−', 'only right': '+', differs: '≠', same: '' } as const;

export function AlignedLineRow({ row }: { row: AlignedLine }) {
  const words = sideWords(row);
  return (
    <div className={`aligned aligned--${row.side}`} role="none">
      <AlignedText line={row.left} differs={row.leftDiffers} />
      <span role="gridcell" className="aligned__sign" title={words}>
        <span aria-hidden="true">{signs[words]}</span>
        <span className="hidden-label">{words}</span>
      </span>
      <AlignedText line={row.right} differs={row.rightDiffers} />
    </div>
  );
}

function AlignedText({ line, differs }: { line: LineRow | null; differs: readonly [number, number][] }) {
  if (line === null) return <span role="gridcell" className="aligned__text aligned__text--none" />;
  const { text, prefix } = line;
  const parts: { from: number; to: number; isDifferent: boolean }[] = [];
  let at = 0;
  for (const [from, to] of differs) {
    if (from > at) parts.push({ from: at, to: from, isDifferent: false });
    parts.push({ from, to, isDifferent: true });
    at = to;
  }
  if (at < text.length) parts.push({ from: at, to: text.length, isDifferent: false });
  return (
    <span role="gridcell" className="aligned__text mono" title={safeText(text)}>
      {parts.map(({ from, to, isDifferent }) =>
        isDifferent ? (
          <mark key={from} className="aligned__differs">
            <SafeText text={text.slice(from, to)} />
          </mark>
        ) : (
          <span key={from}>
            {from < prefix && (
              <span className="faint">
                <SafeText text={text.slice(from, Math.min(prefix, to))} />
              </span>
            )}
            {to > prefix && <SafeText text={text.slice(Math.max(prefix, from), to)} />}
          </span>
        ),
      )}
    </span>
  );
}
