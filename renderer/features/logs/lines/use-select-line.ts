/**
 * Selecting a line makes the line under the cursor the selected line of the whole window, with its
 * time. The cursor may go ahead of the rows; such a line is selected once its row arrives.
 */
import { useEffect, useRef } from 'react';
import { useStores } from '../../../state/StoresContext.tsx';
import { useSteady } from '../../../state/use-steady.ts';
import { type LineStream, lineAt } from '../model/stream.ts';
import type { Agreement } from './cursor-step.ts';

/** `index` is the line under the cursor. */
export function useSelectLine(stream: LineStream | null, index: number | null, agreed: Agreement) {
  const { selection } = useStores();
  const awaited = useRef<number | null>(null);
  const { select } = useSteady({
    select: (at: number) => {
      const row = stream?.rowAt(at);
      awaited.current = row === undefined ? at : null;
      const line = stream === null ? null : lineAt(stream, at);
      if (line === null) return;
      agreed.setState({ line, isProvisional: false });
      const timeUs = row?.timeUs ?? null;
      selection.getState().select({ line, detail: 'line', ...(timeUs === null ? {} : { timeUs }) });
    },
  });
  useEffect(() => {
    const at = awaited.current;
    if (at === null || stream?.rowAt(at) === undefined) return;
    if (at === index) select(at);
    else awaited.current = null;
  });
  return { select };
}
