/** The box for the pattern takes the regular expression whose group is the number. */
import { Sigma } from 'lucide-react';
import { useState } from 'react';

export function PatternBox({ pattern, onChange }: { pattern: string; onChange: (pattern: string) => void }) {
  const [text, setText] = useState(pattern);
  const [before, setBefore] = useState(pattern);
  if (before !== pattern) {
    // Follows a pattern chosen elsewhere.
    setBefore(pattern);
    setText(pattern);
  }
  return (
    <form
      className="numbers-panel__pattern"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(text.trim());
      }}
    >
      <Sigma size={14} aria-hidden />
      <input
        className="text-box mono"
        aria-label="Regular expression whose group is the number"
        placeholder="took (\d+) ms"
        spellCheck={false}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
        autoFocus={pattern === ''}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => text.trim() !== pattern && onChange(text.trim())}
      />
    </form>
  );
}
