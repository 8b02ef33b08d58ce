/**
 * The selected worker process: its lane, what the engine knows of its life and work, and its log
 * files.
 */
import type { Lane, ProcessDetail } from '../../../electron/contract/analysis.ts';
import type { FileRow } from '../../../electron/contract/file-records.ts';
import { useCase, useSelection } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { laneOf } from './use-lanes.ts';

const MOST_LANES = 10_000;

/** Returns the lane of the selected process. A node's supervisor, for example, has none. */
export function useSelectedLane(): { lane: Lane | undefined; isLoading: boolean } {
  const caseId = useCase((state) => state.caseId);
  const key = useSelection((state) => state.process);
  const timeUs = useSelection((state) => state.timeUs);
  const isAsked = caseId !== null && key !== null;
  const { data, isLoading } = useCommand(
    'analysis.lanes',
    isAsked ? { caseId, filter: { node: { include: [key.node] } }, width: 1, start: 0, count: MOST_LANES } : null,
  );
  const lanes = data?.lanes ?? [];
  const lane = key === null ? undefined : lanes[laneOf(lanes, key.node, key.pid, key.process, timeUs)];
  return { lane, isLoading };
}

/** Returns the detail, or null until the answer arrives. */
export function useProcessDetail(processId: number | null): ProcessDetail | null {
  const caseId = useCase((state) => state.caseId);
  const { data } = useCommand('analysis.process', caseId === null || processId === null ? null : { caseId, processId });
  return data?.lane.processId === processId ? data : null;
}

/** Returns the log files of the process of a lane. */
export function useProcessFiles(lane: Lane | undefined): FileRow[] {
  const caseId = useCase((state) => state.caseId);
  const { data: processes } = useCommand('processes.list', caseId === null ? null : { caseId });
  const { data: files } = useCommand('files.list', caseId === null ? null : { caseId });
  const row = processes?.find(
    ({ node, pid, process }) => node === lane?.node && pid === lane.pid && process === lane.process,
  );
  return (row?.files ?? []).flatMap((id) => files?.find((file) => file.fileId === id) ?? []);
}
