/**
 * The header of the hits shows how many lines were found and how far the search is. It also holds
 * their order, the steps from hit to hit, and the search within the hits.
 */
import { ArrowDown, ArrowUp, ChartColumn, Clock, Files, Highlighter, Square } from 'lucide-react';
import { useRef, useState } from 'react';
import { formatChord } from '../../../base/chords.ts';
import { formatCount, formatDuration, formatNumber, formatPercent } from '../../../base/format.ts';
import { useFilter, useNavigation, useNotebook, useShell, useStores, useView } from '../../../state/StoresContext.tsx';
import type { SearchView } from '../../../state/use-search.ts';
import { withinQuery } from '../../../state/within.ts';
import { Button } from '../../../widgets/Button.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import type { Box } from '../../../widgets/place-at.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { literalOf, nextColour } from '../model/kept.ts';
import { colourText } from '../model/line-actions.ts';
import type { FilesView } from '../model/use-files.ts';
import { HitsStatistics } from './HitsStatistics.tsx';

export interface HitsHeaderProps {
  search: SearchView;
  files: FilesView;
  /** The 0-based ordinal of the hit with the cursor. */
  at: number | null;
  onStep: (to: 1 | -1) => void;
}

export function HitsHeader({ search, files, at, onStep }: HitsHeaderProps) {
  const { state, total, isRunning } = search;
  const { isMac } = useShell();
  const navigation = useNavigation();
  const statistics = useRef<HTMLButtonElement>(null);
  const [statisticsAt, setStatisticsAt] = useState<Box | null>(null);
  const [within, setWithin] = useState('');
  const order = useView((view) => view.order);
  const set = useView((view) => view.set);
  const stores = useStores();
  const text = useFilter((each) => literalOf(each.filter));
  const word = useNotebook((each) => each.words.find((one) => one.text === text));
  const hits =
    at === null
      ? formatCount(total, 'line')
      : `${formatNumber(at + 1)} of ${formatNumber(total)} ${total === 1 ? 'line' : 'lines'}`;
  return (
    <header className="hits-header">
      <h2>Hits</h2>
      <span role="status" className="hits-header__facts">
        {search.error !== null && state === null ? (
          'not searched'
        ) : state === null ? (
          'searching …'
        ) : (
          <>
            <b>{hits}</b>
            {` in ${formatCount(state.files, 'file')}`}
            {isRunning && state.progress < 1 && ` · searching ${formatPercent(state.progress)}`}
            {isRunning && state.indexed < 1 && ` · indexed ${formatPercent(state.indexed)}: searching goes on`}
            {!isRunning && state.error === null && (
              <span className="faint"> · {formatDuration(state.milliseconds / 1000)}</span>
            )}
            {!isRunning && !state.complete && ' · stopped: there may be more'}
          </>
        )}
      </span>
      {state !== null && state.error !== null && (
        <span className="hits-header__error ellipsis" role="alert">
          <SafeText text={state.error} />
        </span>
      )}
      {statisticsAt !== null && (
        <HitsStatistics at={statisticsAt} search={search} files={files} onClose={() => setStatisticsAt(null)} />
      )}
      <div className="hits-header__tools">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (within.trim() === '') return;
            navigation.navigate({ filter: withinQuery(stores.filter.getState().filter, within) });
            setWithin('');
          }}
        >
          <input
            className="text-box hits-header__within"
            aria-label="Search within these hits"
            placeholder="Within these …"
            value={within}
            onChange={(event) => setWithin(event.target.value)}
          />
        </form>
        <IconButton
          ref={statistics}
          label="Statistics of the hits"
          icon={<ChartColumn size={14} />}
          disabled={total === 0}
          aria-haspopup="dialog"
          onClick={() => setStatisticsAt(statistics.current?.getBoundingClientRect() ?? null)}
        />
        {isRunning && (
          <Button tone="quiet" icon={<Square size={12} />} onClick={search.halt}>
            Stop
          </Button>
        )}
        <IconButton
          label="Previous hit"
          keys={formatChord('Shift+F4', isMac)}
          icon={<ArrowUp size={14} />}
          disabled={total === 0}
          onClick={() => onStep(-1)}
        />
        <IconButton
          label="Next hit"
          keys={formatChord('F4', isMac)}
          icon={<ArrowDown size={14} />}
          disabled={total === 0}
          onClick={() => onStep(1)}
        />
        {text !== null && (
          <IconButton
            label={word === undefined ? 'Colour it, also while something else is searched' : 'Do not colour it'}
            icon={<Highlighter size={14} />}
            isPressed={word !== undefined}
            onClick={() => colourText(stores, text, word?.colour ?? nextColour(stores.notebook.getState().words))}
          />
        )}
        <Button
          tone="quiet"
          isPressed={order === 'time'}
          icon={<Clock size={12} />}
          onClick={() => set({ order: 'time' })}
        >
          By time
        </Button>
        <Button
          tone="quiet"
          isPressed={order === 'file'}
          icon={<Files size={12} />}
          onClick={() => set({ order: 'file' })}
        >
          By file
        </Button>
      </div>
    </header>
  );
}
