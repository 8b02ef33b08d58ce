import { useEffect, useRef, useState } from 'react';
import type { CommandInput, CommandName, CommandResult } from '../../electron/contract/contract.ts';
import type { ErrorInfo } from '../../electron/contract/errors.ts';
import { steadyCommands } from '../../electron/contract/steady-commands.ts';
import { type LiveQuery, liveQuery } from './live-query.ts';
import { useCase, useStores, useView } from './StoresContext.tsx';

export interface CommandView<T> {
  /** The answer; while another is on its way, the one before it, so that nothing jumps. */
  data: T | undefined;
  error: ErrorInfo | null;
  /** No answer to these very parameters yet. */
  isLoading: boolean;
  refresh: () => void;
}

interface Held {
  key: string;
  caseId: unknown;
  data: unknown;
  error: ErrorInfo | null;
}

/**
 * Ask the engine and stay up to date: asked again when the parameters change (the old question is cancelled, the last one
 * wins) and when the case's records change. `null` parameters ask nothing. `delayMs` waits first, for what is being typed.
 */
export function useCommand<Name extends CommandName>(
  name: Name,
  params: CommandInput<Name> | null,
  { delayMs }: { delayMs?: number } = {},
): CommandView<CommandResult<Name>> {
  const { client, busy, cache, case: caseStore } = useStores();
  const revision = useCase((state) => state.revision);
  const clock = useView((state) => state.clock);
  const key = params === null ? null : `${clock} ${name} ${JSON.stringify(params)}`;
  const caseId = params !== null && 'caseId' in params ? params.caseId : null;
  const [held, setHeld] = useState<Held | null>(null);
  const query = useRef<LiveQuery | null>(null);
  // The effect must not run again for a new object with the same content.
  const latest = useRef(params);
  useEffect(() => {
    latest.current = params;
  });

  useEffect(() => {
    if (key === null || latest.current === null) return;
    const asked = latest.current;
    const live = liveQuery({
      name,
      busy,
      delayMs,
      fetch: async (signal) => {
        const asOf = caseStore.getState().revision;
        const kept = cache.get(key);
        // Going back to a view asks nothing: the records are what they were.
        if (kept?.revision === asOf && steadyCommands.has(name)) return kept.data as CommandResult<Name>;
        const data = await client.call(name, asked, { signal });
        cache.set(key, asOf, data);
        return data;
      },
      onData: (data) => setHeld({ key, caseId, data, error: null }),
      onError: (error) =>
        setHeld((before) => ({ key, caseId, data: before?.key === key ? before.data : undefined, error })),
    });
    query.current = live;
    return () => {
      live.dispose();
      query.current = null;
    };
  }, [key, caseId, name, delayMs, client, busy, cache, caseStore]);

  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision is the reason to ask again
  useEffect(() => {
    if (!isFirst.current) query.current?.refresh();
    isFirst.current = false;
  }, [revision]);

  const cached = key === null ? undefined : cache.get(key);
  const isHeld = held !== null && held.key === key;
  const canStay = held !== null && key !== null && held.caseId === caseId;
  const data =
    isHeld && held.data !== undefined
      ? held.data
      : cached !== undefined
        ? cached.data
        : canStay
          ? held.data
          : undefined;
  return {
    data: data as CommandResult<Name> | undefined,
    error: isHeld ? held.error : null,
    isLoading: key !== null && !isHeld && cached === undefined,
    refresh: () => query.current?.refresh(),
  };
}
