/**
 * Chosen runs are the runs that a query covers together, instead of the open one. The runs view and
 * the query view share the choice.
 */
import { create } from 'zustand';
import type { EngineClient } from '../../electron/contract/client.ts';
import { PostrunError } from '../../electron/contract/errors.ts';

export interface ChosenRun {
  /** Source and root, as `case.open` takes them. */
  path: string;
  root: string;
  /** The run's id in the column `run`. */
  run: string;
}

interface ChosenRuns {
  /** Empty for the open run alone. */
  runs: readonly ChosenRun[];
  choose: (runs: readonly ChosenRun[]) => void;
}

export const useChosenRuns = create<ChosenRuns>()((set) => ({ runs: [], choose: (runs) => set({ runs }) }));

const LOOK_MS = 300;

/**
 * Opens a run and waits until it is fully indexed. The caller closes the case. Throws {@link
 * PostrunError}.
 */
export async function openIndexed(
  client: EngineClient,
  { path, root }: Pick<ChosenRun, 'path' | 'root'>,
  isStopped: () => boolean,
): Promise<string> {
  const { caseId } = await client.call('case.open', { path, root });
  try {
    for (;;) {
      const { phase, message } = await client.call('case.progress', { caseId });
      if (phase === 'complete') return caseId;
      if (phase === 'failed')
        throw new PostrunError('environment', 'indexing_failed', message ?? 'It could not be read.', { where: path });
      if (phase === 'cancelled')
        throw new PostrunError('cancelled', 'cancelled', 'Opening the run was stopped.', { where: path });
      if (isStopped()) await client.call('case.cancel', { caseId });
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } catch (error) {
    await client.call('case.close', { caseId });
    throw error;
  }
}

const keyOf = ({ path, root }: Pick<ChosenRun, 'path' | 'root'>) => `${path}\n${root}`;
/** Cases kept open for queries, by run. */
const held = new Map<string, string>();

/** Returns the case of a run that {@link holdRuns} opened. */
export function heldCase(run: Pick<ChosenRun, 'path' | 'root'>): string | null {
  return held.get(keyOf(run)) ?? null;
}

/**
 * Forgets all held cases after the engine restarted or closed them. The next query opens them
 * again.
 */
export function forgetHeld(): void {
  held.clear();
}

/**
 * Opens these runs and keeps them open until others are held instead. Returns their cases in the
 * same order.
 */
export async function holdRuns(
  client: EngineClient,
  runs: readonly ChosenRun[],
  onOpened: (done: number) => void,
  isStopped: () => boolean,
): Promise<string[]> {
  const wanted = new Set(runs.map(keyOf));
  for (const [key, caseId] of [...held]) {
    if (wanted.has(key)) continue;
    held.delete(key);
    await client.call('case.close', { caseId });
  }
  const caseIds: string[] = [];
  for (const run of runs) {
    if (isStopped()) throw new PostrunError('cancelled', 'sql_stopped', 'The query was stopped.');
    const caseId = heldCase(run) ?? (await openIndexed(client, run, isStopped));
    held.set(keyOf(run), caseId);
    caseIds.push(caseId);
    onOpened(caseIds.length);
  }
  return caseIds;
}
