/** A row of the panel of words: one coloured word, how many lines contain it, and its buttons. */
import { ArrowDown, ArrowUp, Eye, EyeOff, Trash2 } from 'lucide-react';
import { useNavigation, useStores } from '../../../state/StoresContext.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { SafeText } from '../../../widgets/SafeText.tsx';
import type { HighlightedWord } from '../model/kept.ts';

export interface WordRowProps {
  word: HighlightedWord;
  /** The count as text, or undefined while it is counted. */
  count: string | undefined;
  /** Goes to the next or previous line with it. */
  onStep: (direction: 1 | -1) => void;
  /** Called before the view leads elsewhere. */
  onLeave: () => void;
}

export function WordRow({ word, count, onStep, onLeave }: WordRowProps) {
  const { notebook } = useStores();
  const navigation = useNavigation();
  /** Replaces the word by others, or by none. */
  const replace = (...others: HighlightedWord[]) => {
    const { words, set } = notebook.getState();
    set({ words: words.flatMap((each) => (each === word ? others : [each])) });
  };
  return (
    <li className="logs-panel__row">
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
          onLeave();
          navigation.navigate({ filter: { query: word.text, mode: 'fixed' } });
        }}
      >
        {count ?? '…'}
      </button>
      <IconButton label="Line with it before, in any file" icon={<ArrowUp size={14} />} onClick={() => onStep(-1)} />
      <IconButton label="Next line with it, in any file" icon={<ArrowDown size={14} />} onClick={() => onStep(1)} />
      <IconButton
        label={word.isOn ? 'Do not draw it for now' : 'Draw it again'}
        icon={word.isOn ? <Eye size={14} /> : <EyeOff size={14} />}
        isPressed={word.isOn}
        onClick={() => replace({ ...word, isOn: !word.isOn })}
      />
      <IconButton label="Remove" icon={<Trash2 size={14} />} onClick={() => replace()} />
    </li>
  );
}
