/**
 * The command palette lists everything that a person can do or go to, found by words of its name in
 * any order. The caller provides the commands; see `app/Palette.tsx`.
 */
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { rankCommands } from './rank-commands.ts';
import './dialog.css';

export interface PaletteCommand {
  id: string;
  title: string;
  group: string;
  keys?: string;
  run: () => void;
}

export interface CommandPaletteProps {
  commands: readonly PaletteCommand[];
  /**
   * Commands for things that the text itself names, such as a mini-batch by its number. They come
   * first.
   */
  named?: readonly PaletteCommand[];
  onText?: (text: string) => void;
  onClose: () => void;
}

/** More than anybody reads. */
const MOST_SHOWN = 200;

export function CommandPalette({ commands, named = [], onText, onClose }: CommandPaletteProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const found = useMemo(
    () => [...named, ...rankCommands(commands, text)].slice(0, MOST_SHOWN),
    [commands, named, text],
  );
  const at = Math.min(active, found.length - 1);
  const choose = (command: PaletteCommand | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'ArrowDown') setActive((at + 1) % Math.max(1, found.length));
    else if (event.key === 'ArrowUp') setActive((at - 1 + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter') choose(found[at]);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    document.getElementById(`${id}${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc does the same by keyboard
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label="Command palette"
      onCancel={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <input
        className="palette__input"
        role="combobox"
        aria-label="Command"
        aria-expanded="true"
        aria-controls={`${id}list`}
        aria-activedescendant={found.length > 0 ? `${id}${at}` : undefined}
        placeholder="Go to a view, file, node, mini-batch, error … or do something"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onText?.(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="palette__list" id={`${id}list`} role="listbox" aria-label="Commands">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the input has the focus and names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: as above
          <div
            key={command.id}
            id={`${id}${index}`}
            role="option"
            aria-selected={index === at}
            className="palette__item"
            onPointerMove={() => setActive(index)}
            onClick={() => choose(command)}
          >
            <span className="faint">{command.group}</span>
            <span className="palette__title ellipsis">{command.title}</span>
            {command.keys !== undefined && <span className="faint">{command.keys}</span>}
          </div>
        ))}
        {found.length === 0 && <div className="palette__item soft">Nothing is called that.</div>}
      </div>
    </dialog>
  );
}
