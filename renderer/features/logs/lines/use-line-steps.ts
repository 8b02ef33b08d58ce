/**
 * A line step goes to the next or previous error, warning, or line of the same mini-batch or
 * process: `e` `w` `o` and their capitals. The engine finds the line, and the pane's cursor goes
 * there.
 */
import { useRef } from 'react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import type { LineKey } from '../../../state/location.ts';
import { useAction, useCase, useStores } from '../../../state/StoresContext.tsx';
import { errorStep, type LineStep, sameStep, warningStep } from '../model/line-steps.ts';
import { findInFile, findInMerged } from '../model/searches.ts';
import type { LineStream } from '../model/stream.ts';

/** `row` is the line of the cursor, once it has arrived, and `goTo` moves the cursor. */
export function useLineSteps(
  stream: LineStream | null,
  current: LineKey | null,
  row: LineRow | undefined,
  goTo: (index: number) => void,
) {
  const { busy, toasts } = useStores();
  const running = useRef<AbortController | null>(null);
  const find = useFindLine(stream, current, row?.timeUs ?? null);

  const take = (step: LineStep, direction: 'next' | 'previous') => {
    if (stream === null || find === null) return false;
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    const end = busy.begin('step');
    const go = async () => {
      const found = await find(step, direction, abort.signal);
      if (abort.signal.aborted) return;
      const index = found === null ? null : await stream.indexOf(found, found.timeUs);
      if (index === null) toasts.getState().show(step.none(direction === 'next' ? 'after' : 'before'));
      else goTo(index);
    };
    go()
      .catch(() => {})
      .finally(end);
    return true;
  };
  const takeSame = (direction: 'next' | 'previous') => {
    if (row === undefined) return false;
    const step = sameStep(row);
    if (step !== null) return take(step, direction);
    toasts.getState().show('This line names neither a mini-batch nor a process.');
    return true;
  };
  const isOn = stream !== null;
  useAction('next-error', isOn ? () => take(errorStep, 'next') : null);
  useAction('previous-error', isOn ? () => take(errorStep, 'previous') : null);
  useAction('next-warning', isOn ? () => take(warningStep, 'next') : null);
  useAction('previous-warning', isOn ? () => take(warningStep, 'previous') : null);
  useAction('next-same', isOn ? () => takeSame('next') : null);
  useAction('previous-same', isOn ? () => takeSame('previous') : null);
}

/** Returns a function that finds the line of a step in the stream, from the current line on. */
function useFindLine(stream: LineStream | null, current: LineKey | null, timeUs: number | null) {
  const { client } = useStores();
  const caseId = useCase((state) => state.caseId);
  if (stream === null || caseId === null) return null;
  const { kind, order, fileIds } = stream;
  return async ({ filter, accept }: LineStep, direction: 'next' | 'previous', signal: AbortSignal) => {
    const [only] = fileIds;
    if (kind === 'file' && only !== undefined) {
      const from = current?.fileId === only ? current : { fileId: only, line: 0 };
      return findInFile(client, caseId, from, direction, filter, accept, signal);
    }
    if (current === null) return null;
    return findInMerged(client, { caseId, filter, order, fileIds }, current, timeUs, direction, accept, signal);
  };
}
