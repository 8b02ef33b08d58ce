/**
 * The list of error groups, above the known issues that the run matches. Its width can be changed.
 */
import { useMemo } from 'react';
import type { RuleHit, Signature } from '../../../electron/contract/analysis.ts';
import { useSelection, useView } from '../../state/StoresContext.tsx';
import type { RowListing } from '../../widgets/row-listing.ts';
import { Splitter } from '../../widgets/Splitter.tsx';
import { VirtualRows } from '../../widgets/VirtualRows.tsx';
import { nameOf } from './error-model.ts';
import { RulesPanel } from './RulesPanel.tsx';
import { SignatureRow } from './SignatureRow.tsx';
import { momentsRows } from './use-moments.ts';

const ROW_PX = 66;
const USUAL_PX = 460;
const LEAST_PX = 260;
const MOST_PX = 900;

export interface ErrorListProps {
  groups: readonly Signature[];
  /** The index of the group whose detail is shown. */
  at: number;
  rules: readonly RuleHit[];
  onOpen: () => void;
}

export function ErrorList({ groups, at, rules, onOpen }: ErrorListProps) {
  const select = useSelection((state) => state.select);
  const sizes = useView((state) => state.paneSizes);
  const setView = useView((state) => state.set);
  const width = sizes.errors ?? USUAL_PX;
  const setWidth = (px: number) => setView({ paneSizes: { ...sizes, errors: px } });
  const moments = useMemo(() => momentsRows(groups), [groups]);
  const rows = useMemo(() => groupListing(groups), [groups]);
  return (
    <>
      <div className="errors__list" style={{ width }}>
        <VirtualRows
          label="Error groups"
          count={groups.length}
          rowHeight={ROW_PX}
          active={at}
          onActive={(index) => select({ error: groups[index]?.id ?? null, detail: 'error' })}
          onOpen={onOpen}
          rowAria={(index) => ({ 'aria-label': groups[index] === undefined ? undefined : nameOf(groups[index]) })}
          renderRow={(index) => {
            const signature = groups[index];
            const row = moments[index];
            return signature === undefined || row === undefined ? null : (
              <SignatureRow signature={signature} row={row} />
            );
          }}
          rows={rows}
        />
        <RulesPanel rules={rules} />
      </div>
      <Splitter
        label="Width of the list"
        direction="vertical"
        size={width}
        min={LEAST_PX}
        max={MOST_PX}
        onResize={setWidth}
        onReset={() => setWidth(USUAL_PX)}
      />
    </>
  );
}

function groupListing(groups: readonly Signature[]): RowListing {
  return {
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
  };
}
