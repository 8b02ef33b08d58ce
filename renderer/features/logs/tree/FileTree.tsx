/**
 * The file tree shows all files of the run by node and process, by kind or by folder. It opens
 * files and picks several to merge. `treeRows` decides which rows there are, `useTreeInput` what
 * keys and clicks do.
 */
import { memo, useRef, useState } from 'react';
import { formatCount } from '../../../base/format.ts';
import type { Box } from '../../../widgets/place-at.ts';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import type { FilesView } from '../model/use-files.ts';
import { PickedFiles } from './PickedFiles.tsx';
import { TreeFilter } from './TreeFilter.tsx';
import { TreeHead } from './TreeHead.tsx';
import { TreeList } from './TreeList.tsx';
import { TreeMenu } from './TreeMenu.tsx';
import type { TreeRow } from './tree-model.ts';
import { useTreeCursor } from './use-tree-cursor.ts';
import { useTreeInput } from './use-tree-input.ts';
import { useTreePicks } from './use-tree-picks.ts';
import { useTreeRows } from './use-tree-rows.ts';
import './file-tree.css';

export interface FileTreeProps {
  files: FilesView;
  openFileId: number | null;
  /** Hits of the search by file; null without a search. */
  hits: ReadonlyMap<number, number> | null;
  onOpen: (fileId: number, how: 'browse' | 'go') => void;
  onMerge: (fileIds: readonly number[], title: string) => void;
  onBeside: (fileId: number) => void;
}

export const FileTree = memo(function FileTree(props: FileTreeProps) {
  const { files, openFileId, hits, onOpen, onMerge, onBeside } = props;
  const list = useRef<VirtualRowsHandle>(null);
  const [menu, setMenu] = useState<{ at: Box; row: TreeRow } | null>(null);
  const tree = useTreeRows(files.files, hits, openFileId);
  const cursor = useTreeCursor(tree.rows, list, openFileId, onOpen);
  const picks = useTreePicks(openFileId);
  const input = useTreeInput({ tree, cursor, picks, onMerge, onMenu: (at, row) => setMenu({ at, row }) });

  const open = (row: TreeRow) => {
    cursor.open(row);
    if (row.file === null) tree.toggle(row, !row.isExpanded);
  };
  const openFirst = () => {
    const first = tree.rows.find((row) => row.file !== null);
    if (first !== undefined) cursor.open(first);
    return first !== undefined;
  };
  return (
    <section className="file-tree" aria-label="Files">
      <TreeHead isSearched={hits !== null} />
      <TreeFilter fileCount={files.files.length} onEnter={openFirst} onLeave={() => list.current?.focus()} />
      <TreeList
        rows={tree.rows}
        hasFiles={files.files.length > 0}
        openFileId={openFileId}
        cursor={cursor}
        picks={picks}
        input={input}
        onOpen={open}
        handle={list}
      />
      {picks.fileIds.length > 1 && !picks.isMerged && (
        <PickedFiles
          count={picks.fileIds.length}
          onMerge={() => onMerge(picks.fileIds, formatCount(picks.fileIds.length, 'file'))}
          onClear={picks.clear}
        />
      )}
      {menu !== null && (
        <TreeMenu
          at={menu.at}
          row={menu.row}
          onClose={() => setMenu(null)}
          onOpen={(fileId) => onOpen(fileId, 'go')}
          onMerge={onMerge}
          onBeside={onBeside}
          onToggleAll={tree.toggleAll}
        />
      )}
    </section>
  );
});
