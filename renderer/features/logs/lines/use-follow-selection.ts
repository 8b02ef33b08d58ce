/**
 * Following the selection moves the line cursor when something else selects a line or a time, and
 * when other lines take the place of the present ones. `cursor-step.ts` decides where it goes.
 */
import { type RefObject, useEffect, useRef } from 'react';
import type { LineKey } from '../../../state/location.ts';
import { useStores } from '../../../state/StoresContext.tsx';
import { useLatest } from '../../../state/use-latest.ts';
import { useSteady } from '../../../state/use-steady.ts';
import { type LineStream, lineAt } from '../model/stream.ts';
import { type Agreement, cursorStep } from './cursor-step.ts';

/** `current` is the line that the window shows, and `jump` puts the cursor at a line. */
export function useFollowSelection(
  stream: LineStream | null,
  current: LineKey | null,
  jump: (index: number) => void,
  agreed: Agreement,
): void {
  const { selection } = useStores();
  const latest = useLatest({ stream });
  const { goToTime } = useGoToTime(latest, jump, agreed);
  const key = stream?.key ?? '';
  const isReady = stream !== null && stream.total !== null;
  const isRunning = stream?.isRunning === true;
  const shownKey = useRef('');

  // The parts of the line, because each render may bring it as another object.
  const fileId = current?.fileId ?? null;
  const line = current?.line ?? null;
  useEffect(() => {
    const { stream: now } = latest.current;
    if (!isReady || now === null) return;
    const step = cursorStep({
      current: fileId === null || line === null ? null : { fileId, line },
      selected: selection.getState(),
      agreed: agreed.getState(),
      isOtherStream: shownKey.current !== key,
    });
    shownKey.current = key;
    if (step === null) return;
    agreed.setState({ ...(step.to === 'line' ? { line: step.line } : {}), isProvisional: isRunning });
    if (step.to === 'top') jump(0);
    if (step.to === 'time') goToTime(step.timeUs);
    if (step.to !== 'line') return;
    let isSuperseded = false;
    now.indexOf(step.line, step.timeUs).then(
      (index) => {
        if (!isSuperseded) jump(Math.max(0, Math.min(index ?? 0, (latest.current.stream?.total ?? 1) - 1)));
      },
      () => {},
    );
    return () => {
      isSuperseded = true;
    };
  }, [isReady, isRunning, key, fileId, line, jump, selection, latest, agreed, goToTime]);

  useEffect(
    () =>
      selection.subscribe((state, before) => {
        if (state.timeUs === null || state.timeUs === before.timeUs || state.line !== before.line) return;
        goToTime(state.timeUs);
      }),
    [selection, goToTime],
  );
}

/** Goes to the line at a time, and selects it if its place is final. */
function useGoToTime(
  latest: RefObject<{ stream: LineStream | null }>,
  jump: (index: number) => void,
  agreed: Agreement,
) {
  const { selection } = useStores();
  return useSteady({
    goToTime: (timeUs: number) => {
      latest.current.stream?.indexAtTime(timeUs).then(
        (index) => {
          const { stream } = latest.current;
          if (index === null || stream === null || stream.total === null || stream.total === 0) return;
          const at = Math.min(index, stream.total - 1);
          jump(at);
          const line = lineAt(stream, at);
          if (line === null || agreed.getState().isProvisional) return;
          agreed.setState({ line });
          selection.getState().select({ line });
        },
        () => {},
      );
    },
  });
}
