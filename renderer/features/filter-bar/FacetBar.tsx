import { useEffect, useMemo, useState } from 'react';
import type { FileRow, Outcome, ProcessRow } from '../../../electron/contract/records.ts';
import type { Facet, FacetValue } from '../../state/filter.ts';
import { noFilter } from '../../state/filter.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { failureFilter } from '../../state/use-failures.ts';
import { FacetDropdown } from '../../widgets/FacetDropdown.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import { kindOptions, nodeOptions, pidOptions } from './facet-options.ts';
import { LevelMenu } from './LevelMenu.tsx';

/** As many as the dropdown shows; others are typed. */
const MOST_MINI_BATCHES = 300;
const noFiles: readonly FileRow[] = [];
const noProcesses: readonly ProcessRow[] = [];

/** Node, PID, mini-batch, kind and level as controls, with the lines that each value has. Values are asked for when their list opens. */
export function FacetBar() {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const toggle = useFilter((state) => state.toggle);
  const lift = useFilter((state) => state.lift);
  const search = useGlobalSearch();
  const [open, setOpen] = useState<Facet | null>(null);
  const ofOpen = caseId === null || open === null ? null : { caseId };
  const hasFiles = open === 'node' || open === 'pid' || open === 'kind';
  const hasProcesses = open === 'node' || open === 'pid';
  const listed = useCommand('files.list', hasFiles ? ofOpen : null);
  const started = useCommand('processes.list', hasProcesses ? ofOpen : null);
  const files = (hasFiles && listed.data) || noFiles;
  const processes = (hasProcesses && started.data) || noProcesses;
  const searchId = search.error === null ? search.state?.searchId : undefined;
  const facets = useCommand('search.facets', searchId === undefined ? null : { searchId });
  const counts = searchId === undefined ? undefined : facets.data;
  const { node, pid, outcome } = filter;
  const known = { ...noFilter, node, pid, outcome };
  const page = { sort: 'startUs', start: 0, count: MOST_MINI_BATCHES } as const;
  const ofBatches = open === 'miniBatch' ? ofOpen : null;
  const batches = useCommand('batches.page', ofBatches && { ...ofBatches, filter: known, ...page });
  const badFilter = failureFilter(known);
  const bad = useCommand('batches.page', badFilter && ofBatches && { ...ofBatches, filter: badFilter, ...page });

  const { refresh } = facets;
  const matches = search.state?.matches;
  const isComplete = search.state?.complete;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was counted since is the reason to ask again
  useEffect(() => {
    if (searchId !== undefined) refresh();
  }, [matches, isComplete]);

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
      // Those that went wrong are what is looked for.
      [...(bad.data?.rows ?? []), ...(batches.data?.rows ?? []).filter((row) => !isBad(row.status))].map((row) => ({
        value: row.miniBatchId,
        label: row.miniBatchId,
        icon: <Mark of={{ outcome: row.status }} />,
      })),
    [bad.data, batches.data],
  );
  const propsOf = <F extends Facet>(facet: F) => ({
    include: filter[facet].include as FacetValue<F>[],
    exclude: filter[facet].exclude as FacetValue<F>[],
    onToggle: (value: FacetValue<F>, side: 'include' | 'exclude') => toggle(facet, value, side),
    onClear: () => lift(facet),
    onOpen: (isOpen: boolean) => setOpen((now) => (isOpen ? facet : now === facet ? null : now)),
    isCounting: search.isRunning,
    isLoading: [listed, started, batches, bad].some((each) => each.isLoading),
  });
  return (
    <div className="facet-bar">
      <FacetDropdown label="Node" options={nodes} {...propsOf('node')} />
      <FacetDropdown label="PID" options={pids} parse={parsePid} {...propsOf('pid')} />
      <FacetDropdown label="Mini-batch" options={miniBatches} parse={parseText} {...propsOf('miniBatch')} />
      <FacetDropdown label="Kind" options={kinds} {...propsOf('kind')} />
      <LevelMenu facets={counts} />
    </div>
  );
}

const isBad = (outcome: Outcome) => outcome === 'failed' || outcome === 'timed_out';
const parsePid = (text: string) => (/^\d{1,10}$/.test(text) ? Number(text) : null);
const parseText = (text: string) => (text === '' ? null : text);
