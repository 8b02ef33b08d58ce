/**
 * The pane's tools are what the buttons of its header and their keys open: the find bar, a panel,
 * the chart of numbers, a second file.
 */
import { type RefObject, useMemo, useRef, useState } from 'react';
import { useAction, useNavigation, useView } from '../../../state/StoresContext.tsx';
import { useSteady } from '../../../state/use-steady.ts';
import type { Box } from '../../../widgets/place-at.ts';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { besideOf, besideOptions } from '../model/beside.ts';
import type { FoldedBy } from '../model/find-folds.ts';
import { useLogs, useLogsStore } from '../model/LogsContext.tsx';
import { relatedFiles } from '../model/related-files.ts';
import type { FilesView } from '../model/use-files.ts';
import { numbersOf, numbersOptions } from '../numbers/numbers-option.ts';

/** A panel that hangs from the header. */
export type PanelName = 'go-to' | 'marks' | 'words';

/** Returns the tools for the lines of a file. `handle` is the list of its lines. */
export function usePaneTools(
  files: FilesView,
  fileId: number | null,
  onFoldAll: (by: FoldedBy) => void,
  handle: RefObject<VirtualRowsHandle | null>,
) {
  const find = useFindBar(handle);
  const panel = usePanel();
  const onNumbers = useNumbersTool();
  const beside = useBesideTool(files, fileId);
  const actions = useSteady({
    onFind: () => find.open(),
    onGoTo: () => panel.show('go-to'),
    onMarks: () => panel.show('marks'),
    onWords: () => panel.show('words'),
    onFoldAll,
    onNumbers,
    onBeside: beside.toggle,
  });
  return { find, panel, hasBeside: beside.hasFile, actions };
}

function useFindBar(handle: RefObject<VirtualRowsHandle | null>) {
  const store = useLogsStore();
  const isOpen = useLogs((state) => state.find.isOpen);
  const box = useRef<HTMLInputElement>(null);
  const open = (text?: string) => {
    const before = store.getState().find;
    store.getState().set({ find: { ...before, isOpen: true, ...(text === undefined ? {} : { text }) } });
    box.current?.select();
  };
  const close = () => {
    store.getState().set({ find: { ...store.getState().find, isOpen: false } });
    handle.current?.focus();
  };
  return { isOpen, box, open, close };
}

function usePanel() {
  const root = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<{ which: PanelName; at: Box } | null>(null);
  const show = (which: PanelName) => {
    const at = root.current?.getBoundingClientRect();
    if (at !== undefined) setShown({ which, at });
    return true;
  };
  return { root, shown, show, close: () => setShown(null) };
}

/** Claims the key of the chart. Returns what opens and closes it. */
function useNumbersTool() {
  const navigation = useNavigation();
  const isOpen = useView((state) => numbersOf(state.options) !== null);
  const toggle = () => {
    navigation.navigate({ options: numbersOptions(isOpen ? null : { pattern: '', by: 'none', view: 'time' }) });
    return true;
  };
  useAction('numbers', toggle);
  return toggle;
}

/** Claims the key of the second file, if there is one to open or close. */
function useBesideTool(files: FilesView, fileId: number | null) {
  const navigation = useNavigation();
  const isOpen = useView((state) => besideOf(state.options) !== null);
  const [related] = useMemo(() => relatedFiles(files, fileId), [files, fileId]);
  const toggle = () => {
    if (isOpen) navigation.navigate({ options: besideOptions(null) });
    else if (related !== undefined)
      navigation.navigate({
        options: besideOptions({ line: { fileId: related.fileId, line: 1 }, isLocked: true }),
      });
    return true;
  };
  useAction('beside', related === undefined && !isOpen ? null : toggle);
  return { hasFile: related !== undefined, toggle };
}
