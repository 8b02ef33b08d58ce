/**
 * The SQL editor is a text box with a list of completions at the caret. The list opens while a
 * person types a name, or by Ctrl+Space; the arrows and Enter or Tab choose from it. Ctrl+Enter
 * runs the statement.
 */
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { type Completions, completions } from './completion.ts';

export interface SqlEditorProps {
  text: string;
  onChange: (text: string) => void;
  onRun: () => void;
}

interface Open extends Completions {
  active: number;
  /** The position of the list within the editor. */
  left: number;
  top: number;
}

const LINE_PX = 19;
const LIST_ROWS = 8;

export function SqlEditor({ text, onChange, onRun }: SqlEditorProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const listId = useId();

  // Puts the caret behind a completion.
  useLayoutEffect(() => {
    if (caret.current === null || box.current === null) return;
    box.current.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  const offer = (sql: string, at: number, isAsked: boolean) => {
    const found = completions(sql, at, isAsked);
    const area = box.current;
    if (found === null || area === null) {
      setOpen(null);
      return;
    }
    const lines = sql.slice(0, found.from).split('\n');
    const left = (lines.at(-1)?.length ?? 0) * characterWidth(area) - area.scrollLeft;
    setOpen({ ...found, active: 0, left: Math.max(0, left), top: lines.length * LINE_PX - area.scrollTop });
  };

  const accept = (index: number) => {
    const item = open?.items[index];
    const area = box.current;
    if (open === null || item === undefined || area === null) return;
    const next = text.slice(0, open.from) + item.text + text.slice(area.selectionStart);
    caret.current = open.from + item.text.length;
    onChange(next);
    setOpen(null);
    area.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      setOpen(null);
      onRun();
      return;
    }
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      offer(text, event.currentTarget.selectionStart, true);
      return;
    }
    if (open === null) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setOpen({ ...open, active: (open.active + step + open.items.length) % open.items.length });
    else if (event.key === 'Enter' || event.key === 'Tab') accept(open.active);
    else if (event.key === 'Escape') setOpen(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const first = open === null ? 0 : Math.max(0, Math.min(open.active - LIST_ROWS + 1, open.items.length - LIST_ROWS));
  return (
    <div className="sql-editor">
      <textarea
        ref={box}
        className="sql-editor__box mono"
        aria-label="SQL"
        aria-controls={open === null ? undefined : listId}
        aria-activedescendant={open === null ? undefined : `${listId}-${open.active}`}
        aria-autocomplete="list"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        wrap="off"
        value={text}
        onChange={(event) => {
          onChange(event.target.value);
          offer(event.target.value, event.target.selectionStart, false);
        }}
        onKeyDown={onKeyDown}
        onClick={() => setOpen(null)}
        onBlur={() => setOpen(null)}
      />
      {open !== null && (
        <div
          id={listId}
          role="listbox"
          aria-label="What can stand here"
          className="sql-editor__list"
          style={{ left: open.left, top: open.top }}
        >
          {open.items.slice(first, first + LIST_ROWS).map((item, k) => {
            const index = first + k;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the text box handles the keys
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box
              <div
                key={`${item.kind} ${item.text}`}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={index === open.active}
                className={`sql-editor__item ${index === open.active ? 'is-active' : ''}`}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => accept(index)}
              >
                <span className="mono">{item.text}</span>
                <span className="faint ellipsis">{item.about === '' ? item.kind : item.about}</span>
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}

/** Measures a character in the box's monospace font. */
function characterWidth(area: HTMLTextAreaElement): number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return 8;
  context.font = getComputedStyle(area).font;
  return context.measureText('m').width;
}
