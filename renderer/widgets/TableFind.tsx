/**
 * The find bar of a table stands above its rows, for “find” and “go to”. It asks for a text or a
 * number; the table looks for the row.
 */
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { formatNumber } from '../base/format.ts';
import { IconButton } from './IconButton.tsx';

export interface TableFindProps {
  /** `find` asks for a text in a row, `go-to` for the number of a row. */
  mode: 'find' | 'go-to';
  box: RefObject<HTMLInputElement | null>;
  count: number;
  /** Resolves to false if no row contains the text. */
  onFind: (text: string, direction: 'next' | 'previous') => Promise<boolean>;
  onGo: (index: number) => void;
  onClose: () => void;
}

export function TableFind({ mode, box, count, onFind, onGo, onClose }: TableFindProps) {
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const asked = useRef(0);
  useEffect(() => {
    box.current?.focus();
    box.current?.select();
  }, [box]);
  const run = (direction: 'next' | 'previous') => {
    if (text === '') return;
    if (mode === 'go-to') {
      const row = Number(text.replaceAll(/[,\s]/g, ''));
      if (!Number.isInteger(row) || row < 1 || row > count) setSaid(`There are rows 1 to ${formatNumber(count)}.`);
      else {
        onGo(row - 1);
        onClose();
      }
      return;
    }
    const mine = ++asked.current;
    setSaid('Searching …');
    onFind(text, direction).then(
      (isFound) => mine === asked.current && setSaid(isFound ? '' : 'No row has it.'),
      () => mine === asked.current && setSaid('The search was stopped.'),
    );
  };
  const label = mode === 'find' ? 'Find in this table' : 'Go to row';
  return (
    <search className="table-find">
      <input
        ref={box}
        className="text-box"
        aria-label={label}
        placeholder={mode === 'find' ? 'Find in this table …' : `Row, 1 to ${formatNumber(count)} …`}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setSaid('');
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') run(event.shiftKey ? 'previous' : 'next');
          else if (event.key === 'Escape') onClose();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {mode === 'find' && (
        <>
          <IconButton
            label="Previous row with it"
            keys="Shift+Enter"
            icon={<ArrowUp size={14} />}
            onClick={() => run('previous')}
          />
          <IconButton
            label="Next row with it"
            keys="Enter"
            icon={<ArrowDown size={14} />}
            onClick={() => run('next')}
          />
        </>
      )}
      <span role="status" className="soft">
        {said}
      </span>
      <IconButton label="Close" keys="Esc" icon={<X size={14} />} onClick={onClose} />
    </search>
  );
}
