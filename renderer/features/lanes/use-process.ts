/** The detail of one worker process: what the engine knows of its life and work. */
import type { ProcessDetail } from '../../../electron/contract/analysis.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';

/** Returns the detail, or null until the answer arrives. */
export function useProcessDetail(processId: number | null): ProcessDetail | null {
  const caseId = useCase((state) => state.caseId);
  const { data } = useCommand('analysis.process', caseId === null || processId === null ? null : { caseId, processId });
  return data?.lane.processId === processId ? data : null;
}
