/**
 * The tools of the hits count them, keep their text coloured in all lines, and choose their order.
 */
import { ChartColumn, Clock, Files, Highlighter } from 'lucide-react';
import { useRef, useState } from 'react';
import { useFilter, useNotebook, useStores, useView } from '../../../state/StoresContext.tsx';
import type { SearchView } from '../../../state/use-search.ts';
import { Button } from '../../../widgets/Button.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import type { Box } from '../../../widgets/place-at.ts';
import { literalOf, nextColour } from '../model/kept.ts';
import { colourText } from '../model/line-actions.ts';
import type { FilesView } from '../model/use-files.ts';
import { HitsStatistics } from './HitsStatistics.tsx';

export function StatisticsOfHits({ search, files }: { search: SearchView; files: FilesView }) {
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<Box | null>(null);
  return (
    <>
      <IconButton
        ref={button}
        label="Statistics of the hits"
        icon={<ChartColumn size={14} />}
        disabled={search.total === 0}
        aria-haspopup="dialog"
        onClick={() => setAt(button.current?.getBoundingClientRect() ?? null)}
      />
      {at !== null && <HitsStatistics at={at} search={search} files={files} onClose={() => setAt(null)} />}
    </>
  );
}

/** Colours what is searched for, if that is a text and not a pattern. */
export function ColourHits() {
  const stores = useStores();
  const text = useFilter((state) => literalOf(state.filter));
  const word = useNotebook((state) => state.words.find((one) => one.text === text));
  if (text === null) return null;
  return (
    <IconButton
      label={word === undefined ? 'Colour it, also while something else is searched' : 'Do not colour it'}
      icon={<Highlighter size={14} />}
      isPressed={word !== undefined}
      onClick={() => colourText(stores, text, word?.colour ?? nextColour(stores.notebook.getState().words))}
    />
  );
}

export function OrderOfHits() {
  const order = useView((state) => state.order);
  const set = useView((state) => state.set);
  return (
    <>
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
    </>
  );
}
