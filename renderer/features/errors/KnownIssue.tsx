/**
 * A known issue is a rule that lines of the run match: its cause, the next step and those lines.
 * Its reference is text; the window never opens it by itself.
 */
import type { RuleHit } from '../../../electron/contract/analysis.ts';
import { formatCount } from '../../base/format.ts';
import { LineLink } from '../../widgets/LineLink.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

export function KnownIssue({ hit }: { hit: RuleHit }) {
  return (
    <div className="known-issue">
      <p className="known-issue__title">
        <strong>
          <SafeText text={hit.title} />
        </strong>
        {hit.isNoise && <span className="role-tag">Noise</span>}
        <span className="faint number">{formatCount(hit.count, 'line')}</span>
      </p>
      <p>
        <SafeText text={hit.cause} />
      </p>
      <p>
        <span className="soft">Next:</span> <SafeText text={hit.nextStep} />
      </p>
      <p className="known-issue__source faint">
        <SafeText text={`${hit.reference} · rule ${hit.rule}, ${hit.pack}`} />
      </p>
      <ul>
        {hit.evidence.map((ref) => (
          <li key={`${ref.file}:${ref.line}`}>
            <LineLink {...ref} />
          </li>
        ))}
      </ul>
    </div>
  );
}
