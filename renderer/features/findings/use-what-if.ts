/**
 * The what-if asks what another timeout and number of tries would have done. Both are the
 * configured ones until a person chooses others.
 */
import { useMemo, useState } from 'react';
import { recordFilter } from '../../state/record-filter.ts';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { sliderScale } from './findings-model.ts';

const USUAL_TIMEOUT = 60;
const USUAL_TRIES = 3;
export const MOST_TRIES = 10;

export function useWhatIf() {
  const caseId = useCase((state) => state.caseId);
  const configuredTries = useCase((state) => Number(state.info?.settings.run_max_try ?? USUAL_TRIES) || USUAL_TRIES);
  const filter = useFilter((state) => state.filter);
  const [chosen, setChosen] = useState<number | null>(null);
  const [tries, setTries] = useState<number | null>(null);
  const [known, setKnown] = useState<number | null>(null);
  const maxTries = tries ?? Math.min(MOST_TRIES, configuredTries);
  const timeoutSeconds = chosen ?? known ?? USUAL_TIMEOUT;
  const { data, error } = useCommand(
    'analysis.whatIf',
    caseId === null ? null : { caseId, filter: recordFilter(filter), timeoutSeconds, maxTries },
  );
  const configured = data?.configuredTimeoutSeconds ?? null;
  if (configured !== null && configured !== known) setKnown(configured);
  const curve = data?.curve;
  const longest = curve?.at(-1)?.seconds ?? USUAL_TIMEOUT;
  const scale = useMemo(
    () => sliderScale((curve?.[0]?.seconds ?? 1) / 2, Math.max(longest, configured ?? 0) * 1.2),
    [curve, longest, configured],
  );
  const reset = () => {
    setChosen(null);
    setTries(null);
  };
  return {
    data,
    error,
    /** How many attempts have a duration. */
    attempts: curve?.[0]?.cut ?? 0,
    scale,
    timeoutSeconds,
    maxTries,
    configured: { timeoutSeconds: configured, tries: configuredTries },
    isChosen: chosen !== null || tries !== null,
    setTimeoutSeconds: setChosen,
    setTries,
    reset,
  };
}
