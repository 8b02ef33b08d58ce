/**
 * The options of the facet bar: the values that the open list of a facet offers. They come from the
 * files, the processes and the mini-batches of the run, with counts from the global search.
 */
import { useMemo } from 'react';
import type { MiniBatchRow, Outcome, ProcessRow } from '../../../electron/contract/batch-records.ts';
import { facetRow } from '../../../electron/contract/facets.ts';
import type { FileRow } from '../../../electron/contract/file-records.ts';
import { type Facet, noFilter } from '../../state/filter.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useFacets } from '../../state/use-facets.ts';
import { failureFilter } from '../../state/use-failures.ts';
import type { FacetOption } from '../../widgets/facet-values.ts';
import { Mark } from '../../widgets/Mark.tsx';
import { fileValueOptions, kindOptions, nodeOptions, pidOptions } from './facet-options.ts';

/** The dropdown shows no more than this; other values can be typed. */
const MOST_MINI_BATCHES = 300;
const noFiles: readonly FileRow[] = [];
const noProcesses: readonly ProcessRow[] = [];
const noBatches: readonly MiniBatchRow[] = [];

export interface FacetOptions {
  of: (facet: Facet) => readonly FacetOption<string | number>[];
  /** Values or their counts are on their way. */
  isLoading: boolean;
}

/** `open` is the facet whose list is open; nothing is asked while it is null. */
export function useFacetOptions(open: Facet | null): FacetOptions {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const search = useGlobalSearch();
  const ofOpen = caseId === null || open === null ? null : { caseId };
  const hasFiles = open !== null && (open === 'pid' || facetRow(open).file !== null);
  const hasProcesses = open === 'node' || open === 'pid';
  const listed = useCommand('files.list', hasFiles ? ofOpen : null);
  const started = useCommand('processes.list', hasProcesses ? ofOpen : null);
  const files = (hasFiles && listed.data) || noFiles;
  const processes = (hasProcesses && started.data) || noProcesses;
  const counts = useFacets(search, open !== null);
  const isCountPending = counts === undefined && search.isReady && search.error === null;
  const miniBatches = useMiniBatchOptions(open === 'miniBatch' ? caseId : null);

  const isNodeNarrowed = filter.node.include.length > 0;
  const isPidNarrowed = filter.pid.include.length > 0 || isNodeNarrowed;
  const isKindNarrowed = filter.kind.include.length > 0;
  const nodes = useMemo(
    () => nodeOptions(files, processes, { facets: counts, isNarrowed: isNodeNarrowed }),
    [files, processes, counts, isNodeNarrowed],
  );
  const pids = useMemo(
    () => pidOptions(files, processes, { facets: counts, isNarrowed: isPidNarrowed }),
    [files, processes, counts, isPidNarrowed],
  );
  const kinds = useMemo(
    () => kindOptions(files, { facets: counts, isNarrowed: isKindNarrowed }),
    [files, counts, isKindNarrowed],
  );
  /**
   * Facets whose values are counted or come from tables. The values of all other facets come from
   * the files.
   */
  const known: Partial<Record<Facet, readonly FacetOption<string | number>[]>> = {
    node: nodes,
    pid: pids,
    miniBatch: miniBatches.options,
    kind: kinds,
  };
  return {
    of: (facet) => known[facet] ?? fileValueOptions(files, facet),
    isLoading: isCountPending || listed.isLoading || started.isLoading || miniBatches.isLoading,
  };
}

/** Returns the first mini-batches that other facets leave, those that went wrong before others. */
function useMiniBatchOptions(caseId: string | null) {
  const { node, pid, outcome } = useFilter((state) => state.filter);
  const whose = { ...noFilter, node, pid, outcome };
  const page = { sort: 'startUs', start: 0, count: MOST_MINI_BATCHES } as const;
  const all = useCommand('batches.page', caseId === null ? null : { caseId, filter: whose, ...page });
  const badFilter = failureFilter(whose);
  const bad = useCommand(
    'batches.page',
    caseId === null || badFilter === null ? null : { caseId, filter: badFilter, ...page },
  );
  const allRows = all.data?.rows ?? noBatches;
  const badRows = bad.data?.rows ?? noBatches;
  const options = useMemo(
    () =>
      // People mostly look for mini-batches that went wrong.
      [...badRows, ...allRows.filter((row) => !isBad(row.status))].map((row) => ({
        value: row.miniBatchId,
        label: row.miniBatchId,
        icon: <Mark of={{ outcome: row.status }} />,
      })),
    [badRows, allRows],
  );
  return { options, isLoading: all.isLoading || bad.isLoading };
}

const isBad = (outcome: Outcome) => outcome === 'failed' || outcome === 'timed_out';
