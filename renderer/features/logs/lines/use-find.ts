/**
 * Find is the search within the lines of the pane. A search of these files counts its hits; a step
 * goes from the cursor to the next or previous one. `model/find.ts` interprets its text.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Filter } from '../../../state/filter.ts';
import type { LineKey } from '../../../state/location.ts';
import { useCase, useClient, useStores } from '../../../state/StoresContext.tsx';
import { type SearchView, useSearch } from '../../../state/use-search.ts';
import { useSteady } from '../../../state/use-steady.ts';
import { findFilter, findPattern } from '../model/find.ts';
import { type Direction, stepInFile, stepInMerged } from '../model/find-step.ts';
import { useLogs } from '../model/LogsContext.tsx';
import { answeredId, ordinalOf } from '../model/searches.ts';
import type { LineStream } from '../model/stream.ts';

export interface Find {
  search: SearchView;
  pattern: RegExp | null;
  /**
   * The 1-based ordinal of the cursor's line among the lines found, or null if it is none of them.
   */
  ordinal: number | null;
  /** There is something to step through. */
  isOn: boolean;
  step: (direction: Direction) => void;
}

export function useFind(
  stream: LineStream | null,
  current: LineKey | null,
  timeUs: number | null,
  goTo: (index: number) => void,
): Find {
  const find = useLogs((state) => state.find);
  const filter = useMemo(() => (find.isOpen ? findFilter(find) : null), [find]);
  const pattern = useMemo(() => (find.isOpen ? findPattern(find) : null), [find]);
  const search = useSearch(stream === null ? null : filter, stream?.order ?? 'file', stream?.fileIds ?? null);
  const ordinal = useOrdinal(search, current, timeUs);
  const goToFound = useFoundLine(stream, current, timeUs, goTo);
  const { step } = useSteady({ step: (to: Direction) => filter !== null && goToFound(filter, search, to) });
  return { search, pattern, ordinal, isOn: filter !== null, step };
}

/** Returns the 1-based ordinal of a line among the lines found, or null if it is none of them. */
function useOrdinal(search: SearchView, current: LineKey | null, timeUs: number | null): number | null {
  const client = useClient();
  const searchId = answeredId(search);
  const { total, isRunning } = search;
  const [ordinal, setOrdinal] = useState<{ of: string; index: number | null }>({ of: '', index: null });
  const fileId = current?.fileId ?? null;
  const line = current?.line ?? null;
  const placeKey = `${searchId} ${fileId}:${line}`;
  useEffect(() => {
    if (searchId === null || fileId === null || line === null || isRunning) return;
    const abort = new AbortController();
    ordinalOf(client, { searchId, matches: total }, { fileId, line }, timeUs, abort.signal).then(
      ({ index, isHit }) => setOrdinal({ of: placeKey, index: isHit ? index : null }),
      () => {},
    );
    return () => abort.abort();
  }, [client, searchId, fileId, line, timeUs, total, isRunning, placeKey]);
  return ordinal.of === placeKey && ordinal.index !== null ? ordinal.index + 1 : null;
}

/** Returns a function that moves the cursor to the next line found, or says that there is none. */
function useFoundLine(
  stream: LineStream | null,
  current: LineKey | null,
  timeUs: number | null,
  goTo: (index: number) => void,
) {
  const { client, busy, toasts } = useStores();
  const caseId = useCase((state) => state.caseId);
  const running = useRef<AbortController | null>(null);
  const say = (text: string) => toasts.getState().show(text);

  const goInFile = async (fileId: number, total: number, filter: Filter, to: Direction, signal: AbortSignal) => {
    if (caseId === null) return;
    const cursor = current?.fileId === fileId ? current.line : null;
    const { line, said } = await stepInFile(client, { caseId, fileId, filter, total }, cursor, to, signal);
    if (said !== null) say(said);
    if (line !== null && !signal.aborted) goTo(line - 1);
  };
  const goInMerged = async (lines: LineStream, search: SearchView, to: Direction, signal: AbortSignal) => {
    const cursor = current === null ? null : { line: current, timeUs };
    const hit = search.state === null ? null : await stepInMerged(client, search.state, cursor, to, signal);
    if (hit === null) return say('Nothing is found in these files.');
    const index = await lines.indexOf(hit, hit.timeUs);
    if (index !== null && !signal.aborted) goTo(index);
  };
  return (filter: Filter, search: SearchView, to: Direction) => {
    if (stream === null || caseId === null) return;
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    const end = busy.begin('find');
    const [only] = stream.fileIds;
    const isFile = stream.kind === 'file' && only !== undefined;
    const going = isFile
      ? goInFile(only, stream.total ?? 0, filter, to, abort.signal)
      : goInMerged(stream, search, to, abort.signal);
    going
      // The text beside the box says what is wrong with the query.
      .catch(() => {})
      .finally(end);
  };
}
