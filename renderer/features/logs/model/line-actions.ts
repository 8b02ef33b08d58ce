/** What can be done with a line, wherever it stands: one definition for keys, menus and the drawer. */
import type { LineRow } from '../../../../electron/contract/records.ts';
import { noFilter } from '../../../state/filter.ts';
import type { Step } from '../../../state/navigation.ts';
import { colourWord, toggleMark } from './kept.ts';
import type { LogsStore } from './logs-store.ts';
import type { FilesView } from './use-files.ts';

export const CONTEXT_SECONDS = [1, 10, 60] as const;

/** The lines of the same process around a line: the filter is these and nothing else. Null where the line says too little. */
export function contextStep(row: LineRow, seconds: number): Step | null {
  if (row.timeUs === null || row.node === null) return null;
  return {
    view: 'logs',
    filter: {
      ...noFilter,
      node: { include: [row.node], exclude: [] },
      pid: { include: row.pid === null ? [] : [row.pid], exclude: [] },
      fromUs: row.timeUs - seconds * 1e6,
      toUs: row.timeUs + seconds * 1e6 + 1,
    },
    selection: { line: { fileId: row.fileId, line: row.line }, timeUs: row.timeUs, detail: 'line' },
  };
}

export function referenceOf(row: Pick<LineRow, 'fileId' | 'line'>, files: FilesView): string {
  return `${files.byId.get(row.fileId)?.path ?? ''}:${row.line}`;
}

/** Returns whether the line is marked now. */
export function markLine(store: LogsStore, files: FilesView, row: LineRow): boolean {
  const path = files.byId.get(row.fileId)?.path;
  if (path === undefined) return false;
  const before = store.getState().marks;
  const marks = toggleMark(before, { path, line: row.line }, row.text);
  store.getState().set({ marks });
  return marks.length > before.length;
}

const MOST_WORD_CHARS = 500;

/** The text that is selected in the lines, as one literal; null where there is none or it is more than one line. */
export function selectedText(): string | null {
  const text = window.getSelection()?.toString() ?? '';
  return text.trim() === '' || text.includes('\n') || text.length > MOST_WORD_CHARS ? null : text.trim();
}

export function colourText(store: LogsStore, text: string, colour: number): void {
  store.getState().set({ words: colourWord(store.getState().words, text, colour) });
}
