/**
 * The tree list draws the rows of the tree, tells assistive technology their level and state, and
 * takes the keys and clicks in them.
 */
import { type AriaAttributes, type Ref, useCallback } from 'react';
import { EmptyState } from '../../../widgets/EmptyState.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { useLogs } from '../model/LogsContext.tsx';
import { FileTreeRow } from './FileTreeRow.tsx';
import type { TreeRow } from './tree-model.ts';
import type { TreeCursor } from './use-tree-cursor.ts';
import type { TreeInput } from './use-tree-input.ts';
import type { TreePicks } from './use-tree-picks.ts';

export interface TreeListProps {
  rows: readonly TreeRow[];
  /** The case has files, so no rows means that the filter leaves them out. */
  hasFiles: boolean;
  openFileId: number | null;
  cursor: TreeCursor;
  picks: TreePicks;
  input: TreeInput;
  onOpen: (row: TreeRow) => void;
  handle: Ref<VirtualRowsHandle>;
}

const ROW_HEIGHT = 22;

export function TreeList({ rows, hasFiles, openFileId, cursor, picks, input, onOpen, handle }: TreeListProps) {
  const filter = useLogs((state) => state.treeFilter);
  const { onActive, ...handlers } = input;
  const { active } = cursor;
  const renderRow = useCallback(
    (index: number) => {
      const row = rows[index];
      return row === undefined ? null : <FileTreeRow row={row} />;
    },
    [rows],
  );
  const rowAria = (index: number) => ariaOf(rows[index], openFileId);
  const rowClass = (index: number) => classOf(rows[index], openFileId, picks);
  const isSelected = (index: number) => {
    if (picks.fileIds.length === 0) return index === active;
    const file = rows[index]?.file ?? null;
    return file !== null && picks.fileIds.includes(file.fileId);
  };
  return (
    // Takes the keys of the tree before the list does.
    <div className="file-tree__rows" {...handlers}>
      {rows.length === 0 && hasFiles ? (
        <EmptyState title={filter === '' ? 'No file has a hit.' : 'No file is called that.'} />
      ) : (
        <VirtualRows
          label="Files by node, process and kind"
          role="tree"
          count={rows.length}
          rowHeight={ROW_HEIGHT}
          renderRow={renderRow}
          rowAria={rowAria}
          rowClass={rowClass}
          active={active}
          onActive={onActive}
          onOpen={(index) => {
            const row = rows[index];
            if (row !== undefined) onOpen(row);
          }}
          onRange={cursor.onRange}
          isSelected={isSelected}
          handle={handle}
        />
      )}
    </div>
  );
}

const isFile = ({ file }: TreeRow, fileId: number | null) => file !== null && file.fileId === fileId;

function ariaOf(row: TreeRow | undefined, openFileId: number | null): AriaAttributes {
  if (row === undefined) return {};
  return {
    'aria-level': row.depth + 1,
    'aria-expanded': row.file === null ? row.isExpanded : undefined,
    'aria-posinset': row.position,
    'aria-setsize': row.siblings,
    'aria-current': isFile(row, openFileId) ? true : undefined,
  };
}

function classOf(row: TreeRow | undefined, openFileId: number | null, picks: TreePicks): string | undefined {
  if (row === undefined) return undefined;
  const isPicked = row.file !== null && picks.drawn.includes(row.file.fileId);
  return `${isPicked ? 'is-picked' : ''} ${isFile(row, openFileId) && !picks.isMerged ? 'is-open' : ''}`;
}
