/**
 * The file tree shows all files of the run by node and process, by kind or by folder. It opens
 * files, picks several to merge, and handles the keys of a tree; `treeRows` decides which rows
 * there are.
 */
import { Combine, ListFilter, PanelLeftClose, X } from 'lucide-react';
import {
  type AriaAttributes,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { formatChord } from '../../../base/chords.ts';
import { formatCount } from '../../../base/format.ts';
import { useAction, useShell } from '../../../state/StoresContext.tsx';
import { Button } from '../../../widgets/Button.tsx';
import { EmptyState } from '../../../widgets/EmptyState.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { type Box, pointBox } from '../../../widgets/place-at.ts';
import { VirtualRows, type VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { createRangeStore } from '../lines/range-store.ts';
import { useLogs, useLogsStore } from '../model/LogsContext.tsx';
import type { FilesView } from '../model/use-files.ts';
import { useMerged } from '../model/use-merged.ts';
import { FileTreeRow } from './FileTreeRow.tsx';
import { TreeMenu } from './TreeMenu.tsx';
import { type TreeMode, type TreeRow, treeModes, treeRows } from './tree-model.ts';
import { typeAhead } from './type-ahead.ts';
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

const modeWords: Record<TreeMode, string> = { node: 'Node', kind: 'Kind', folder: 'Folder' };
const ROW_HEIGHT = 22;
/** No file is opened while a person moves quickly through the tree. */
const BROWSE_MS = 140;

export const FileTree = memo(function FileTree(props: FileTreeProps) {
  const { files, openFileId, hits, onOpen, onMerge, onBeside } = props;
  const store = useLogsStore();
  const mode = useLogs((state) => state.treeMode);
  const filter = useLogs((state) => state.treeFilter);
  const expanded = useLogs((state) => state.expanded);
  const onlyHits = useLogs((state) => state.onlyHits);
  const picked = useLogs((state) => state.picked);
  const merged = useMerged();
  const { isMac } = useShell();
  const handle = useRef<VirtualRowsHandle>(null);
  const box = useRef<HTMLInputElement>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const [menu, setMenu] = useState<{ at: Box; row: TreeRow } | null>(null);
  const [range] = useState(createRangeStore);
  const isPointer = useRef(false);
  const isTwist = useRef(false);
  const typed = useRef({ text: '', at: 0 });
  const browsing = useRef<ReturnType<typeof setTimeout>>(undefined);

  const rows = useMemo(
    () => treeRows(files.files, { mode, filter, expanded, hits, onlyHits: onlyHits && hits !== null, openFileId }),
    [files.files, mode, filter, expanded, hits, onlyHits, openFileId],
  );
  const indexById = useMemo(() => new Map(rows.map((row, index) => [row.id, index])), [rows]);
  const openIndex = openFileId === null ? null : (indexById.get(`file:${openFileId}`) ?? null);
  const kept = activeId === null ? undefined : indexById.get(activeId);
  const active = kept ?? openIndex;

  // Keeps the open file in sight, wherever it was opened from.
  const shown = useRef<number | null>(null);
  useEffect(() => {
    if (openFileId === shown.current || openIndex === null) return;
    shown.current = openFileId;
    setActiveId(`file:${openFileId}`);
    if (!range.has(openIndex)) handle.current?.scrollToRow(openIndex, 'center');
  }, [openFileId, openIndex, range]);
  useEffect(() => () => clearTimeout(browsing.current), []);

  useAction('quick-open', () => {
    store.getState().set({ isTreeOpen: true });
    box.current?.select();
    return true;
  });

  const toggle = (row: TreeRow, isExpanded: boolean) =>
    store.getState().set({ expanded: new Map(store.getState().expanded).set(row.id, isExpanded) });
  const go = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    clearTimeout(browsing.current);
    if (row.file !== null) onOpen(row.file.fileId, 'go');
    else toggle(row, !row.isExpanded);
  };
  const moveTo = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    setActiveId(row.id);
    handle.current?.scrollToRow(index);
    clearTimeout(browsing.current);
    const { file } = row;
    if (file !== null) browsing.current = setTimeout(() => onOpen(file.fileId, 'browse'), BROWSE_MS);
  };
  const pick = (row: TreeRow, index: number, how: { extend: boolean }) => {
    let ids = row.fileIds;
    if (how.extend && active !== null) {
      const range = rows.slice(Math.min(active, index), Math.max(active, index) + 1);
      ids = [...new Set(range.flatMap((each) => (each.file === null ? [] : [each.file.fileId])))];
      store.getState().set({ picked: ids });
      return;
    }
    const before = picked.length === 0 && openFileId !== null && merged === null ? [openFileId] : picked;
    const isAll = ids.every((id) => before.includes(id));
    const next = isAll ? before.filter((id) => !ids.includes(id)) : [...new Set([...before, ...ids])];
    store.getState().set({ picked: next });
    setActiveId(row.id);
  };
  const onActive = (index: number, how: { extend: boolean; toggle: boolean }) => {
    const row = rows[index];
    if (row === undefined) return;
    if (how.toggle || how.extend) return pick(row, index, how);
    if (picked.length > 0) store.getState().set({ picked: [] });
    if (!isPointer.current) return moveTo(index);
    // A click goes to the file, so that the keys then belong to the lines. A branch opens by its
    // sign or a double click.
    setActiveId(row.id);
    clearTimeout(browsing.current);
    const { file } = row;
    if (file !== null) setTimeout(() => onOpen(file.fileId, 'go'));
    else if (isTwist.current) toggle(row, !row.isExpanded);
  };

  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || active === null) return;
    const row = rows[active];
    if (row === undefined) return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === 'ArrowRight' && row.file === null) {
      if (!row.isExpanded) toggle(row, true);
      else moveTo(active + 1);
    } else if (event.key === 'ArrowLeft') {
      if (row.file === null && row.isExpanded) toggle(row, false);
      else {
        const parent = rows.slice(0, active).findLastIndex((each) => each.depth < row.depth);
        if (parent >= 0) moveTo(parent);
      }
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) mergeRow(row);
    else if (event.key === ' ') pick(row, active, { extend: false });
    else if ((event.key === 'F10' && event.shiftKey) || event.key === 'ContextMenu') {
      const element = event.currentTarget.querySelector('.is-active') ?? event.currentTarget;
      setMenu({ at: element.getBoundingClientRect(), row });
    } else if (isPlain && /^[\p{L}\p{N}._-]$/u.test(event.key)) {
      const next = typeAhead(
        rows.map((each) => each.label),
        active,
        typed.current,
        event.key,
        performance.now(),
      );
      if (next !== null) moveTo(next);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const mergeRow = (row: TreeRow) => {
    if (picked.length > 1) onMerge(picked, formatCount(picked.length, 'file'));
    else if (row.file === null) onMerge(row.fileIds, row.label);
  };

  const rowAria = (index: number): AriaAttributes => {
    const row = rows[index];
    if (row === undefined) return {};
    return {
      'aria-level': row.depth + 1,
      'aria-expanded': row.file === null ? row.isExpanded : undefined,
      'aria-posinset': row.position,
      'aria-setsize': row.siblings,
      'aria-current': row.file !== null && row.file.fileId === openFileId ? true : undefined,
    };
  };
  const renderRow = useCallback(
    (index: number) => {
      const row = rows[index];
      return row === undefined ? null : <FileTreeRow row={row} />;
    },
    [rows],
  );
  const onContextMenu = (event: MouseEvent) => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    const row = rows[Number(element?.dataset.index ?? -1)];
    if (row === undefined) return;
    event.preventDefault();
    setActiveId(row.id);
    setMenu({ at: pointBox(event.clientX, event.clientY), row });
  };
  const mergedIds = merged?.fileIds;

  return (
    <section className="file-tree" aria-label="Files">
      <header className="file-tree__head">
        <fieldset className="file-tree__modes" aria-label="Arrange files by">
          {treeModes.map((each) => (
            <Button
              key={each}
              tone="quiet"
              isPressed={mode === each}
              onClick={() => store.getState().set({ treeMode: each })}
            >
              {modeWords[each]}
            </Button>
          ))}
        </fieldset>
        {hits !== null && (
          <IconButton
            label="Only files with hits"
            icon={<ListFilter size={14} />}
            isPressed={onlyHits}
            onClick={() => store.getState().set({ onlyHits: !onlyHits })}
          />
        )}
        <IconButton
          label="Hide the tree of files"
          keys={formatChord('Mod+B', isMac)}
          icon={<PanelLeftClose size={14} />}
          onClick={() => store.getState().set({ isTreeOpen: false })}
        />
      </header>
      <div className="file-tree__filter">
        <input
          ref={box}
          className="text-box"
          aria-label="Filter the files"
          placeholder={`Filter ${formatCount(files.files.length, 'file')} …`}
          value={filter}
          onChange={(event) => store.getState().set({ treeFilter: event.target.value })}
          onKeyDown={(event) => {
            const first = rows.findIndex((row) => row.file !== null);
            if (event.key === 'Enter' && first >= 0) go(first);
            else if (event.key === 'ArrowDown') handle.current?.focus();
            else if (event.key === 'Escape' && filter !== '') store.getState().set({ treeFilter: '' });
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: takes keys of the tree before the list does */}
      <div
        className="file-tree__rows"
        onKeyDownCapture={(event) => {
          isPointer.current = false;
          onKeyDownCapture(event);
        }}
        onMouseDownCapture={(event) => {
          isPointer.current = true;
          isTwist.current = event.target instanceof Element && event.target.closest('.tree-row__twist') !== null;
        }}
        onContextMenu={onContextMenu}
      >
        {rows.length === 0 && files.files.length > 0 ? (
          <EmptyState title={filter === '' ? 'No file has a hit.' : 'No file is called that.'} />
        ) : (
          <VirtualRows
            label="Files by node, process and kind"
            role="tree"
            count={rows.length}
            rowHeight={ROW_HEIGHT}
            renderRow={renderRow}
            rowAria={rowAria}
            rowClass={(index) => {
              const row = rows[index];
              if (row === undefined) return undefined;
              const isIn =
                (mergedIds ?? picked).length > 0 &&
                row.file !== null &&
                (mergedIds ?? picked).includes(row.file.fileId);
              const isOpen = mergedIds === undefined && row.file !== null && row.file.fileId === openFileId;
              return `${isIn ? 'is-picked' : ''} ${isOpen ? 'is-open' : ''}`;
            }}
            active={active}
            onActive={onActive}
            onOpen={go}
            onRange={range.take}
            isSelected={(index) => {
              const row = rows[index];
              return picked.length > 0 ? row?.file != null && picked.includes(row.file.fileId) : index === active;
            }}
            handle={handle}
          />
        )}
      </div>
      {picked.length > 1 && merged === null && (
        <footer className="file-tree__picked">
          <span>{formatCount(picked.length, 'file')}</span>
          <Button
            tone="primary"
            icon={<Combine size={14} />}
            onClick={() => onMerge(picked, formatCount(picked.length, 'file'))}
          >
            Merge by time
          </Button>
          <IconButton label="Choose none" icon={<X size={14} />} onClick={() => store.getState().set({ picked: [] })} />
        </footer>
      )}
      {menu !== null && (
        <TreeMenu
          at={menu.at}
          row={menu.row}
          onClose={() => setMenu(null)}
          onOpen={(fileId) => onOpen(fileId, 'go')}
          onMerge={onMerge}
          onBeside={onBeside}
          onToggleAll={(isExpanded) => {
            const next = new Map<string, boolean>();
            for (const row of treeRows(files.files, { mode, filter, expanded: new Map(), hits, onlyHits, openFileId }))
              if (row.file === null) next.set(row.id, isExpanded);
            store.getState().set({ expanded: next });
          }}
        />
      )}
    </section>
  );
});
