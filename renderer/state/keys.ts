/**
 * Every key of the window in one table, which dispatch, help (`?`), palette and tooltips read. A
 * feature gives an action its meaning with `useAction(id, run)`. An action that nothing on the
 * screen has claimed does nothing and is not in the palette. Keys inside a list (arrows, Space,
 * Home …) belong to the focused list, and those of the views to the rail; they are here only for
 * the help.
 */

export interface KeyRow {
  id: string;
  title: string;
  group: 'Go' | 'Find' | 'Lines' | 'Time' | 'Window' | 'Lists';
  chords: readonly string[];
  /** Replaces `chords` on a Mac if those belong to text there. */
  macChords?: readonly string[];
  /** The focused list handles it itself. */
  isOwnedByList?: boolean;
  /** Acts even while a text box has the focus, although its chord alone would not. */
  inTextBox?: boolean;
  /** Keeps it out of the palette, because it needs a place or a list to mean something. */
  isHidden?: boolean;
}

const keyTable = [
  { id: 'palette', title: 'Command palette', group: 'Window', chords: ['Mod+Shift+P', 'F1'], isHidden: true },
  { id: 'help', title: 'All keys', group: 'Window', chords: ['?'] },
  { id: 'open', title: 'Open another run …', group: 'Window', chords: ['Mod+O'] },
  { id: 'drawer', title: 'Show or hide the detail drawer', group: 'Window', chords: ['Mod+J'] },
  { id: 'drawer-side', title: 'Detail drawer at the right or below', group: 'Window', chords: ['Mod+Shift+J'] },
  { id: 'rail', title: 'Names of the views beside their icons, or icons alone', group: 'Window', chords: ['Alt+R'] },
  { id: 'sidebar', title: 'Show or hide the tree', group: 'Window', chords: ['Mod+B'] },
  { id: 'next-region', title: 'Next part of the window', group: 'Window', chords: ['F6'], isHidden: true },
  {
    id: 'previous-region',
    title: 'Previous part of the window',
    group: 'Window',
    chords: ['Shift+F6'],
    isHidden: true,
  },
  { id: 'read-new', title: 'Load new data', group: 'Window', chords: ['r'] },
  { id: 'follow', title: 'Follow the folder as it grows', group: 'Window', chords: ['t'] },
  { id: 'theme', title: 'Light, dark or as the system', group: 'Window', chords: [] },
  { id: 'zone', title: 'Times in UTC or here', group: 'Window', chords: [] },
  { id: 'print', title: 'Print the report', group: 'Window', chords: [] },
  { id: 'clock', title: 'Clocks of nodes aligned or times as written', group: 'Window', chords: [] },
  { id: 'letter-keys', title: 'Single-letter keys on or off', group: 'Window', chords: [] },
  { id: 'escape', title: 'Stop what is running, close, clear', group: 'Window', chords: ['Escape'], isHidden: true },

  {
    id: 'views',
    title: 'A view, by its place in the rail: first, tenth, eleventh',
    group: 'Go',
    chords: ['Alt+1', 'Alt+0', 'Alt+Shift+1'],
    isOwnedByList: true,
  },
  { id: 'back', title: 'Back', group: 'Go', chords: ['Alt+Left'], macChords: ['Mod+['] },
  { id: 'forward', title: 'Forward', group: 'Go', chords: ['Alt+Right'], macChords: ['Mod+]'] },
  { id: 'quick-open', title: 'Go to a file', group: 'Go', chords: ['Mod+P'] },
  { id: 'go-to', title: 'Go to a line or a time', group: 'Go', chords: ['Mod+G'] },

  { id: 'cause-lines', title: 'Root cause: its lines in time order', group: 'Go', chords: ['1'] },
  { id: 'cause-group', title: 'Root cause: its error group', group: 'Go', chords: ['2'] },
  { id: 'cause-lane', title: 'Root cause: the lane of its process', group: 'Go', chords: ['3'] },
  { id: 'cause-graph', title: 'Root cause: the graph at that moment', group: 'Go', chords: ['4'] },
  { id: 'cause-report', title: 'Root cause: the report', group: 'Go', chords: ['5'] },

  { id: 'search-all', title: 'Search all logs', group: 'Find', chords: ['Mod+Shift+F'] },
  {
    id: 'search-open',
    title: 'From the search box: to the hits, to the lines',
    group: 'Find',
    chords: ['Enter', 'Mod+Enter'],
    isOwnedByList: true,
  },
  { id: 'find', title: 'Find in this view', group: 'Find', chords: ['Mod+F', '/'] },
  { id: 'next-hit', title: 'Next hit', group: 'Find', chords: ['n', 'F3'] },
  { id: 'previous-hit', title: 'Previous hit', group: 'Find', chords: ['Shift+N', 'Shift+F3'] },
  { id: 'explain', title: 'How the search was done', group: 'Find', chords: [] },
  { id: 'next-list-hit', title: 'Next hit of the filter, in any file', group: 'Find', chords: ['F4'] },
  { id: 'previous-list-hit', title: 'Previous hit of the filter, in any file', group: 'Find', chords: ['Shift+F4'] },
  {
    id: 'colour-word',
    title: 'Colour the selected text everywhere, in one of nine colours; 0: none any more',
    group: 'Find',
    chords: ['Mod+Shift+1', 'Mod+Shift+9', 'Mod+Shift+0'],
    isOwnedByList: true,
  },
  { id: 'clear-filter', title: 'Clear all filters', group: 'Find', chords: ['Alt+F'] },

  { id: 'next-error', title: 'Next error', group: 'Lines', chords: ['e'] },
  { id: 'previous-error', title: 'Previous error', group: 'Lines', chords: ['Shift+E'] },
  { id: 'next-warning', title: 'Next warning', group: 'Lines', chords: ['w'] },
  { id: 'previous-warning', title: 'Previous warning', group: 'Lines', chords: ['Shift+W'] },
  { id: 'next-file', title: 'Next file', group: 'Lines', chords: ['f'] },
  { id: 'previous-file', title: 'Previous file', group: 'Lines', chords: ['Shift+F'] },
  { id: 'next-same', title: 'Next line of the same process or mini-batch', group: 'Lines', chords: ['o'] },
  {
    id: 'previous-same',
    title: 'Previous line of the same process or mini-batch',
    group: 'Lines',
    chords: ['Shift+O'],
  },
  { id: 'mark', title: 'Mark this line', group: 'Lines', chords: ['m'] },
  { id: 'next-mark', title: 'Next marked line', group: 'Lines', chords: [']', 'u'] },
  { id: 'previous-mark', title: 'Previous marked line', group: 'Lines', chords: ['[', 'Shift+U'] },
  { id: 'beside', title: 'A second file, side by side, or one again', group: 'Lines', chords: ['Alt+B'] },
  { id: 'numbers', title: 'Chart a number from lines', group: 'Lines', chords: ['Alt+N'] },
  { id: 'wrap', title: 'Wrap long lines', group: 'Lines', chords: ['Alt+Z'] },

  { id: 'zoom-in', title: 'Zoom in on the cursor', group: 'Time', chords: ['z'] },
  { id: 'zoom-out', title: 'Zoom out', group: 'Time', chords: ['Shift+Z'] },
  { id: 'earlier', title: 'Earlier', group: 'Time', chords: [','] },
  { id: 'later', title: 'Later', group: 'Time', chords: ['.'] },
  { id: 'whole-run', title: 'Zoom out to the whole run', group: 'Time', chords: ['0'] },
  { id: 'filter-range', title: 'Filter by the range shown, or no longer', group: 'Time', chords: ['x'] },
  {
    id: 'strip-cursor',
    title: 'On the time strip: move the cursor, by ten bars',
    group: 'Time',
    chords: ['Left', 'Right', 'Ctrl+Left', 'Ctrl+Right'],
    isOwnedByList: true,
  },
  {
    id: 'strip-range',
    title: 'On the time strip: draw a range, zoom to it',
    group: 'Time',
    chords: ['Shift+Left', 'Shift+Right', 'Enter'],
    isOwnedByList: true,
  },
  {
    id: 'strip-zoom',
    title: 'On the time strip: zoom in, out',
    group: 'Time',
    chords: ['Plus', '-'],
    isOwnedByList: true,
  },

  { id: 'list-move', title: 'Up, down', group: 'Lists', chords: ['Up', 'Down', 'k', 'j'], isOwnedByList: true },
  {
    id: 'list-page',
    title: 'A page down, up',
    group: 'Lists',
    chords: ['Space', 'b', 'PageDown', 'PageUp'],
    isOwnedByList: true,
  },
  { id: 'list-half', title: 'Half a page down, up', group: 'Lists', chords: ['Ctrl+D', 'Ctrl+U'], isOwnedByList: true },
  {
    id: 'list-ends',
    title: 'First, last',
    group: 'Lists',
    chords: ['g', 'Shift+G', 'Home', 'End'],
    isOwnedByList: true,
  },
  { id: 'list-open', title: 'Open', group: 'Lists', chords: ['Enter'], isOwnedByList: true },
  { id: 'select-all', title: 'Select all rows', group: 'Lists', chords: ['Mod+A'] },
  {
    id: 'list-extend',
    title: 'Select more rows; add or take out one',
    group: 'Lists',
    chords: ['Shift+Down', 'Shift+End', 'Ctrl+Space'],
    isOwnedByList: true,
  },
  { id: 'copy', title: 'Copy the selected rows, lines with file and line', group: 'Lists', chords: ['Mod+C'] },
  {
    id: 'copy-plain',
    title: 'Copy the text of the selected lines, or rows with column names',
    group: 'Lists',
    chords: ['Mod+Shift+C'],
  },
  { id: 'save-rows', title: 'Save rows as text, CSV or JSON …', group: 'Lists', chords: ['Mod+S'] },
  {
    id: 'list-menu',
    title: 'What can be done with a value',
    group: 'Lists',
    chords: ['Shift+F10'],
    isOwnedByList: true,
  },
] as const satisfies readonly KeyRow[];

export type ActionId = (typeof keyTable)[number]['id'];
export const keyRows: readonly (KeyRow & { id: ActionId })[] = keyTable;

/** Returns the chords of a row on this machine. */
export function chordsHere(row: KeyRow, isMac: boolean): readonly string[] {
  return isMac ? (row.macChords ?? row.chords) : row.chords;
}

export function chordsOf(id: ActionId): readonly string[] {
  return keyRows.find((row) => row.id === id)?.chords ?? [];
}
