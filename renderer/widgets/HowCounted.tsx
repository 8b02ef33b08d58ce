/**
 * “How counted?” lets a person check a number: it says what was counted, under which filter, and
 * gives the command line that counts the same.
 */
import { Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import { activeParts } from '../state/filter.ts';
import { useCase, useFilter, useStores } from '../state/StoresContext.tsx';
import { Button } from './Button.tsx';
import { cliLine } from './cli-line.ts';
import { partWord } from './EmptyState.tsx';
import { Popover } from './Popover.tsx';
import type { Box } from './place-at.ts';
import { writeClipboard } from './row-listing.ts';
import { SafeText } from './SafeText.tsx';
import './how-counted.css';

export interface HowCountedProps {
  /** In words, what was counted and over which records. */
  how: string;
  /**
   * With PATH for the source and, if the number follows the filter, FILTER. Null if no command
   * prints the number.
   */
  cli: string | null;
  sql?: string | null;
  /** The number's subject, for the accessible name. */
  of: string;
}

export function HowCounted({ how, cli, sql = null, of }: HowCountedProps) {
  const path = useCase((state) => state.path);
  const filter = useFilter((state) => state.filter);
  const stores = useStores();
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<Box | null>(null);
  const isFiltered = cli?.includes('FILTER') ?? false;
  const parts = activeParts(filter).filter((part) => !['query', 'kind', 'level', 'file'].includes(part));
  const line = cli === null ? null : cliLine(cli, path ?? 'PATH', filter);
  return (
    <>
      <Button
        ref={button}
        tone="quiet"
        className="how-counted"
        aria-haspopup="dialog"
        aria-expanded={at !== null}
        aria-label={`How counted? ${of}`}
        onClick={() => setAt(button.current?.getBoundingClientRect() ?? null)}
      >
        How counted?
      </Button>
      {at !== null && (
        <Popover at={at} align="end" label={`How ${of} was counted`} onClose={() => setAt(null)}>
          <div className="how-counted__body">
            <p>
              <SafeText text={how} />
            </p>
            <p className="soft">
              {!isFiltered
                ? 'Of the whole run, whatever the filter.'
                : parts.length === 0
                  ? 'No filter is on: of the whole run.'
                  : `Under the filter by ${parts.map(partWord).join(', ')}.`}
            </p>
            {line !== null && <pre className="how-counted__cli mono">{line}</pre>}
            {sql !== null && <pre className="how-counted__cli mono">{sql}</pre>}
            {line !== null && (
              <Button icon={<Copy size={14} />} onClick={() => writeClipboard(stores, line, 'Copied the command line')}>
                Copy the command line
              </Button>
            )}
          </div>
        </Popover>
      )}
    </>
  );
}
