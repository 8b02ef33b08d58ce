/**
 * A count over all lines of a search takes a while, and each answer says how far it is. The hook
 * asks again until the count is complete.
 */
import { useEffect } from 'react';
import type { CommandInput } from '../../electron/contract/contract.ts';
import type { HitCount } from '../../electron/contract/hits.ts';
import { useStores } from './StoresContext.tsx';
import { useCommand } from './use-command.ts';

const POLL_MS = 250;

export function useCounted<Name extends 'search.numbers' | 'search.templates' | 'search.templateValues'>(
  name: Name,
  params: CommandInput<Name> | null,
) {
  const { busy } = useStores();
  const answer = useCommand(name, params);
  const { refresh } = answer;
  const data = answer.data as unknown as HitCount | undefined;
  const isCounting = params !== null && data !== undefined && !data.complete;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer triggers the next question
  useEffect(() => {
    if (!isCounting) return;
    const end = busy.begin(name);
    const timer = setTimeout(refresh, POLL_MS);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [isCounting, data, name, busy]);
  return answer;
}
