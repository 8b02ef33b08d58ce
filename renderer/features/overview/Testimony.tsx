/**
 * A testimony is one statement of the logs about how the run ended. The list shows whose word
 * decided the verdict and whose it overrode, and further lines that the cause rests on.
 */

import type { LineRef } from '../../../electron/contract/line-records.ts';
import type { FirstCause } from '../../../electron/contract/run-info.ts';
import type { Testimony as Statement } from '../../../electron/contract/testimony.ts';
import { formatCount } from '../../base/format.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { LineLink } from '../../widgets/LineLink.tsx';
import { witnessWords } from './root-cause.ts';

const MOST = 3;

export interface TestimonyProps {
  testimony: readonly Statement[];
  cause: FirstCause | null;
}

export function Testimony({ testimony, cause }: TestimonyProps) {
  const decided = testimony.filter((each) => each.decided);
  const overridden = testimony.filter((each) => each.overridden);
  const evidence: readonly LineRef[] = cause?.evidence.slice(1, 1 + MOST) ?? [];
  const more = Math.max(0, overridden.length - MOST) + Math.max(0, (cause?.evidence.length ?? 0) - 1 - MOST);
  return (
    <div className="testimony">
      {[...decided, ...overridden].length > 0 && (
        <ul aria-label="Testimony">
          {[...decided, ...overridden.slice(0, MOST)].map((each) => (
            <li key={`${each.ref.file}:${each.ref.line} ${each.witness}`} className="testimony__row">
              <span className={each.decided ? 'testimony__tag' : 'testimony__tag testimony__tag--overridden'}>
                {each.decided ? 'Decided by' : 'Overridden:'} {witnessWords[each.witness]}
              </span>
              <span className="testimony__message ellipsis">
                <LineLink {...each.ref} text={each.message} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {evidence.length > 0 && (
        <ul aria-label="Evidence">
          {evidence.map((line) => (
            <li key={`${line.file}:${line.line}`}>
              <LineLink {...line} />
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <GoTo to={{ view: 'findings' }}>{`${formatCount(more, 'more line')} of evidence`}</GoTo>}
    </div>
  );
}
