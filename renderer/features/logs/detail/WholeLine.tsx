import type { LineRow } from '../../../../electron/contract/records.ts';
import { formatNumber } from '../../../base/format.ts';
import { useCase } from '../../../state/StoresContext.tsx';
import { useCommand } from '../../../state/use-command.ts';
import { Button } from '../../../widgets/Button.tsx';
import { SafeText } from '../../../widgets/SafeText.tsx';

/** More than this in one element makes any browser slow; the rest can be copied. */
const MOST_DRAWN = 200_000;

/** The text as it is in the file: nothing obeyed, nothing left out, wrapped. */
export function WholeLine(props: { row: LineRow; isWhole: boolean; onShowAll: () => void }) {
  const { row, isWhole, onShowAll } = props;
  const caseId = useCase((state) => state.caseId);
  const { fileId, line, length } = row;
  const isCut = length > row.text.length;
  const { data } = useCommand(
    'lines.text',
    isWhole && isCut && caseId !== null ? { caseId, fileId, line, length: MOST_DRAWN } : null,
  );
  const text = isWhole && data !== undefined ? data.text : row.text;
  const hidden = length - text.length;
  return (
    <pre className={`line-detail__text mono line--${row.level ?? 'none'}`}>
      <SafeText text={text === '' ? ' ' : text} />
      {hidden > 0 && !isWhole && (
        <Button tone="quiet" onClick={onShowAll}>
          … {formatNumber(hidden)} more characters — show all
        </Button>
      )}
      {hidden > 0 && isWhole && data !== undefined && (
        <span className="faint"> … {formatNumber(hidden)} more characters: copy the line to have them.</span>
      )}
    </pre>
  );
}
