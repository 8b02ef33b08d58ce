/**
 * The errors view lists all errors that the filter leaves as error groups, the first cause on top.
 * Beside the list it shows everything about the selected group. The engine makes the groups;
 * `error-model.ts` gives their order and words.
 */
import { useEffect, useMemo, useRef } from 'react';
import type { RuleHit } from '../../../electron/contract/analysis.ts';
import { formatCount } from '../../base/format.ts';
import { useCase, useFilter, useSelection, useView } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useSignatures } from '../../state/use-signatures.ts';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { HowCounted } from '../../widgets/HowCounted.tsx';
import type { RowListing } from '../../widgets/row-listing.ts';
import { Splitter } from '../../widgets/Splitter.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../../widgets/VirtualRows.tsx';
import { CauseElsewhere } from './CauseElsewhere.tsx';
import { inOrder, nameOf } from './error-model.ts';
import { GroupOverTime } from './GroupOverTime.tsx';
import { NoErrors } from './NoErrors.tsx';
import { RulesPanel } from './RulesPanel.tsx';
import { SignatureDetail } from './SignatureDetail.tsx';
import { SignatureRow } from './SignatureRow.tsx';
import { momentsRows } from './use-moments.ts';
import './errors.css';

const none: readonly RuleHit[] = [];
const ROW_PX = 66;
const USUAL_PX = 460;
const LEAST_PX = 260;

export function Errors() {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const selected = useSelection((state) => state.error);
  const select = useSelection((state) => state.select);
  const width = useView((state) => state.paneSizes.errors ?? USUAL_PX);
  const sizes = useView((state) => state.paneSizes);
  const setView = useView((state) => state.set);
  const { data, error } = useSignatures(filter);
  const { data: rules = none } = useCommand('analysis.rules', caseId === null ? null : { caseId });
  const groups = useMemo(() => inOrder(data ?? []), [data]);
  const rows = useMemo(() => momentsRows(groups), [groups]);
  const handle = useRef<VirtualRowsHandle>(null);
  const listed = useMemo(
    (): RowListing => ({
      noun: 'error group',
      nouns: 'error groups',
      fileName: 'errors',
      isOfLines: false,
      of: (ranges) => ({
        listing: {
          of: 'table',
          columns: ['id', 'name', 'role', 'count'],
          rows: groups.map((each) => [each.id, nameOf(each), each.role, each.count]),
        },
        ranges,
      }),
    }),
    [groups],
  );
  const at = Math.max(
    0,
    groups.findIndex((each) => each.id === selected),
  );
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
  const lines = groups.reduce((sum, each) => sum + each.count, 0);
  return (
    <div className="errors">
      <div className="errors__bar">
        <h2>
          {formatCount(groups.length, 'error group')} <span className="soft">in {formatCount(lines, 'line')}</span>
        </h2>
        {groups.some((each) => each.role === 'primary') ? (
          <span className="soft ellipsis">Duplicates across logs are counted once.</span>
        ) : (
          <CauseElsewhere />
        )}
        <HowCounted
          of="error groups"
          how="All lines of level error and critical and all tracebacks of all logs, grouped by exception chain and the frames of your own code, else by the message with its variable parts masked."
          cli="postrun signatures PATH FILTER --json"
          sql="SELECT error_group, count, occurrences, template FROM error_groups"
        />
      </div>
      <GroupOverTime signature={current} />
      <div className="errors__panes">
        <div className="errors__list" style={{ width }}>
          <VirtualRows
            label="Error groups"
            count={groups.length}
            rowHeight={ROW_PX}
            active={at}
            onActive={(index) => select({ error: groups[index]?.id ?? null, detail: 'error' })}
            onOpen={() => scroller.current?.focus()}
            rowAria={(index) => ({ 'aria-label': groups[index] === undefined ? undefined : nameOf(groups[index]) })}
            renderRow={(index) => {
              const signature = groups[index];
              const row = rows[index];
              return signature === undefined || row === undefined ? null : (
                <SignatureRow signature={signature} row={row} />
              );
            }}
            rows={listed}
            handle={handle}
          />
          <RulesPanel rules={rules} />
        </div>
        <Splitter
          label="Width of the list"
          direction="vertical"
          size={width}
          min={LEAST_PX}
          max={900}
          onResize={(next) => setView({ paneSizes: { ...sizes, errors: next } })}
          onReset={() => setView({ paneSizes: { ...sizes, errors: USUAL_PX } })}
        />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls */}
        <section ref={scroller} className="errors__detail" tabIndex={0} aria-label="Detail of the group">
          <SignatureDetail signature={current} rules={rules} />
        </section>
      </div>
    </div>
  );
}
