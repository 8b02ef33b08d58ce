/**
 * File actions are what a person does with the files of the tree: open one, merge several, show one
 * beside the first. Keys step to the next and previous file.
 */
import { useCallback } from 'react';
import type { LineKey } from '../../../state/location.ts';
import { useAction, useStores } from '../../../state/StoresContext.tsx';
import { besideOf, besideOptions } from './beside.ts';
import { useLogsStore } from './LogsContext.tsx';
import { mergedOptions } from './merged.ts';
import type { FilesView } from './use-files.ts';

interface FileActions {
  /** Opens a file where it was left. `go` also moves the focus to its lines. */
  open: (fileId: number, how: 'browse' | 'go') => void;
  merge: (fileIds: readonly number[], title: string) => void;
  showBeside: (fileId: number) => void;
}

/** Returns handlers that keep their identity. */
export function useFileActions(files: FilesView, current: LineKey | null): FileActions {
  const store = useLogsStore();
  const stores = useStores();
  const { navigation } = stores;
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
  const showBeside = useCallback(
    (fileId: number) => {
      const line = { fileId, line: store.getState().lastLines.get(fileId) ?? 1 };
      const before = besideOf(stores.view.getState().options);
      navigation.navigate({ options: besideOptions({ line, isLocked: before?.isLocked ?? true }) });
    },
    [store, stores, navigation],
  );
  useFileSteps(files, current, open);
  return { open, merge, showBeside };
}

/** Claims the keys that step from file to file in the order of the tree. */
function useFileSteps(files: FilesView, current: LineKey | null, open: FileActions['open']) {
  const { toasts } = useStores();
  const step = (direction: 1 | -1) => () => {
    const at = files.ordered.findIndex((file) => file.fileId === current?.fileId);
    const next = files.ordered[at + direction];
    if (next === undefined)
      toasts.getState().show(direction === 1 ? 'This is the last file.' : 'This is the first file.');
    else open(next.fileId, 'go');
    return true;
  };
  useAction('next-file', step(1));
  useAction('previous-file', step(-1));
}
