/** The form for a word colours the text that a person types, in the next free colour. */
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useStores } from '../../../state/StoresContext.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { nextColour } from '../model/kept.ts';
import { colourText } from '../model/line-actions.ts';

export function WordForm() {
  const stores = useStores();
  const [text, setText] = useState('');
  const isEmpty = text.trim() === '';
  return (
    <form
      className="logs-panel__row"
      onSubmit={(event) => {
        event.preventDefault();
        if (isEmpty) return;
        colourText(stores, text, nextColour(stores.notebook.getState().words));
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
      <IconButton label="Colour it" icon={<Plus size={14} />} type="submit" disabled={isEmpty} />
    </form>
  );
}
