/**
 * The panel of words lists the words that are coloured everywhere. It says how many lines contain
 * each, steps through them, and turns a word off or removes it.
 */
import { ArrowDown, ArrowUp, Eye, EyeOff, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { formatChord } from '../../../base/chords.ts';
import { useNavigation, useNotebook, useShell, useStores } from '../../../state/StoresContext.tsx';
import { Button } from '../../../widgets/Button.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { Popover } from '../../../widgets/Popover.tsx';
import type { Box } from '../../../widgets/place-at.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { type HighlightedWord, nextColour } from '../model/kept.ts';
import { useLogs, useLogsStore } from '../model/LogsContext.tsx';
import { colourText } from '../model/line-actions.ts';
import { useWordCounts } from './use-word-counts.ts';
import { useWordSteps } from './use-word-steps.ts';
import '../lines/line-text.css';
import './panels.css';

export function WordsPanel({ at, onClose }: { at: Box; onClose: () => void }) {
  const store = useLogsStore();
  const stores = useStores();
  const words = useNotebook((state) => state.words);
  const showsCodes = useLogs((state) => state.showsCodes);
  const showsPrefix = useLogs((state) => state.showsPrefix);
  const navigation = useNavigation();
  const { isMac } = useShell();
  const counts = useWordCounts(words);
  const step = useWordSteps();
  const [text, setText] = useState('');
  const change = (word: HighlightedWord, next: Partial<HighlightedWord>) =>
    stores.notebook.getState().set({ words: words.map((each) => (each === word ? { ...each, ...next } : each)) });
  return (
    <Popover at={at} align="end" label="Coloured words" onClose={onClose} className="logs-panel">
      <div className="logs-panel__head">
        <h3>Coloured words</h3>
        <Button
          tone="quiet"
          icon={<Trash2 size={14} />}
          disabled={words.length === 0}
          onClick={() => stores.notebook.getState().set({ words: [] })}
        >
          Remove all
        </Button>
      </div>
      <form
        className="logs-panel__row"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === '') return;
          colourText(stores, text, nextColour(words));
          setText('');
        }}
      >
        <input
          className="text-box mono"
          aria-label="Text to colour"
          placeholder="Text to colour …"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <IconButton label="Colour it" icon={<Plus size={14} />} type="submit" disabled={text.trim() === ''} />
      </form>
      <ul>
        {words.map((word) => (
          <li key={word.text} className="logs-panel__row">
            <span className="logs-panel__digit faint">{word.colour}</span>
            <span className="logs-panel__word mono ellipsis">
              <span className={word.isOn ? `line-text__colour line-text__colour--${word.colour}` : 'faint'}>
                <SafeText text={word.text} />
              </span>
            </span>
            <button
              type="button"
              className="logs-panel__count"
              title="Search all logs for it"
              onClick={() => {
                onClose();
                navigation.navigate({ filter: { query: word.text, mode: 'fixed' } });
              }}
            >
              {counts.get(word.text) ?? '…'}
            </button>
            <IconButton
              label="Line with it before, in any file"
              icon={<ArrowUp size={14} />}
              onClick={() => step(word.text, -1)}
            />
            <IconButton
              label="Next line with it, in any file"
              icon={<ArrowDown size={14} />}
              onClick={() => step(word.text, 1)}
            />
            <IconButton
              label={word.isOn ? 'Do not draw it for now' : 'Draw it again'}
              icon={word.isOn ? <Eye size={14} /> : <EyeOff size={14} />}
              isPressed={word.isOn}
              onClick={() => change(word, { isOn: !word.isOn })}
            />
            <IconButton
              label="Remove"
              icon={<Trash2 size={14} />}
              onClick={() => stores.notebook.getState().set({ words: words.filter((each) => each !== word) })}
            />
          </li>
        ))}
      </ul>
      <p className="logs-panel__note">
        Select text in a line and press {formatChord('Mod+Shift+1', isMac)} … 9; {formatChord('Mod+Shift+0', isMac)}{' '}
        takes all away. A capital letter makes case count.
      </p>
      <label className="logs-panel__note logs-panel__check">
        <input
          type="checkbox"
          checked={showsCodes}
          onChange={(event) => store.getState().set({ showsCodes: event.target.checked })}
        />
        Show the escape codes of terminal colours
      </label>
      <label className="logs-panel__note logs-panel__check">
        <input
          type="checkbox"
          checked={showsPrefix}
          onChange={(event) => store.getState().set({ showsPrefix: event.target.checked })}
        />
        Show the prefix of lines also where columns say it
      </label>
    </Popover>
  );
}
