/**
 * A line step goes to the next or previous error, warning, or line of the same mini-batch or
 * process: `e` `w` `o` and their capitals. The engine finds the line, and the pane's cursor goes
 * there.
 */
import { useRef } from 'react';
import type { LineRow } from '../../../../electron/contract/records.ts';
import { type Filter, noFilter } from '../../../state/filter.ts';
import type { LineKey } from '../../../state/location.ts';
import { useAction, useCase, useStores } from '../../../state/StoresContext.tsx';
import {
  findInFile,
  isErrorItem,
  isWarning,
  ordinalOf,
  type Question,
  startSearch,
  stopSearch,
} from '../model/searches.ts';
import type { LineStream } from '../model/stream.ts';

const PAGE = 200;
const MOST_PAGES = 50;

export function useLineSteps(
  stream: LineStream | null,
  current: LineKey | null,
  row: LineRow | undefined,
  goTo: (index: number) => void,
) {
  const { client, busy, toasts } = useStores();
  const caseId = useCase((state) => state.caseId);
  const running = useRef<AbortController | null>(null);

  const step = (direction: 'next' | 'previous', filter: Filter, accept: (row: LineRow) => boolean, none: string) => {
    if (stream === null || caseId === null) return false;
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    const end = busy.begin('step');
    const find = async () => {
      const [only] = stream.fileIds;
      const isFile = stream.kind === 'file' && only !== undefined;
      const from = isFile && current?.fileId !== only ? { fileId: only, line: 0 } : current;
      const found =
        from === null
          ? null
          : isFile
            ? await findInFile(client, caseId, from, direction, filter, accept, abort.signal)
            : await findInMerged(
                { caseId, filter, order: stream.order, fileIds: stream.fileIds },
                from,
                direction,
                accept,
              );
      if (abort.signal.aborted) return;
      const index = found === null ? null : await stream.indexOf(found, found.timeUs);
      if (index === null) toasts.getState().show(none);
      else goTo(index);
    };
    const findInMerged = async (
      question: Question,
      from: LineKey,
      to: 'next' | 'previous',
      isWanted: (row: LineRow) => boolean,
    ) => {
      const search = await startSearch(client, question, abort.signal);
      try {
        const { searchId, matches } = search;
        const place = await ordinalOf(client, search, from, row?.timeUs ?? null, abort.signal);
        let at = to === 'previous' ? place.index : place.isHit ? place.index + 1 : place.index;
        for (let page = 0; page < MOST_PAGES; page++) {
          const start = to === 'next' ? at : Math.max(0, at - PAGE);
          const count = to === 'next' ? PAGE : at - start;
          if (count <= 0 || start >= matches) return null;
          const { rows } = await client.call('search.rows', { searchId, start, count, maxChars: 1 });
          const hit = to === 'next' ? rows.find(isWanted) : rows.findLast(isWanted);
          if (hit !== undefined) return hit;
          at = to === 'next' ? start + PAGE : start;
        }
        return null;
      } finally {
        stopSearch(client, search.searchId);
      }
    };
    find()
      .catch(() => {})
      .finally(end);
    return true;
  };

  const atLeast = (minLevel: 'error' | 'warning') => ({ ...noFilter, minLevel });
  const where = (direction: 'next' | 'previous') => (direction === 'next' ? 'after' : 'before');
  const error = (to: 'next' | 'previous') =>
    step(to, atLeast('error'), isErrorItem, `There is no error ${where(to)} this line.`);
  const warning = (to: 'next' | 'previous') =>
    step(to, atLeast('warning'), isWarning, `There is no warning ${where(to)} this line.`);
  const same = (to: 'next' | 'previous') => {
    if (row === undefined) return false;
    const any = () => true;
    if (row.miniBatchId !== null) {
      const filter = { ...noFilter, miniBatch: { include: [row.miniBatchId], exclude: [] } };
      return step(
        to,
        filter,
        any,
        `There is no other line of mini-batch ${row.miniBatchId} ${where(to)} this one here.`,
      );
    }
    if (row.pid === null) {
      toasts.getState().show('This line names neither a mini-batch nor a process.');
      return true;
    }
    const filter = { ...noFilter, pid: { include: [row.pid], exclude: [] } };
    return step(to, filter, any, `There is no other line of process ${row.pid} ${where(to)} this one here.`);
  };
  const isOn = stream !== null;
  useAction('next-error', isOn ? () => error('next') : null);
  useAction('previous-error', isOn ? () => error('previous') : null);
  useAction('next-warning', isOn ? () => warning('next') : null);
  useAction('previous-warning', isOn ? () => warning('previous') : null);
  useAction('next-same', isOn ? () => same('next') : null);
  useAction('previous-same', isOn ? () => same('previous') : null);
}
