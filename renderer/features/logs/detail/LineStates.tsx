/**
 * A line that was rewritten in place, such as a progress bar, has several states. Lists show the
 * last; this section of the line detail shows all, the first one first.
 */
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { formatCount, formatNumber } from '../../../base/format.ts';
import { useCase } from '../../../state/StoresContext.tsx';
import { useCommand } from '../../../state/use-command.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';

const MOST_CHARS = 200_000;

export function LineStates({ row }: { row: LineRow }) {
  const caseId = useCase((state) => state.caseId);
  const { fileId, line, states } = row;
  const { data } = useCommand(
    'lines.text',
    caseId === null ? null : { caseId, fileId, line, length: MOST_CHARS, part: 'states' },
  );
  if (data === undefined) return null;
  return (
    <section className="line-record" aria-label="States of the line">
      <h3 className="line-record__title">{formatCount(states, 'state')}, the last one is shown</h3>
      <pre className="mono">
        {data.text.split('\n').map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: states have no other key
          <div key={index} className="line-record__line">
            <span className="line-record__number faint">{formatNumber(index + 1)}</span>
            <SafeText text={text} />
          </div>
        ))}
        {data.length > data.text.length && <div className="faint">… more: copy the line as written to have them.</div>}
      </pre>
    </section>
  );
}
