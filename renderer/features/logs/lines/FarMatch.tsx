/**
 * A far match lies beyond the drawn part of a long line. It is read from the engine and shown with
 * the text around it.
 */
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { formatNumber } from '../../../base/format.ts';
import { useCase } from '../../../state/StoresContext.tsx';
import { useCommand } from '../../../state/use-command.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';

const BEFORE_CHARS = 80;
const AFTER_CHARS = 400;

export function FarMatch({ row, match, drawn }: { row: LineRow; match: readonly [number, number]; drawn: number }) {
  const caseId = useCase((state) => state.caseId);
  const [start, end] = match;
  const from = Math.max(drawn, start - BEFORE_CHARS);
  const { data } = useCommand(
    'lines.text',
    caseId === null
      ? null
      : { caseId, fileId: row.fileId, line: row.line, from, length: Math.min(end - from, AFTER_CHARS) + AFTER_CHARS },
  );
  if (data === undefined) return null;
  const at = start - from;
  return (
    <span>
      {from > drawn && <span className="line-text__far"> … {formatNumber(from - drawn)} characters … </span>}
      <SafeText text={data.text.slice(0, at)} />
      <mark className="line-text__match">
        <SafeText text={data.text.slice(at, end - from)} />
      </mark>
      <SafeText text={data.text.slice(end - from)} />
    </span>
  );
}
