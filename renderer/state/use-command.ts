/**
 * A component asks the engine with a command and renders the answer. The hook keeps the answer up
 * to date as the records of the case change; `use-paged-rows.ts` serves lists too long to hold.
 */
import { useEffect, useRef, useState } from 'react';
import type { CommandInput, CommandName, CommandResult } from '../../electron/contract/contract.ts';
import type { ErrorInfo } from '../../electron/contract/errors.ts';
import { steadyCommands } from '../../electron/contract/steady-commands.ts';
import { type LiveQuery, liveQuery } from './live-query.ts';
import { useCase, useStores, useView } from './StoresContext.tsx';

export interface CommandView<T> {
  /** The answer. While another is on its way, the previous one stays, so that nothing jumps. */
  data: T | undefined;
  error: ErrorInfo | null;
  /** There is no answer to these exact parameters yet. */
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
 * Asks the engine and stays up to date. It asks again when the case's records change, and when the
 * parameters change, which cancels the previous question. `null` parameters ask nothing. `delayMs`
 * delays every question but the component's first, for values being typed or moved.
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
  const isSteady = steadyCommands.has(name);
  /** Returns the cached answer if nothing has changed since it came. */
  const upToDate = (): Held | null => {
    const kept = key === null || !isSteady ? undefined : cache.get(key);
    if (key === null || kept === undefined || kept.revision !== caseStore.getState().revision) return null;
    return { key, caseId, data: kept.data, error: null };
  };
  // A revisited view renders once, with what is known.
  const [held, setHeld] = useState<Held | null>(upToDate);
  const query = useRef<LiveQuery | null>(null);
  const hasAsked = useRef(false);
  // The effect must not run again for a new object with the same content.
  const latest = useRef(params);
  const latestUpToDate = useRef(upToDate);
  useEffect(() => {
    latest.current = params;
    latestUpToDate.current = upToDate;
  });

  useEffect(() => {
    if (key === null || latest.current === null) return;
    const asked = latest.current;
    const known = latestUpToDate.current();
    if (known !== null) setHeld((before) => (before?.key === known.key && before.data === known.data ? before : known));
    const live = liveQuery({
      name,
      busy,
      delayMs: hasAsked.current ? delayMs : 0,
      isAnswered: known !== null,
      fetch: async (signal) => {
        const asOf = caseStore.getState().revision;
        const ask = (cancel: AbortSignal) => client.call(name, asked, { signal: cancel });
        const data = await (isSteady ? cache.ask(key, asOf, signal, ask) : ask(signal));
        cache.set(key, asOf, data);
        return data;
      },
      onData: (data) => setHeld({ key, caseId, data, error: null }),
      onError: (error) =>
        setHeld((before) => ({ key, caseId, data: before?.key === key ? before.data : undefined, error })),
    });
    query.current = live;
    hasAsked.current = true;
    return () => {
      live.dispose();
      query.current = null;
    };
  }, [key, caseId, name, isSteady, delayMs, client, busy, cache, caseStore]);

  const answered = useRef(revision);
  useEffect(() => {
    if (answered.current !== revision) query.current?.refresh();
    answered.current = revision;
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
