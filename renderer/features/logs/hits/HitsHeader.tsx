/**
 * The header of the hits shows how many lines were found and how far the search is. It also holds
 * their order, the steps from hit to hit, and the search within the hits.
 */
import { ArrowDown, ArrowUp, Square } from 'lucide-react';
import { formatChord } from '../../../base/chords.ts';
import { useShell } from '../../../state/StoresContext.tsx';
import type { SearchView } from '../../../state/use-search.ts';
import { Button } from '../../../widgets/Button.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import type { FilesView } from '../model/use-files.ts';
import { HitsFacts } from './HitsFacts.tsx';
import { ColourHits, OrderOfHits, StatisticsOfHits } from './HitsTools.tsx';
import { WithinBox } from './WithinBox.tsx';

export interface HitsHeaderProps {
  search: SearchView;
  files: FilesView;
  /** The 0-based ordinal of the hit with the cursor. */
  at: number | null;
  onStep: (to: 1 | -1) => void;
}

export function HitsHeader({ search, files, at, onStep }: HitsHeaderProps) {
  const { total, isRunning } = search;
  const { isMac } = useShell();
  return (
    <header className="hits-header">
      <h2>Hits</h2>
      <HitsFacts search={search} at={at} />
      <div className="hits-header__tools">
        <WithinBox />
        <StatisticsOfHits search={search} files={files} />
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
        <ColourHits />
        <OrderOfHits />
      </div>
    </header>
  );
}
