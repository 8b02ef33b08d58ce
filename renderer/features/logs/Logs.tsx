/**
 * The Logs view shows the lines of the run: the tree of files, the lines of the selected file or of
 * several merged, the hits of the filter below them, and beside them a second file or a chart of
 * numbers. This module arranges the panes.
 */
import { useMemo, useState } from 'react';
import { activeParts } from '../../state/filter.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useAction, useCase, useFilter, useView } from '../../state/StoresContext.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { HitsPane } from './hits/HitsPane.tsx';
import { LinesPane } from './lines/LinesPane.tsx';
import { ProfileTable } from './lines/ProfileTable.tsx';
import { SecondPane } from './lines/SecondPane.tsx';
import { useColourKeys } from './marks/use-colour-keys.ts';
import { besideOf, createTimeLock } from './model/beside.ts';
import { LogsProvider, useLogs, useLogsStore } from './model/LogsContext.tsx';
import { useAnsweredFilter } from './model/use-answered-filter.ts';
import { useCurrentLine } from './model/use-current-line.ts';
import { useFileActions } from './model/use-file-actions.ts';
import { useFiles } from './model/use-files.ts';
import { useHitsByFile } from './model/use-hits-by-file.ts';
import { useMerged } from './model/use-merged.ts';
import { numbersOf } from './numbers/numbers-option.ts';
import { NumbersPane } from './panes/NumbersPane.tsx';
import { SizedPane } from './panes/SizedPane.tsx';
import { FileTree } from './tree/FileTree.tsx';
import './logs.css';

export function Logs() {
  return (
    <LogsProvider>
      <LogsView />
    </LogsProvider>
  );
}

/**
 * Lays out the panes: the tree of files, then the lines of one file or of several merged, beside
 * those of a second file. Below them are the hits, while a filter is on. Above everything is the
 * chart of numbers.
 */
function LogsView() {
  const files = useFiles();
  const filter = useFilter((state) => state.filter);
  const isFiltered = activeParts(filter).length > 0;
  const search = useGlobalSearch();
  const current = useCurrentLine(files, isFiltered, search);
  const merged = useMerged();
  const isListing = useCase((state) => state.progress?.phase === 'listing');
  const hits = useHitsByFile(search);
  const isTreeOpen = useTreeToggle();
  const { open, merge, showBeside } = useFileActions(files, current);
  const options = useView((state) => state.options);
  const beside = useMemo(() => besideOf(options), [options]);
  const numbers = useMemo(() => numbersOf(options), [options]);
  const [timeLock] = useState(createTimeLock);
  const lock = beside?.isLocked === true ? timeLock : null;
  const onKeyDown = useColourKeys();
  const isMerged = merged !== null && (current === null || merged.fileIds.includes(current.fileId));
  const file = current === null || isMerged ? undefined : files.byId.get(current.fileId);
  const wanted = useAnsweredFilter(isFiltered ? filter : null, search);
  const lines = <LinesPane files={files} current={current} filter={wanted} lock={lock} />;
  if (files.files.length === 0 && !files.isLoading && !isListing)
    return <EmptyState title="There is no file in this run." />;
  return (
    <div className="logs-view">
      {numbers !== null && <NumbersPane choice={numbers} />}
      <div className="logs" onKeyDown={onKeyDown} role="none">
        {isTreeOpen && (
          <SizedPane id="tree">
            <FileTree
              files={files}
              openFileId={current?.fileId ?? null}
              hits={isFiltered ? hits : null}
              onOpen={open}
              onMerge={merge}
              onBeside={showBeside}
            />
          </SizedPane>
        )}
        <div className="logs__panes">
          <div className="logs__both">
            <div className="logs__lines" data-region="lines">
              {file?.kind === 'profile' ? <ProfileTable file={file} text={lines} /> : lines}
            </div>
            {beside !== null && (
              <SizedPane id="beside">
                <SecondPane files={files} beside={beside} lock={lock} filter={wanted} />
              </SizedPane>
            )}
          </div>
          {isFiltered && (
            <SizedPane id="hits">
              <HitsPane files={files} current={current} />
            </SizedPane>
          )}
        </div>
      </div>
    </div>
  );
}

/** Claims the key that shows and hides the tree. Returns whether it is open. */
function useTreeToggle(): boolean {
  const store = useLogsStore();
  useAction('sidebar', () => {
    store.getState().set({ isTreeOpen: !store.getState().isTreeOpen });
    return true;
  });
  return useLogs((state) => state.isTreeOpen);
}
