/**
 * The time span is the range of time that merged lines cover. If a few lines at an end lie far out
 * (a guessed year, a clock that was never set), the ruler measures the rest and puts those at its
 * end.
 */
import { useEffect, useState } from 'react';
import type { LineStream } from '../model/stream.ts';
import type { Times } from './lines-scale.ts';

const nothing: Times = { firstUs: null, lastUs: null };
/** The share of lines at either end that a few wrong clocks may have put there. */
const ENDS = 0.01;
const MOST_BEYOND = 0.5;

export function useTimeSpan(stream: LineStream | null): Times {
  const [held, setHeld] = useState<{ key: string; times: Times }>({ key: '', times: nothing });
  const isAsked = stream !== null && stream.kind === 'merged' && stream.order === 'time' && !stream.isRunning;
  const total = stream?.total ?? 0;
  const key = isAsked && total > 0 ? `${stream.key} ${total}` : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the lines
  useEffect(() => {
    if (key === '' || stream === null) return;
    const abort = new AbortController();
    const ends = async () => {
      // Lines without a time, such as those of a table or a settings file, come last in time order.
      const timed = Math.min(total, (await stream.indexAtTime(Number.MAX_SAFE_INTEGER)) ?? total);
      const timeAt = async (share: number) => {
        const at = Math.max(0, Math.min(timed - 1, Math.floor(share * timed)));
        return (await stream.read(at, 1, 1, abort.signal))[0]?.timeUs ?? null;
      };
      return Promise.all([timeAt(0), timeAt(ENDS), timeAt(1 - ENDS), timeAt(1)]);
    };
    ends().then(
      ([first, low, high, last]) => {
        if (!abort.signal.aborted)
          setHeld({ key, times: spanOf(first ?? null, low ?? null, high ?? null, last ?? null) });
      },
      () => {},
    );
    return () => abort.abort();
  }, [key]);
  return held.key === key ? held.times : nothing;
}

/** Returns the first and last time, limited to the range that most lines cover. */
export function spanOf(first: number | null, low: number | null, high: number | null, last: number | null): Times {
  const end = last ?? high;
  if (first === null || end === null) return nothing;
  if (low === null || high === null || high <= low) return { firstUs: first, lastUs: end };
  const beyond = (high - low) * MOST_BEYOND;
  return { firstUs: Math.max(first, low - beyond), lastUs: Math.min(end, high + beyond) };
}
