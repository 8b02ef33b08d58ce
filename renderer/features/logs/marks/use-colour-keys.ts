/**
 * Colour keys give the selected text a colour in all lines: Ctrl or Cmd, Shift and a digit. The
 * digit 0 removes all colours.
 */
import type { KeyboardEvent } from 'react';
import { useStores } from '../../../state/StoresContext.tsx';
import { colourText, selectedText } from '../model/line-actions.ts';

/** Returns the handler of the keys. */
export function useColourKeys(): (event: KeyboardEvent) => void {
  const stores = useStores();
  return (event) => {
    const digit = /^Digit(\d)$/.exec(event.code)?.[1];
    if (digit === undefined || !event.shiftKey || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const text = selectedText();
    if (digit === '0') stores.notebook.getState().set({ words: [] });
    else if (text === null) stores.toasts.getState().show('Select a word in a line first.');
    else colourText(stores, text, Number(digit));
  };
}
