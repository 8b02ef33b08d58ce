/**
 * The panel of words lists the words that are coloured everywhere. It says how many lines contain
 * each, steps through them, and turns a word off or removes it.
 */
import { Trash2 } from 'lucide-react';
import { formatChord } from '../../../base/chords.ts';
import { useNotebook, useShell, useStores } from '../../../state/StoresContext.tsx';
import { Button } from '../../../widgets/Button.tsx';
import { Popover } from '../../../widgets/Popover.tsx';
import type { Box } from '../../../widgets/place-at.ts';
import { TextOptions } from './TextOptions.tsx';
import { useWordCounts } from './use-word-counts.ts';
import { useWordSteps } from './use-word-steps.ts';
import { WordForm } from './WordForm.tsx';
import { WordRow } from './WordRow.tsx';
import '../lines/line-text.css';
import './panels.css';

export function WordsPanel({ at, onClose }: { at: Box; onClose: () => void }) {
  const { notebook } = useStores();
  const words = useNotebook((state) => state.words);
  const counts = useWordCounts(words);
  const step = useWordSteps();
  const { isMac } = useShell();
  return (
    <Popover at={at} align="end" label="Coloured words" onClose={onClose} className="logs-panel">
      <div className="logs-panel__head">
        <h3>Coloured words</h3>
        <Button
          tone="quiet"
          icon={<Trash2 size={14} />}
          disabled={words.length === 0}
          onClick={() => notebook.getState().set({ words: [] })}
        >
          Remove all
        </Button>
      </div>
      <WordForm />
      <ul>
        {words.map((word) => (
          <WordRow
            key={word.text}
            word={word}
            count={counts.get(word.text)}
            onStep={(direction) => step(word.text, direction)}
            onLeave={onClose}
          />
        ))}
      </ul>
      <p className="logs-panel__note">
        Select text in a line and press {formatChord('Mod+Shift+1', isMac)} … 9; {formatChord('Mod+Shift+0', isMac)}{' '}
        takes all away. A capital letter makes case count.
      </p>
      <TextOptions />
    </Popover>
  );
}
