/** The box for a search within the hits keeps those of them that also contain a text. */
import { useState } from 'react';
import { useNavigation, useStores } from '../../../state/StoresContext.tsx';
import { withinQuery } from '../../../state/within.ts';

export function WithinBox() {
  const { filter } = useStores();
  const navigation = useNavigation();
  const [text, setText] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') return;
        navigation.navigate({ filter: withinQuery(filter.getState().filter, text) });
        setText('');
      }}
    >
      <input
        className="text-box hits-header__within"
        aria-label="Search within these hits"
        placeholder="Within these …"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  );
}
