/** The figures of the what-if: what the chosen setting would have cut, lost and saved. */
import type { WhatIf } from '../../../electron/contract/analysis.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';

export function WhatIfFigures({ data, attempts }: { data: WhatIf; attempts: number }) {
  return (
    <dl className="what-if" aria-live="polite">
      <div>
        <dt>attempts cut</dt>
        <dd>
          {formatNumber(data.cutAttempts)} <span className="soft">of {formatNumber(attempts)}</span>
        </dd>
      </div>
      <div>
        <dt>mini-batches lost</dt>
        <dd>{formatNumber(data.lostMiniBatches)}</dd>
      </div>
      <div>
        <dt>worker time saved</dt>
        <dd>{formatDuration(data.savedSeconds)}</dd>
      </div>
    </dl>
  );
}
