/** The list of completions below the caret of the SQL editor. The editor keeps the focus. */
import type { OpenList } from './use-completion.ts';

const LIST_ROWS = 8;

export interface CompletionListProps {
  list: OpenList;
  /** The id of the list. Each item has it with its index behind. */
  id: string;
  onAccept: (index: number) => void;
}

export function CompletionList({ list, id, onAccept }: CompletionListProps) {
  const { items, active, left, top } = list;
  const first = Math.max(0, Math.min(active - LIST_ROWS + 1, items.length - LIST_ROWS));
  return (
    <div id={id} role="listbox" aria-label="What can stand here" className="sql-editor__list" style={{ left, top }}>
      {items.slice(first, first + LIST_ROWS).map((item, k) => {
        const index = first + k;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text box handles the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box
          <div
            key={`${item.kind} ${item.text}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className={`sql-editor__item ${index === active ? 'is-active' : ''}`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onAccept(index)}
          >
            <span className="mono">{item.text}</span>
            <span className="faint ellipsis">{item.about === '' ? item.kind : item.about}</span>
          </div>
        );
      })}
    </div>
  );
}
