/**
 * The data of “What happened”: the engine's answers for its parts. Stragglers and quartiles follow
 * the filter; the others cover the whole run. `WhatIfPart` and `RerunPart` ask for their own data.
 */
import { recordFilter } from '../../state/record-filter.ts';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';

export function useFindings() {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const whole = caseId === null ? null : { caseId };
  const filtered = caseId === null ? null : { caseId, filter: recordFilter(filter) };
  return {
    completeness: useCommand('analysis.completeness', whole),
    findings: useCommand('analysis.findings', whole),
    advice: useCommand('analysis.advice', whole),
    stragglers: useCommand('analysis.stragglers', filtered),
    quartiles: useCommand('analysis.quartiles', filtered),
    inits: useCommand('analysis.inits', whole),
    budget: useCommand('analysis.errorBudget', whole),
    ledger: useCommand('analysis.ledger', whole),
    lifeCycle: useCommand('analysis.lifeCycle', whole),
    counted: useCommand('analysis.counted', whole),
  };
}
