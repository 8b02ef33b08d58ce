/**
 * Value actions lead from a value to everything connected with it: filter by it, copy it, show its
 * lines. They are the same everywhere, so a person learns them once.
 */
import { Copy, Filter as FilterIcon, FilterX, Grid2x2, LineChart, ScrollText, Server } from 'lucide-react';
import type { Outcome } from '../../electron/contract/batch-records.ts';
import type { FileKind } from '../../electron/contract/file-records.ts';
import type { Level } from '../../electron/contract/line-records.ts';
import { safeText } from '../base/safe-text.ts';
import { type Facet, type FacetValue, onlyFacetValue, toggleFacetValue } from '../state/filter.ts';
import type { Stores } from '../state/stores.ts';
import type { MenuItem } from './Menu.tsx';
import { writeClipboard } from './row-listing.ts';

/** A value that appears in the window, and what it is a value of. */
export type ValueOf =
  | { of: 'node'; node: string }
  | { of: 'process'; node: string; pid: number | null; process: string | null }
  | { of: 'miniBatch'; miniBatchId: string }
  | { of: 'kind'; kind: FileKind }
  | { of: 'outcome'; outcome: Outcome }
  | { of: 'level'; level: Level }
  | { of: 'file'; path: string; fileId: number }
  | { of: 'time'; timeUs: number }
  | { of: 'text'; text: string };

export function valueText(value: ValueOf): string {
  switch (value.of) {
    case 'node':
      return value.node;
    case 'process':
      return value.pid === null ? (value.process ?? '') : String(value.pid);
    case 'miniBatch':
      return value.miniBatchId;
    case 'kind':
      return value.kind;
    case 'outcome':
      return value.outcome;
    case 'level':
      return value.level;
    case 'file':
      return value.path;
    case 'time':
      return new Date(value.timeUs / 1000).toISOString();
    case 'text':
      return value.text;
  }
}

export function valueActions(value: ValueOf, stores: Stores): MenuItem[] {
  const { filter } = stores.filter.getState();
  const { navigate } = stores.navigation;
  const only = (next: typeof filter) => navigate({ filter: next });
  const items: MenuItem[] = [];
  const onlyNot = (onlyThis: typeof filter, notThis: typeof filter | null) => {
    items.push({ id: 'only', title: 'Only this', icon: <FilterIcon size={14} />, run: () => only(onlyThis) });
    if (notThis !== null)
      items.push({ id: 'not', title: 'Not this', icon: <FilterX size={14} />, run: () => only(notThis) });
  };
  const not = <F extends Facet>(facet: F, each: FacetValue<F>) =>
    filter[facet].exclude.some((out) => out === each) ? filter : toggleFacetValue(filter, facet, each, 'exclude');

  if (value.of === 'node') onlyNot(onlyFacetValue(filter, 'node', value.node), not('node', value.node));
  if (value.of === 'process' && value.pid !== null) {
    onlyNot(onlyFacetValue(onlyFacetValue(filter, 'node', value.node), 'pid', value.pid), not('pid', value.pid));
  }
  if (value.of === 'miniBatch')
    onlyNot(onlyFacetValue(filter, 'miniBatch', value.miniBatchId), not('miniBatch', value.miniBatchId));
  if (value.of === 'kind') onlyNot(onlyFacetValue(filter, 'kind', value.kind), not('kind', value.kind));
  if (value.of === 'outcome') onlyNot(onlyFacetValue(filter, 'outcome', value.outcome), not('outcome', value.outcome));
  if (value.of === 'file') onlyNot(onlyFacetValue(filter, 'file', value.path), not('file', value.path));
  if (value.of === 'level') onlyNot({ ...filter, minLevel: value.level }, null);
  if (value.of === 'text') {
    const quoted = `"${value.text.replaceAll('"', '')}"`;
    onlyNot(
      { ...filter, mode: 'words', query: quoted },
      { ...filter, mode: 'words', query: `${filter.query} -${quoted}`.trim() },
    );
  }

  items.push({
    id: 'copy',
    title: 'Copy',
    icon: <Copy size={14} />,
    run: () => writeClipboard(stores, valueText(value), `Copied ${safeText(valueText(value)).slice(0, 80)}`),
  });

  const show = (id: string, title: string, icon: MenuItem['icon'], run: () => void) =>
    items.push({ id, title, icon, startsGroup: !items.some((item) => item.startsGroup === true), run });
  if (value.of === 'node') {
    show('lines', 'Show its lines', <ScrollText size={14} />, () =>
      navigate({ view: 'logs', filter: onlyFacetValue(filter, 'node', value.node) }),
    );
    show('graph', 'Show on the graph', <LineChart size={14} />, () =>
      navigate({ view: 'resources', selection: { node: value.node, detail: 'node' } }),
    );
  }
  if (value.of === 'process') {
    const { node, pid, process } = value;
    if (pid !== null) {
      const filtered = onlyFacetValue(onlyFacetValue(filter, 'node', node), 'pid', pid);
      show('lines', 'Show its lines', <ScrollText size={14} />, () => navigate({ view: 'logs', filter: filtered }));
    }
    show('process', 'Show the process', <Server size={14} />, () =>
      navigate({ drawer: true, selection: { process: { node, pid, process }, detail: 'process' } }),
    );
    show('graph', 'Show on the graph', <LineChart size={14} />, () =>
      navigate({ view: 'resources', selection: { node, process: { node, pid, process } } }),
    );
  }
  if (value.of === 'miniBatch') {
    const { miniBatchId } = value;
    show('lines', 'Show its lines', <ScrollText size={14} />, () =>
      navigate({ view: 'logs', filter: onlyFacetValue(filter, 'miniBatch', miniBatchId) }),
    );
    show('mini-batch', 'Show the mini-batch', <Grid2x2 size={14} />, () =>
      navigate({ drawer: true, selection: { miniBatchId, detail: 'miniBatch' } }),
    );
  }
  if (value.of === 'file') {
    show('lines', 'Show its lines', <ScrollText size={14} />, () =>
      navigate({ view: 'logs', selection: { line: { fileId: value.fileId, line: 1 }, detail: null } }),
    );
  }
  if (value.of === 'time') {
    show('graph', 'Show on the graph', <LineChart size={14} />, () =>
      navigate({ view: 'resources', selection: { timeUs: value.timeUs } }),
    );
    show('lines', 'Show the lines of this time', <ScrollText size={14} />, () =>
      navigate({ view: 'logs', selection: { timeUs: value.timeUs, line: null } }),
    );
  }
  return items;
}
