/** The actions on a line, defined once for keys, menus and the drawer. */
import type { FileRow } from '../../../../electron/contract/file-records.ts';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { noFilter } from '../../../state/filter.ts';
import type { Step } from '../../../state/step.ts';
import type { Stores } from '../../../state/stores.ts';
import { colourWord, toggleMark } from './kept.ts';
import { mergedOptions } from './merged.ts';
import type { FilesView } from './use-files.ts';

export const CONTEXT_SECONDS = [1, 10, 60] as const;

/**
 * Returns the step to the lines of the same process around a line, with no other filter. Returns
 * null if the line lacks a time or node.
 */
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

/**
 * Returns the step to all logs of the process that wrote a line, merged by time, at that line.
 * Returns null if it has no other log.
 */
export function processStep(row: LineRow, files: FilesView): Step | null {
  const file = files.byId.get(row.fileId);
  if (file?.node == null || file.process === null) return null;
  const own = files.files.filter((each) => each.node === file.node && each.process === file.process && !isTable(each));
  if (own.length < 2) return null;
  const fileIds = own.map((each) => each.fileId);
  return {
    view: 'logs',
    filter: noFilter,
    options: mergedOptions({ fileIds, title: `${file.node} ${file.process}`, order: 'time' }),
    selection: { line: { fileId: row.fileId, line: row.line }, timeUs: row.timeUs, detail: 'line' },
  };
}

/**
 * Decides whether a file is a table, such as samples or attempts. Its rows would only clutter the
 * merged lines.
 */
const isTable = (file: FileRow): boolean => file.path.endsWith('.csv') || file.kind === 'profile';

export function referenceOf(row: Pick<LineRow, 'fileId' | 'line'>, files: FilesView): string {
  return `${files.byId.get(row.fileId)?.path ?? ''}:${row.line}`;
}

/** Toggles the mark of a line and returns whether it is marked now. */
export function markLine({ notebook }: Stores, files: FilesView, row: LineRow): boolean {
  const path = files.byId.get(row.fileId)?.path;
  if (path === undefined) return false;
  const before = notebook.getState().marks;
  const marks = toggleMark(before, { path, line: row.line }, row.text);
  notebook.getState().set({ marks });
  return marks.length > before.length;
}

const MOST_WORD_CHARS = 500;

/**
 * Returns the text selected in the lines as one literal, or null if there is none or it spans
 * lines.
 */
export function selectedText(): string | null {
  const text = window.getSelection()?.toString() ?? '';
  return text.trim() === '' || text.includes('\n') || text.length > MOST_WORD_CHARS ? null : text.trim();
}

export function colourText({ notebook }: Stores, text: string, colour: number): void {
  notebook.getState().set({ words: colourWord(notebook.getState().words, text, colour) });
}
