/**
 * Key dispatch is the one key listener: it takes a chord from the table of keys to whoever has
 * claimed its action. It ignores keys that a list or a dialog has handled.
 */
import { useEffect } from 'react';
import { isTypingChord, matchesChord, parseChord } from '../base/chords.ts';
import { chordsHere, keyRows } from '../state/keys.ts';
import { useNavigation, useStores } from '../state/StoresContext.tsx';
import { viewChord, views } from './views.ts';

export function useKeyDispatch() {
  const { actions, view, shell } = useStores();
  const navigation = useNavigation();
  useEffect(() => {
    const bindings = keyRows
      .filter((row) => row.isOwnedByList !== true)
      .flatMap((row) => chordsHere(row, shell.isMac).map((text) => ({ row, chord: parseChord(text, shell.isMac) })));
    const viewChords = views.map((entry, index) => ({
      id: entry.id,
      chord: parseChord(viewChord(index), shell.isMac),
    }));
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const isInText = isTextBox(event.target);
      const goTo = viewChords.find((each) => matchesChord(event, each.chord));
      if (goTo !== undefined) {
        event.preventDefault();
        navigation.navigate({ view: goTo.id });
        return;
      }
      for (const { row, chord } of bindings) {
        if (!matchesChord(event, chord)) continue;
        if (isTypingChord(chord) && (isInText || !view.getState().letterKeys)) continue;
        // In a text box, these keys belong to the text.
        if (isInText && textKeys.has(row.id)) continue;
        if (actions.run(row.id)) {
          event.preventDefault();
          return;
        }
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [actions, navigation, shell, view]);
}

const textKeys: ReadonlySet<string> = new Set(['copy', 'copy-plain', 'select-all']);

function isTextBox(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
