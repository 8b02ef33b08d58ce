/**
 * Evidence is the log lines that a statement rests on. It shows a few of them until a person asks
 * for more.
 */
import { useState } from 'react';
import type { LineRef } from '../../../electron/contract/line-records.ts';
import { formatNumber } from '../../base/format.ts';
import { LineLink } from '../../widgets/LineLink.tsx';

export function Evidence({ refs, few = 1 }: { refs: readonly LineRef[]; few?: number }) {
  const [isAll, setIsAll] = useState(false);
  if (refs.length === 0) return null;
  const rest = refs.length - few;
  return (
    <div className="evidence">
      <ul>
        {(isAll ? refs : refs.slice(0, few)).map((ref) => (
          <li key={`${ref.file}:${ref.line}`}>
            <LineLink {...ref} />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" className="evidence__more" aria-expanded={isAll} onClick={() => setIsAll(!isAll)}>
          {isAll ? 'fewer lines' : `${formatNumber(rest)} more ${rest === 1 ? 'line' : 'lines'}`}
        </button>
      )}
    </div>
  );
}
