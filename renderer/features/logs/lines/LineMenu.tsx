/**
 * The line menu opens on a line with the right button or Shift+F10. It offers items for the
 * selected text first, then for the numbers of the line, then for the line itself.
 */
import { Bookmark, Clock, Copy, Highlighter, Layers, PanelBottom, Search, Sigma } from 'lucide-react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { formatChord } from '../../../base/chords.ts';
import { safeText } from '../../../base/safe-text.ts';
import { useStores } from '../../../state/StoresContext.tsx';
import { Menu, type MenuItem } from '../../../widgets/Menu.tsx';
import type { Box } from '../../../widgets/place-at.ts';
import { COPY_WRITTEN } from '../../../widgets/row-items.tsx';
import { writeClipboard } from '../../../widgets/row-listing.ts';
import { valueActions } from '../../../widgets/value-actions.tsx';
import { nextColour } from '../model/kept.ts';
import { useLogsStore } from '../model/LogsContext.tsx';
import { CONTEXT_SECONDS, colourText, contextStep, markLine, processStep, referenceOf } from '../model/line-actions.ts';
import type { FilesView } from '../model/use-files.ts';
import { type LineNumber, numbersIn, patternFor, selectedNumber } from '../numbers/number-pattern.ts';
import { numbersOf, numbersOptions } from '../numbers/numbers-option.ts';

export interface LineMenuProps {
  at: Box;
  row: LineRow;
  /** The text that was selected when the menu opened. */
  text: string | null;
  files: FilesView;
  /** Items that copy and save the selected rows. */
  rowItems: readonly MenuItem[];
  onClose: () => void;
}

/** The most numbers of a line that the menu offers. A person can chart others by selecting them. */
const MOST_NUMBERS = 6;
const AROUND_CHARS = 16;

/** Returns the number with the text around it, so that two in one line differ. */
function aroundNumber(text: string, { start, end }: LineNumber): string {
  const from = Math.max(0, start - AROUND_CHARS);
  const to = Math.min(text.length, end + AROUND_CHARS / 2);
  return safeText(`“${from > 0 ? '…' : ''}${text.slice(from, to).trim()}${to < text.length ? '…' : ''}” over time`);
}

export function LineMenu({ at, row, text, files, rowItems, onClose }: LineMenuProps) {
  const stores = useStores();
  const store = useLogsStore();
  const { navigate } = stores.navigation;
  const { isMac } = stores.shell;
  const reference = referenceOf(row, files);
  const path = files.byId.get(row.fileId)?.path;
  const isMarked = stores.notebook.getState().marks.some((mark) => mark.path === path && mark.line === row.line);

  const items: MenuItem[] = [];
  if (text !== null) {
    items.push(...valueActions({ of: 'text', text }, stores));
    items.push({
      id: 'find',
      title: 'Find in these lines',
      icon: <Search size={14} />,
      keys: formatChord('Mod+F', isMac),
      run: () => store.getState().set({ find: { ...store.getState().find, isOpen: true, text, isRegex: false } }),
    });
    const colour = nextColour(stores.notebook.getState().words);
    items.push({
      id: 'colour',
      title: 'Colour it everywhere',
      icon: <Highlighter size={14} />,
      keys: formatChord(`Mod+Shift+${colour}`, isMac),
      run: () => colourText(stores, text, colour),
    });
  }
  const selected = text === null ? null : selectedNumber(row, text);
  const numbers = selected === null ? numbersIn(row).slice(0, MOST_NUMBERS) : [selected];
  numbers.forEach((number, index) => {
    const choice = numbersOf(stores.view.getState().options) ?? ({ by: 'none', view: 'time' } as const);
    items.push({
      id: `number-${index}`,
      title: `Chart ${aroundNumber(row.text, number)}`,
      icon: <Sigma size={14} />,
      startsGroup: index === 0,
      run: () => navigate({ view: 'logs', options: numbersOptions({ ...choice, pattern: patternFor(row, number) }) }),
    });
  });
  items.push({
    id: 'detail',
    title: 'Show the whole line',
    icon: <PanelBottom size={14} />,
    keys: 'Enter',
    startsGroup: text !== null || numbers.length > 0,
    run: () => navigate({ drawer: true, selection: { line: { fileId: row.fileId, line: row.line }, detail: 'line' } }),
  });
  items.push({
    id: 'mark',
    title: isMarked ? 'Take the mark away' : 'Mark this line',
    icon: <Bookmark size={14} />,
    keys: 'm',
    run: () => {
      markLine(stores, files, row);
    },
  });
  items.push({
    id: 'reference',
    title: 'Copy file and line',
    icon: <Copy size={14} />,
    run: () => writeClipboard(stores, reference, `Copied ${safeText(reference)}`),
  });
  items.push(...rowItems.filter(({ id }) => row.isCleaned || id !== COPY_WRITTEN));
  const around = processStep(row, files);
  if (around !== null)
    items.push({
      id: 'around',
      title: 'Same process, lines around it',
      icon: <Layers size={14} />,
      startsGroup: true,
      run: () => navigate(around),
    });
  CONTEXT_SECONDS.forEach((seconds, index) => {
    const step = contextStep(row, seconds);
    if (step !== null)
      items.push({
        id: `context-${seconds}`,
        title: `Same process ± ${seconds} s`,
        icon: <Clock size={14} />,
        startsGroup: index === 0 && around === null,
        run: () => navigate(step),
      });
  });
  return <Menu at={at} label={`Actions for ${safeText(reference)}`} items={items} onClose={onClose} />;
}
