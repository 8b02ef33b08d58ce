/**
 * The templates of logs that belong to no run: the kinds of their lines, the most frequent first.
 * Each leads to its lines.
 */
import { useState } from 'react';
import { formatBytes } from '../../base/format.ts';
import { noFilter } from '../../state/filter.ts';
import { useSearch } from '../../state/use-search.ts';
import { Button } from '../../widgets/Button.tsx';
import { LineTemplates } from '../../widgets/LineTemplates.tsx';

/** Larger sources are read in full only when a person asks for it. */
const MOST_BYTES = 500_000_000;

export function ForeignTemplates({ bytes }: { bytes: number }) {
  const [isAsked, setIsAsked] = useState(bytes <= MOST_BYTES);
  const { state } = useSearch(isAsked ? noFilter : null, 'file');
  return (
    <section className="overview__part" aria-label="Templates">
      <h3>Templates</h3>
      {state !== null && <LineTemplates searchId={state.searchId} isBare />}
      {!isAsked && (
        <Button onClick={() => setIsAsked(true)}>{`Read ${formatBytes(bytes)} to find the kinds of lines`}</Button>
      )}
    </section>
  );
}
