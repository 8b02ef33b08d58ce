/**
 * The Logs view shows the lines of the run: the tree of files, the lines of the selected file or of
 * several merged, the hits of the filter below them, and beside them a second file or a chart of
 * numbers. This module arranges the panes and steps from file to file.
 */
import { type CSSProperties, type KeyboardEvent, useCallback, useMemo, useState } from 'react';
import { activeParts } from '../../state/filter.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useAction, useCase, useFilter, useNavigation, useStores, useView } from '../../state/StoresContext.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { Splitter } from '../../widgets/Splitter.tsx';
import { HitsPane } from './hits/HitsPane.tsx';
import { LinesPane } from './lines/LinesPane.tsx';
import { ProfileTable } from './lines/ProfileTable.tsx';
import { SecondPane } from './lines/SecondPane.tsx';
import { besideOf, besideOptions, createTimeLock } from './model/beside.ts';
import { LogsProvider, useLogs, useLogsStore } from './model/LogsContext.tsx';
import { colourText, selectedText } from './model/line-actions.ts';
import { mergedOptions } from './model/merged.ts';
import { useAnsweredFilter } from './model/use-answered-filter.ts';
import { useCurrentLine } from './model/use-current-line.ts';
import { useFiles } from './model/use-files.ts';
import { useHitsByFile } from './model/use-hits-by-file.ts';
import { useMerged } from './model/use-merged.ts';
import { NumbersPanel } from './numbers/NumbersPanel.tsx';
import { numbersOf } from './numbers/numbers-option.ts';
import { FileTree } from './tree/FileTree.tsx';
import './logs.css';

export function Logs() {
  return (
    <LogsProvider>
      <LogsView />
    </LogsProvider>
  );
}

const TREE_PX = 248;
const HITS_PX = 280;
const LEAST_TREE_PX = 160;
const LEAST_PANE_PX = 110;
const NUMBERS_PX = 220;
const LEAST_NUMBERS_PX = 140;
const BESIDE_PX = 480;
const LEAST_BESIDE_PX = 200;

/**
 * Lays out the panes: the tree of files, then the lines of one file or of several merged, beside
 * those of a second file. Below them are the hits, while a filter is on. Above everything is the
 * chart of numbers.
 */
