import { useMemo } from 'react';
import type { LineRow } from '../../../../electron/contract/records.ts';
import { formatCount } from '../../../base/format.ts';
import { useCase } from '../../../state/StoresContext.tsx';
import { useCommand } from '../../../state/use-command.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';

/** A traceback is looked for this many lines to either side. */
const REACH = 400;
const MOST_CHARS = 2_000;

/** The whole traceback that a line is part of. */
export function LineRecord({ row }: { row: LineRow }) {
  const caseId = useCase((state) => state.caseId);
  const start = Math.max(0, row.line - 1 - REACH);
  const { data } = useCommand(
    'lines.page',
    caseId === null ? null : { caseId, fileId: row.fileId, start, count: REACH * 2, maxChars: MOST_CHARS },
  );
  const lines = useMemo(() => tracebackAround(data?.rows ?? [], row.line), [data, row.line]);
  if (lines.length < 2) return null;
  return (
    <section className="line-record" aria-label="Traceback">
      <h3 className="line-record__title">Traceback, {formatCount(lines.length, 'line')}</h3>
      <pre className="mono">
        {lines.map((each) => (
          <div key={each.line} className={each.line === row.line ? 'line-record__this' : undefined}>
            <SafeText text={each.text === '' ? ' ' : each.text} />
            {each.length > each.text.length && ' …'}
          </div>
        ))}
      </pre>
    </section>
  );
}

/** From the line that starts it to the one that ends it; as far as it was read. */
export function tracebackAround(rows: readonly LineRow[], line: number): readonly LineRow[] {
  const at = rows.findIndex((row) => row.line === line);
  if (at === -1) return [];
  let first = at;
  while (first > 0 && rows[first]?.traceback !== 'first' && rows[first - 1]?.traceback != null) first--;
  let last = at;
  while (last < rows.length - 1 && rows[last]?.traceback !== 'last' && rows[last + 1]?.traceback != null) last++;
  return rows.slice(first, last + 1);
}
