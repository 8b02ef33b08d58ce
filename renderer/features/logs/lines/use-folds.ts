/**
 * A fold hides a traceback except its first and last line, or a record except its first line. The
 * hook holds the folds of one file. Merged lines interleave, so they have no folds.
 */
import { useCallback, useMemo, useState } from 'react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { useCase, useStores } from '../../../state/StoresContext.tsx';
import { type FoldedBy, type FoldedFile, foldsOf, tracebackFold } from '../model/find-folds.ts';
import { type FoldMap, foldAt, foldMap, noFolds } from '../model/fold-map.ts';
import type { LineStream } from '../model/stream.ts';

export interface Folds {
  map: FoldMap;
  /** Folds the traceback of a row, or unfolds it. */
  toggle: (row: LineRow) => void;
  /** How the whole file is folded. */
  by: FoldedBy | null;
  /**
   * Folds every traceback of the file, or every record to its first line, or unfolds everything.
   */
  toggleAll: (by: FoldedBy) => void;
}

interface Held {
  key: string;
  map: FoldMap;
  by: FoldedBy | null;
}

/** What there is to say about folding a whole file. */
const messages = {
  tracebacks: {
    none: 'This file has no traceback that could be folded.',
    some: 'Only the first tracebacks of this file are folded.',
    failed: 'The tracebacks could not be found.',
  },
  records: {
    none: 'Each record of this file is one line.',
    some: 'Only the first records of this file are folded.',
    failed: 'The records could not be found.',
  },
} as const;

export function useFolds(stream: LineStream | null): Folds {
  const { client, busy, toasts } = useStores();
  const [held, setHeld] = useState<Held>({ key: '', map: noFolds, by: null });
  const file = useFoldedFile(stream);
  const key = file === null ? '' : (stream?.key ?? '');
  const isHeld = held.key === key && key !== '';
  const map = isHeld ? held.map : noFolds;
  const by = isHeld && map.folds.length > 0 ? held.by : null;

  const toggle = useCallback(
    (row: LineRow) => {
      if (file === null) return;
      const change = (next: (before: FoldMap) => FoldMap) =>
        setHeld((before) =>
          before.key === key ? { ...before, map: next(before.map) } : { key, map: next(noFolds), by: 'tracebacks' },
        );
      // The line after a fold shows how many lines it hides.
      const known = foldAt(map, row.line - 1) ?? map.folds.find(({ to }) => to === row.line - 2) ?? null;
      if (known !== null) {
        change((before) => foldMap(before.folds.filter((fold) => fold.head !== known.head)));
        return;
      }
      tracebackFold(client, file, row.line).then(
        (fold) => fold !== undefined && change((before) => foldMap([...before.folds, fold])),
        () => {},
      );
    },
    [client, file, key, map],
  );

  const toggleAll = useCallback(
    (wanted: FoldedBy) => {
      if (file === null) return;
      if (by === wanted) {
        setHeld({ key, map: noFolds, by: null });
        return;
      }
      const { none, some, failed } = messages[wanted];
      const { show } = toasts.getState();
      const end = busy.begin('fold all');
      const foldAll = async () => {
        const { folds, isWhole } = await foldsOf(client, file, wanted);
        const all = foldMap(folds);
        setHeld({ key, map: all, by: wanted });
        if (all.folds.length === 0) show(none);
        else if (!isWhole) show(some);
      };
      foldAll()
        .catch(() => show(failed, { tone: 'error' }))
        .finally(end);
    },
    [client, busy, toasts, file, key, by],
  );

  return { map, toggle, by, toggleAll };
}

/** Returns the file whose lines the stream has, or null if it has merged lines. */
function useFoldedFile(stream: LineStream | null): FoldedFile | null {
  const caseId = useCase((state) => state.caseId);
  const fileId = stream?.kind === 'file' ? (stream.fileIds[0] ?? null) : null;
  const total = stream?.total ?? null;
  return useMemo(
    () => (caseId === null || fileId === null ? null : { caseId, fileId, total }),
    [caseId, fileId, total],
  );
}
