/**
 * The whole line is the text of the selected line, wrapped, up to what a browser can draw.
 * `isWritten` shows it as it is in the file, with terminal codes and all states of a progress bar.
 */
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { formatNumber } from '../../../base/format.ts';
import { useCase } from '../../../state/StoresContext.tsx';
import { useCommand } from '../../../state/use-command.ts';
import { Button } from '../../../widgets/Button.tsx';
import { SafeText } from '../../../widgets/SafeText.tsx';

/** More text in one element makes any browser slow. The rest can be copied. */
const MOST_DRAWN = 200_000;

export function WholeLine(props: { row: LineRow; isWhole: boolean; isWritten: boolean; onShowAll: () => void }) {
  const { row, isWhole, isWritten, onShowAll } = props;
  const caseId = useCase((state) => state.caseId);
  const { fileId, line } = row;
  const isCut = row.length > row.text.length;
  const part = isWritten ? 'raw' : 'shown';
  const isAsked = isWritten || (isWhole && isCut);
  const { data } = useCommand(
    'lines.text',
    isAsked && caseId !== null ? { caseId, fileId, line, length: MOST_DRAWN, part } : null,
  );
  const text = isAsked && data !== undefined ? data.text : row.text;
  const hidden = (isAsked && data !== undefined ? data.length : row.length) - text.length;
  return (
    <pre className={`line-detail__text mono line--${row.level ?? 'none'}`}>
      <SafeText text={text === '' ? ' ' : text} />
      {hidden > 0 && !isAsked && (
        <Button tone="quiet" onClick={onShowAll}>
          … {formatNumber(hidden)} more characters — show all
        </Button>
      )}
      {hidden > 0 && isAsked && data !== undefined && (
        <span className="faint"> … {formatNumber(hidden)} more characters: copy the line to have them.</span>
      )}
    </pre>
  );
}
