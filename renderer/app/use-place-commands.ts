/**
 * Place commands go to everything in the run that has a name: nodes, processes by name and pid,
 * error groups, files, searches.
 */
import { useMemo } from 'react';
import type { Signature } from '../../electron/contract/analysis.ts';
import type { ProcessRow } from '../../electron/contract/batch-records.ts';
import type { FileRow } from '../../electron/contract/file-records.ts';
import { formatCount } from '../base/format.ts';
import { safeText } from '../base/safe-text.ts';
import { useCase, useNotebook, useSearches, useStores } from '../state/StoresContext.tsx';
import type { Step } from '../state/step.ts';
import { useCommand } from '../state/use-command.ts';
import { useSignatures } from '../state/use-signatures.ts';
import type { PaletteCommand } from '../widgets/CommandPalette.tsx';

const noFiles: readonly FileRow[] = [];
const noProcesses: readonly ProcessRow[] = [];
const noGroups: readonly Signature[] = [];

export function usePlaceCommands(): PaletteCommand[] {
  const { navigation } = useStores();
  const caseId = useCase((state) => state.caseId);
  const of = caseId === null ? null : { caseId };
  const { data: files = noFiles } = useCommand('files.list', of);
  const { data: processes = noProcesses } = useCommand('processes.list', of);
  const { data: groups = noGroups } = useSignatures();
  const recent = useSearches((state) => state.recent);
  const saved = useNotebook((state) => state.searches);
  return useMemo(() => {
    const go = (id: string, group: string, title: string, step: Step): PaletteCommand => ({
      id: `${group} ${id}`,
      group,
      title: safeText(title),
      run: () => navigation.navigate(step),
    });
    const nodes = [...new Set(processes.map(({ node }) => node))];
    return [
      ...nodes.map((node) => go(node, 'Node', node, { drawer: true, selection: { node, detail: 'node' } })),
      ...processes.map(({ node, process, pid }) =>
        go(`${node} ${process} ${pid}`, 'Process', `${process ?? 'process'} · pid ${pid ?? '–'} · ${node}`, {
          drawer: true,
          selection: { process: { node, process, pid }, detail: 'process' },
        }),
      ),
      ...groups.map((group) =>
        go(group.id, 'Error', `${group.chain.at(-1) ?? group.template} · ${formatCount(group.count, 'line')}`, {
          view: 'errors',
          selection: { error: group.id, detail: 'error' },
        }),
      ),
      ...saved.map((search, index) =>
        go(`saved ${index}`, 'Saved search', search.query, { view: 'logs', filter: search }),
      ),
      ...recent.map((search, index) => go(`recent ${index}`, 'Search', search.query, { view: 'logs', filter: search })),
      ...files.map((file) =>
        go(String(file.fileId), 'File', file.path, {
          view: 'logs',
          selection: { line: { fileId: file.fileId, line: 1 }, detail: 'line' },
        }),
      ),
    ];
  }, [files, processes, groups, recent, saved, navigation]);
}
