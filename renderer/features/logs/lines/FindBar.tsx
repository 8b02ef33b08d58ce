/**
 * The find bar searches the lines of the pane and steps through the results. The search above all
 * views covers all files instead. `use-find.ts` runs the search.
 */
import { ArrowDown, ArrowUp, CaseSensitive, Regex, WholeWord, X } from 'lucide-react';
import { type RefObject, useEffect } from 'react';
import { formatCount, formatNumber, formatPercent } from '../../../base/format.ts';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { useLogs, useLogsStore } from '../model/LogsContext.tsx';
import type { Find } from './use-find.ts';
import './find-bar.css';

export interface FindBarProps {
  find: Find;
  box: RefObject<HTMLInputElement | null>;
  onClose: () => void;
}

function countText({ search, ordinal, isOn }: Find): string {
  if (!isOn) return '';
  if (search.error !== null) return '';
  const { total, isRunning, state } = search;
  if (state === null) return 'searching …';
  const lines = ordinal === null ? formatCount(total, 'line') : `${formatNumber(ordinal)} of ${formatNumber(total)}`;
  if (total === 0 && !isRunning) return 'nothing found';
  return isRunning ? `${lines} so far · ${formatPercent(state.progress)}` : lines;
}

export function FindBar({ find, box, onClose }: FindBarProps) {
  const state = useLogs((logs) => logs.find);
  const store = useLogsStore();
  const set = (change: Partial<typeof state>) =>
    store.getState().set({ find: { ...store.getState().find, ...change } });
  useEffect(() => box.current?.select(), [box]);
  return (
    <search className="find-bar" aria-label="Find in these lines">
      <input
        ref={box}
        className="text-box mono find-bar__box"
        aria-label="Find in these lines"
        placeholder="Find in these lines …"
        value={state.text}
        onChange={(event) => set({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') find.step(event.shiftKey ? 'previous' : 'next');
          else if (event.key === 'Escape') onClose();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <IconButton
        label="Match case; without it, only where there is a capital letter"
        icon={<CaseSensitive size={16} />}
        isPressed={state.isCased}
        onClick={() => set({ isCased: !state.isCased })}
      />
      <IconButton
        label="Whole words"
        icon={<WholeWord size={16} />}
        isPressed={state.isWord}
        onClick={() => set({ isWord: !state.isWord })}
      />
      <IconButton
        label="Regular expression"
        icon={<Regex size={14} />}
        isPressed={state.isRegex}
        onClick={() => set({ isRegex: !state.isRegex })}
      />
      <span className="find-bar__count soft" role="status">
        {countText(find)}
      </span>
      {find.isOn && find.search.error !== null && (
        <span className="find-bar__error ellipsis" role="alert" title={find.search.error.message}>
          <SafeText text={find.search.error.message} />
        </span>
      )}
      <span className="find-bar__tools">
        <IconButton
          label="Previous"
          keys="Shift+F3"
          icon={<ArrowUp size={14} />}
          disabled={!find.isOn}
          onClick={() => find.step('previous')}
        />
        <IconButton
          label="Next"
          keys="F3"
          icon={<ArrowDown size={14} />}
          disabled={!find.isOn}
          onClick={() => find.step('next')}
        />
        <IconButton label="Close find" keys="Esc" icon={<X size={14} />} onClick={onClose} />
      </span>
    </search>
  );
}
