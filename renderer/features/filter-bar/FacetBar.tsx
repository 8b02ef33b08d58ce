/**
 * The facet bar has one control for each facet that a person picks by hand, and one for the level.
 * Each lists its values with their number of lines, which the engine counts when a list opens.
 */
import { useMemo, useState } from 'react';
import { facetRow, parseFacetValue } from '../../../electron/contract/facets.ts';
import type { FileRow, Outcome, ProcessRow } from '../../../electron/contract/records.ts';
import type { Facet, FacetValue } from '../../state/filter.ts';
import { facets, noFilter } from '../../state/filter.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useFacets } from '../../state/use-facets.ts';
import { failureFilter } from '../../state/use-failures.ts';
import { FacetDropdown } from '../../widgets/FacetDropdown.tsx';
import type { FacetOption } from '../../widgets/facet-values.ts';
import { Mark } from '../../widgets/Mark.tsx';
import { fileValueOptions, kindOptions, nodeOptions, pidOptions } from './facet-options.ts';
import { LevelMenu } from './LevelMenu.tsx';

/** The dropdown shows no more than this; other values can be typed. */
const MOST_MINI_BATCHES = 300;
/** People pick outcomes in the views that draw them, and paths in the tree. */
const barFacets = facets.filter((facet) => facet !== 'outcome' && facet !== 'file');
/** Lines have too many values to list them all, so a value can be typed. */
const typedValue = (facet: Facet) => (text: string) => (text === '' ? null : parseFacetValue(facet, text));
const noFiles: readonly FileRow[] = [];
const noProcesses: readonly ProcessRow[] = [];

export function FacetBar() {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const toggle = useFilter((state) => state.toggle);
  const lift = useFilter((state) => state.lift);
  const search = useGlobalSearch();
  const [open, setOpen] = useState<Facet | null>(null);
  const ofOpen = caseId === null || open === null ? null : { caseId };
  const hasFiles = open !== null && (open === 'pid' || facetRow(open).file !== null);
  const hasProcesses = open === 'node' || open === 'pid';
  const listed = useCommand('files.list', hasFiles ? ofOpen : null);
  const started = useCommand('processes.list', hasProcesses ? ofOpen : null);
  const files = (hasFiles && listed.data) || noFiles;
  const processes = (hasProcesses && started.data) || noProcesses;
  const counts = useFacets(search, open !== null);
  const isCountPending = counts === undefined && search.isReady && search.error === null;
  const { node, pid, outcome } = filter;
  const whose = { ...noFilter, node, pid, outcome };
  const page = { sort: 'startUs', start: 0, count: MOST_MINI_BATCHES } as const;
  const ofBatches = open === 'miniBatch' ? ofOpen : null;
  const batches = useCommand('batches.page', ofBatches && { ...ofBatches, filter: whose, ...page });
  const badFilter = failureFilter(whose);
  const bad = useCommand('batches.page', badFilter && ofBatches && { ...ofBatches, filter: badFilter, ...page });

  const isNodeNarrowed = node.include.length > 0;
  const isPidNarrowed = pid.include.length > 0 || isNodeNarrowed;
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
  const miniBatches = useMemo(
    () =>
      // People mostly look for mini-batches that went wrong.
      [...(bad.data?.rows ?? []), ...(batches.data?.rows ?? []).filter((row) => !isBad(row.status))].map((row) => ({
        value: row.miniBatchId,
        label: row.miniBatchId,
        icon: <Mark of={{ outcome: row.status }} />,
      })),
    [bad.data, batches.data],
  );
  /**
   * Facets whose values are counted or come from tables. The values of all other facets come from
   * the files.
   */
  const known: Partial<Record<Facet, readonly FacetOption<string | number>[]>> = {
    node: nodes,
    pid: pids,
    miniBatch: miniBatches,
    kind: kinds,
  };
  return (
    <div className="facet-bar">
      {barFacets.map((facet) => (
        <FacetDropdown<string | number>
          key={facet}
          label={facetRow(facet).label}
          options={known[facet] ?? fileValueOptions(files, facet)}
          {...(facetRow(facet).line === null ? {} : { parse: typedValue(facet) })}
          include={filter[facet].include}
          exclude={filter[facet].exclude}
          onToggle={(value, side) => toggle(facet, value as FacetValue<Facet>, side)}
          onClear={() => lift(facet)}
          onOpen={(isOpen) => setOpen((now) => (isOpen ? facet : now === facet ? null : now))}
          isCounting={search.isRunning}
          isLoading={isCountPending || [listed, started, batches, bad].some((each) => each.isLoading)}
        />
      ))}
      <LevelMenu />
    </div>
  );
}

const isBad = (outcome: Outcome) => outcome === 'failed' || outcome === 'timed_out';