function LogsView() {
  const store = useLogsStore();
  const stores = useStores();
  const navigation = useNavigation();
  const files = useFiles();
  const filter = useFilter((state) => state.filter);
  const isFiltered = activeParts(filter).length > 0;
  const search = useGlobalSearch();
  const current = useCurrentLine(files, isFiltered, search);
  const merged = useMerged();
  const isTreeOpen = useLogs((state) => state.isTreeOpen);
  const sizes = useView((state) => state.paneSizes);
  const set = useView((state) => state.set);
  const isListing = useCase((state) => state.progress?.phase === 'listing');
  const hits = useHitsByFile(search);

  useAction('sidebar', () => {
    store.getState().set({ isTreeOpen: !store.getState().isTreeOpen });
    return true;
  });
  const open = useCallback(
    (fileId: number, how: 'browse' | 'go') => {
      const { lastLines } = store.getState();
      const line = { fileId, line: lastLines.get(fileId) ?? 1 };
      const options = mergedOptions(null);
      if (how === 'go') {
        navigation.navigate({ selection: { line, detail: 'line' }, options });
        document.querySelector<HTMLElement>('.lines-pane [role="grid"]')?.focus();
      } else {
        stores.view.getState().setOptions(options);
        stores.selection.getState().select({ line, detail: 'line' });
      }
    },
    [store, stores, navigation],
  );
  const merge = useCallback(
    (fileIds: readonly number[], title: string) => {
      if (fileIds.length < 2) return;
      const { line } = stores.selection.getState();
      // A selected line of another file would show that file instead.
      const isOther = line !== null && !fileIds.includes(line.fileId);
      navigation.navigate({
        options: mergedOptions({ fileIds, title, order: 'time' }),
        ...(isOther ? { selection: { line: null } } : {}),
      });
    },
    [stores, navigation],
  );
  const options = useView((state) => state.options);
  const beside = useMemo(() => besideOf(options), [options]);
  const numbers = useMemo(() => numbersOf(options), [options]);
  const [timeLock] = useState(createTimeLock);
  const lock = beside?.isLocked === true ? timeLock : null;
  const showBeside = useCallback(
    (fileId: number) => {
      const line = { fileId, line: store.getState().lastLines.get(fileId) ?? 1 };
      const before = besideOf(stores.view.getState().options);
      navigation.navigate({ options: besideOptions({ line, isLocked: before?.isLocked ?? true }) });
    },
    [store, stores, navigation],
  );
  const nextFile = (direction: 1 | -1) => () => {
    const at = files.ordered.findIndex((file) => file.fileId === current?.fileId);
    const next = files.ordered[at + direction];
    if (next === undefined)
      stores.toasts.getState().show(direction === 1 ? 'This is the last file.' : 'This is the first file.');
    else open(next.fileId, 'go');
    return true;
  };
  useAction('next-file', nextFile(1));
  useAction('previous-file', nextFile(-1));

  const onKeyDown = (event: KeyboardEvent) => {
    const digit = /^Digit(\d)$/.exec(event.code)?.[1];
    if (digit === undefined || !event.shiftKey || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const text = selectedText();
    if (digit === '0') stores.notebook.getState().set({ words: [] });
    else if (text === null) stores.toasts.getState().show('Select a word in a line first.');
    else colourText(stores, text, Number(digit));
  };

  const isMerged = merged !== null && (current === null || merged.fileIds.includes(current.fileId));
  const file = current === null || isMerged ? undefined : files.byId.get(current.fileId);
  const wanted = useAnsweredFilter(isFiltered ? filter : null, search);
  const lines = <LinesPane files={files} current={current} filter={wanted} lock={lock} />;
  const numbersHeight = Math.max(LEAST_NUMBERS_PX, sizes['logs-numbers'] ?? NUMBERS_PX);
  const besideWidth = Math.max(LEAST_BESIDE_PX, sizes['logs-beside'] ?? BESIDE_PX);
  const treeWidth = Math.max(LEAST_TREE_PX, sizes['logs-tree'] ?? TREE_PX);
  const hitsHeight = Math.max(LEAST_PANE_PX, sizes['logs-hits'] ?? HITS_PX);
  const resize = (name: string, size: number) => set({ paneSizes: { ...sizes, [name]: size } });
  if (files.files.length === 0 && !files.isLoading && !isListing)
    return <EmptyState title="There is no file in this run." />;
  return (
    <div className="logs-view">
      {numbers !== null && (
        <>
          <NumbersPanel choice={numbers} height={numbersHeight} />
          <Splitter
            label="Height of the numbers"
            direction="horizontal"
            size={numbersHeight}
            min={LEAST_NUMBERS_PX}
            max={600}
            onResize={(size) => resize('logs-numbers', size)}
            onReset={() => resize('logs-numbers', NUMBERS_PX)}
          />
        </>
      )}
      <div className="logs" onKeyDown={onKeyDown} role="none">
        {isTreeOpen && (
          <>
            <div
              className="logs__tree"
              style={{ '--tree-width': `${treeWidth}px` } as CSSProperties}
              data-region="tree"
            >
              <FileTree
                files={files}
                openFileId={current?.fileId ?? null}
                hits={isFiltered ? hits : null}
                onOpen={open}
                onMerge={merge}
                onBeside={showBeside}
              />
            </div>
            <Splitter
              label="Width of the tree"
              direction="vertical"
              size={treeWidth}
              min={LEAST_TREE_PX}
              max={600}
              onResize={(size) => resize('logs-tree', size)}
              onReset={() => resize('logs-tree', TREE_PX)}
            />
          </>
        )}
        <div className="logs__panes">
          <div className="logs__both">
            <div className="logs__lines" data-region="lines">
              {file?.kind === 'profile' ? <ProfileTable file={file} text={lines} /> : lines}
            </div>
            {beside !== null && (
              <>
                <Splitter
                  label="Width of the second file"
                  direction="vertical"
                  isAfter
                  size={besideWidth}
                  min={LEAST_BESIDE_PX}
                  max={2_000}
                  onResize={(size) => resize('logs-beside', size)}
                  onReset={() => resize('logs-beside', BESIDE_PX)}
                />
                <div
                  className="logs__beside"
                  style={{ '--beside-width': `${besideWidth}px` } as CSSProperties}
                  data-region="second file"
                >
                  <SecondPane files={files} beside={beside} lock={lock} filter={wanted} />
                </div>
              </>
            )}
          </div>
          {isFiltered && (
            <>
              <Splitter
                label="Height of the hits"
                direction="horizontal"
                isAfter
                size={hitsHeight}
                min={LEAST_PANE_PX}
                max={900}
                onResize={(size) => resize('logs-hits', size)}
                onReset={() => resize('logs-hits', HITS_PX)}
              />
              <div className="logs__hits" style={{ height: hitsHeight }} data-region="hits">
                <HitsPane files={files} current={current} />
              </div>
            </>
          )}
        </div>
      </div>
    </div>
  );
}
