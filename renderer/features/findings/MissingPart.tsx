import { Check } from 'lucide-react';
import type { Completeness } from '../../../electron/contract/analysis.ts';
import { formatCount, formatNumber } from '../../base/format.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { Evidence } from './Evidence.tsx';
import { missingWords } from './findings-model.ts';
import { Section, type SectionProps } from './Section.tsx';

const FEW_NODES = 6;

/** What is not there, before all conclusions: “no errors” means little where half of the logs are missing. */
export function MissingPart({ data, error }: { data: Completeness | undefined; error: SectionProps['error'] }) {
  const missing = data?.missing ?? [];
  return (
    <Section
      id="missing"
      title="Missing evidence"
      isWide
      error={error}
      summary={
        data === undefined
          ? ''
          : missing.length === 0
            ? ''
            : `${formatCount(missing.length, 'thing')} that the run’s own records speak of and that ${missing.length === 1 ? 'is' : 'are'} not here, or that make what stands below weaker.`
      }
      counted={{
        how: 'What the run’s own records name — nodes, processes, mini-batches, pick-ups, ends — against the files and lines that are here. Clocks: pairs of lines that master and node wrote of the same event.',
        cli: null,
      }}
    >
      {data !== undefined && missing.length === 0 && (
        <p className="missing__none">
          <Check size={14} /> Everything that the run’s own records speak of is here.
        </p>
      )}
      {missing.length > 0 && (
        <ul className="missing">
          {missing.map((each) => (
            <li key={`${each.kind} ${each.message}`} className="missing__row">
              <strong className="missing__kind">{missingWords[each.kind]}</strong>
              <span className="missing__have number">
                {each.have !== null && each.expected !== null && (
                  <>
                    {formatNumber(each.have)} <span className="soft">of {formatNumber(each.expected)}</span>
                    <span className="missing__track">
                      <span style={{ width: `${Math.min(100, (each.have / Math.max(1, each.expected)) * 100)}%` }} />
                    </span>
                  </>
                )}
              </span>
              <div className="missing__text">
                <p>
                  <SafeText text={each.message} />
                  {each.nodes.slice(0, FEW_NODES).map((node) => (
                    <span key={node} className="missing__node">
                      <Value value={{ of: 'node', node }} />
                    </span>
                  ))}
                  {each.nodes.length > FEW_NODES && (
                    <span className="faint">{` and ${formatNumber(each.nodes.length - FEW_NODES)} more`}</span>
                  )}
                </p>
                <Evidence refs={each.evidence} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
