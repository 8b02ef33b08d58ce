/**
 * A line record shows the whole traceback of the selected line. It reads the lines around the line
 * and looks for the traceback among them.
 */
import { useMemo } from 'react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { formatCount, formatNumber } from '../../../base/format.ts';
import { useCase } from '../../../state/StoresContext.tsx';
import { useCommand } from '../../../state/use-command.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { tracebackAround } from '../model/traceback.ts';

/** The number of lines to search for the traceback on either side. */
const REACH = 400;
const MOST_CHARS = 2_000;

export function LineRecord({ row }: { row: LineRow }) {
  const caseId = useCase((state) => state.caseId);
  const start = Math.max(0, row.line - 1 - REACH);
  const { data } = useCommand(
    'lines.page',
    caseId === null ? null : { caseId, fileId: row.fileId, start, count: REACH * 2, maxChars: MOST_CHARS },
  );
  const lines = useMemo(() => tracebackAround(data?.rows ?? [], row.line), [data, row.line]);
  return (
    <section className="line-record" aria-label="Traceback">
      <h3 className="line-record__title">Traceback, {formatCount(lines.length, 'line')}</h3>
      <pre className="mono">
        {lines.map((each) => (
          <div key={each.line} className={`line-record__line ${each.line === row.line ? 'line-record__this' : ''}`}>
            <span className="line-record__number faint">{formatNumber(each.line)}</span>
            <span>
              <SafeText text={each.text === '' ? ' ' : each.text} />
              {each.length > each.text.length && ' …'}
            </span>
          </div>
        ))}
      </pre>
    </section>
  );
}
