/**
 * The SQL editor is a text box with a list of completions at the caret. The list opens while a
 * person types a name, or by Ctrl+Space; the arrows and Enter or Tab choose from it. Ctrl+Enter
 * runs the statement.
 */
import { type KeyboardEvent, useId, useRef } from 'react';
import { CompletionList } from './CompletionList.tsx';
import { useCompletion } from './use-completion.ts';

export interface SqlEditorProps {
  text: string;
  onChange: (text: string) => void;
  onRun: () => void;
}

export function SqlEditor({ text, onChange, onRun }: SqlEditorProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const { list, offer, step, accept, close } = useCompletion(box, text, onChange);
  const listId = useId();

  /** Returns whether the key did something in the open list. */
  const takeInList = (key: string): boolean => {
    if (list === null) return false;
    if (key === 'ArrowDown' || key === 'ArrowUp') step(key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Enter' || key === 'Tab') accept(list.active);
    else if (key === 'Escape') close();
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      close();
      onRun();
    } else if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      offer(text, event.currentTarget.selectionStart, true);
    } else if (takeInList(event.key)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  return (
    <div className="sql-editor">
      <textarea
        ref={box}
        className="sql-editor__box mono"
        aria-label="SQL"
        aria-controls={list === null ? undefined : listId}
        aria-activedescendant={list === null ? undefined : `${listId}-${list.active}`}
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
        onClick={close}
        onBlur={close}
      />
      {list !== null && <CompletionList list={list} id={listId} onAccept={accept} />}
    </div>
  );
}
