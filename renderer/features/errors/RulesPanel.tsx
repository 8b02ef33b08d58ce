/** The known issues that the run matches, folded below the list of its error groups. */
import type { RuleHit } from '../../../electron/contract/analysis.ts';
import { formatCount } from '../../base/format.ts';
import { KnownIssue } from './KnownIssue.tsx';

export function RulesPanel({ rules }: { rules: readonly RuleHit[] }) {
  if (rules.length === 0) return <p className="rules-panel rules-panel--none faint">No known issue matches.</p>;
  return (
    <details className="rules-panel">
      <summary>
        <strong>{formatCount(rules.length, 'known issue')}</strong>{' '}
        <span className="soft">{rules.length === 1 ? 'matches lines of this run' : 'match lines of this run'}</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls */}
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolling region with a name */}
      <div className="rules-panel__body" role="region" aria-label="Known issues" tabIndex={0}>
        {rules.map((hit) => (
          <KnownIssue key={hit.rule} hit={hit} />
        ))}
      </div>
    </details>
  );
}
