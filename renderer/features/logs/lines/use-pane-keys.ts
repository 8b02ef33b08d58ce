/**
 * Pane keys are the commands that the lines pane answers while it is on the screen: find, go to,
 * hits, wrap, marks. The table of keys has their chords.
 */
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { useAction, useStores } from '../../../state/StoresContext.tsx';
import { type FoldMap, lineOfRow } from '../model/fold-map.ts';
import { stepMark } from '../model/kept.ts';
import { useLogsStore } from '../model/LogsContext.tsx';
import { markLine, selectedText } from '../model/line-actions.ts';
import type { LineStream } from '../model/stream.ts';
import type { FilesView } from '../model/use-files.ts';
import type { Find } from './use-find.ts';

export interface PaneKeys {
  stream: LineStream | null;
  files: FilesView;
  folds: FoldMap;
  active: number | null;
  activeRow: LineRow | undefined;
  find: Find;
  goTo: (index: number) => void;
  openFind: (text?: string) => void;
  closeFind: () => void;
  show: (panel: 'go-to') => boolean;
}

const MARKED_CHARS = 1_000;

export function usePaneKeys(pane: PaneKeys) {
  const { stream, files, folds, activeRow, find } = pane;
  const stores = useStores();
  const store = useLogsStore();
  const { navigate } = stores.navigation;

  useAction('find', () => {
    pane.openFind(selectedText() ?? undefined);
    return true;
  });
  useAction('go-to', () => pane.show('go-to'));
  useAction('next-hit', () => {
    if (!find.isOn) return false;
    find.step('next');
    return true;
  });
  useAction('previous-hit', () => {
    if (!find.isOn) return false;
    find.step('previous');
    return true;
  });
  useAction('wrap', () => {
    const { wrap, set } = stores.view.getState();
    set({ wrap: !wrap });
    return true;
  });
  useAction('escape', () => {
    if (!store.getState().find.isOpen) return false;
    pane.closeFind();
    return true;
  });

  useAction('mark', () => {
    if (activeRow !== undefined) markLine(stores, files, activeRow);
    else if (stream !== null && pane.active !== null) {
      // The cursor went ahead of the rows.
      stream.read(lineOfRow(folds, pane.active), 1, MARKED_CHARS, new AbortController().signal).then(
        ([row]) => row !== undefined && markLine(stores, files, row),
        () => {},
      );
    } else return false;
    return true;
  });
  const mark = (direction: 1 | -1) => () => {
    const { marks } = stores.notebook.getState();
    const rank = new Map(files.ordered.map((file, index) => [file.path, index]));
    const path = activeRow === undefined ? undefined : files.byId.get(activeRow.fileId)?.path;
    const from = activeRow === undefined || path === undefined ? null : { path, line: activeRow.line };
    const next = stepMark(
      marks.filter((each) => rank.has(each.path)),
      from,
      direction,
      (each) => rank.get(each) ?? 0,
    );
    const file = next === null ? undefined : files.byPath.get(next.path);
    if (next === null || file === undefined) stores.toasts.getState().show('No line is marked: m marks one.');
    else if (file.fileId === activeRow?.fileId && stream?.kind === 'file') pane.goTo(next.line - 1);
    else navigate({ selection: { line: { fileId: file.fileId, line: next.line }, detail: 'line' } });
    return true;
  };
  useAction('next-mark', mark(1));
  useAction('previous-mark', mark(-1));
}
