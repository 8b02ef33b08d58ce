/**
 * An error group as a row of the list: its name, how often and when it happened, and how far it
 * reaches.
 */
import type { Signature } from '../../../electron/contract/analysis.ts';
import { formatNumber } from '../../base/format.ts';
import { Mark } from '../../widgets/Mark.tsx';
import { MaskedText } from '../../widgets/MaskedText.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { nameOf, roleWords, scopeOf } from './error-model.ts';
import { Sparkline } from './Sparkline.tsx';
import type { MomentsRow } from './use-moments.ts';

export function SignatureRow({ signature, row }: { signature: Signature; row: MomentsRow }) {
  const role = roleWords[signature.role];
  return (
    <div className={`signature-row signature-row--${signature.role}`}>
      <div className="signature-row__line">
        <Mark of={{ level: signature.level }} />
        <strong className="ellipsis">
          <SafeText text={nameOf(signature)} />
        </strong>
        {role !== null && <span className="role-tag">{role}</span>}
        <span className="signature-row__scope soft ellipsis">{scopeOf(signature)}</span>
        <strong className="number">{formatNumber(signature.occurrences)}</strong>
      </div>
      <div className="signature-row__text mono ellipsis">
        <MaskedText template={signature.template} />
      </div>
      <div className="signature-row__line">
        {/* The key drops the moments of the previous groups when the list changes. */}
        <Sparkline key={row.ids.join()} signature={signature} row={row} />
        <span className="number soft">
          <TimeText us={signature.firstUs} />
          {signature.lastUs !== signature.firstUs && (
            <>
              {' – '}
              <TimeText us={signature.lastUs} />
            </>
          )}
        </span>
      </div>
    </div>
  );
}
