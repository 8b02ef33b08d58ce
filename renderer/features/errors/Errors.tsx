/**
 * The errors view lists all errors that the filter leaves as error groups, the first cause on top.
 * Beside the list it shows everything about the selected group. The engine makes the groups;
 * `error-model.ts` gives their order and words.
 */
import { useEffect, useMemo, useRef } from 'react';
import type { RuleHit } from '../../../electron/contract/analysis.ts';
import { useCase, useFilter, useSelection } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useSignatures } from '../../state/use-signatures.ts';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { ErrorList } from './ErrorList.tsx';
import { ErrorsBar } from './ErrorsBar.tsx';
import { inOrder } from './error-model.ts';
import { GroupOverTime } from './GroupOverTime.tsx';
import { NoErrors } from './NoErrors.tsx';
import { SignatureDetail } from './SignatureDetail.tsx';
import './errors.css';

const none: readonly RuleHit[] = [];

export function Errors() {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const selected = useSelection((state) => state.error);
  const { data, error } = useSignatures(filter);
  const { data: rules = none } = useCommand('analysis.rules', caseId === null ? null : { caseId });
  const groups = useMemo(() => inOrder(data ?? []), [data]);
  const chosen = groups.findIndex((each) => each.id === selected);
  const at = Math.max(0, chosen);
  const current = groups[at];
  const scroller = useRef<HTMLDivElement>(null);
  const currentId = current?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new group starts at its top
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [currentId]);

  if (error !== null) return <ErrorBox error={error} />;
  if (data === undefined) return null;
  if (current === undefined) return <NoErrors />;
  return (
    <div className="errors">
      <ErrorsBar groups={groups} />
      <GroupOverTime signature={current} />
      <div className="errors__panes">
        <ErrorList groups={groups} at={at} rules={rules} onOpen={() => scroller.current?.focus()} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls */}
        <section ref={scroller} className="errors__detail" tabIndex={0} aria-label="Detail of the group">
          <SignatureDetail signature={current} rules={rules} />
        </section>
      </div>
    </div>
  );
}
