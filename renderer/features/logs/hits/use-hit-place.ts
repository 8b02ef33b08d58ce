/**
 * The place of the pane's cursor among the hits, and the choice of a hit, which selects its line in
 * the whole window.
 */
import { useCallback, useRef, useState } from 'react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import type { LineKey } from '../../../state/location.ts';
import { useStores } from '../../../state/StoresContext.tsx';
import type { SearchView } from '../../../state/use-search.ts';
import type { Ordinal } from '../model/searches.ts';
import { type HitPlace, placeIn } from './hit-place.ts';

export function useHitPlace({ generation, total, rowAt }: SearchView) {
  const { selection } = useStores();
  const [place, setPlace] = useState<HitPlace | null>(null);
  /** The line that this pane selected or found last. */
  const own = useRef<LineKey | null>(null);
  const awaited = useRef<number | null>(null);
  const here = placeIn(place, generation, total);
  const active = here?.isHit === true ? here.index : null;

  const choose = useCallback(
    (index: number, row: LineRow | undefined) => {
      setPlace({ generation, index, isHit: true });
      awaited.current = row === undefined ? index : null;
      if (row === undefined) return;
      own.current = { fileId: row.fileId, line: row.line };
      const time = row.timeUs === null ? {} : { timeUs: row.timeUs };
      selection.getState().select({ line: own.current, detail: 'line', ...time });
    },
    [generation, selection],
  );
  /** Chooses a hit whose row had not arrived when the cursor went there. */
  const chooseAwaited = () => {
    const row = awaited.current === null ? undefined : rowAt(awaited.current);
    if (awaited.current === null || row === undefined) return;
    if (awaited.current === active) choose(awaited.current, row);
    awaited.current = null;
  };
  /** Puts the cursor at a line that is selected already. */
  const moveTo = useCallback(
    (line: LineKey, { index, isHit }: Ordinal) => {
      own.current = line;
      setPlace({ generation, index, isHit });
    },
    [generation],
  );
  const isOwn = useCallback(
    ({ fileId, line }: LineKey) => own.current?.fileId === fileId && own.current.line === line,
    [],
  );
  return { here, active, isAnswered: place?.generation === generation, isOwn, choose, chooseAwaited, moveTo };
}
