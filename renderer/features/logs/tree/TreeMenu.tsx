/**
 * The tree menu offers the actions on a row of the tree: open a file or put it beside the open one,
 * merge the files of a branch, filter by it, open and close branches.
 */
import { ChevronsDownUp, ChevronsUpDown, Columns2, Combine, Copy, Filter, ScrollText } from 'lucide-react';
import { formatCount } from '../../../base/format.ts';
import { safeText } from '../../../base/safe-text.ts';
import { onlyFacetValue } from '../../../state/filter.ts';
import { useStores } from '../../../state/StoresContext.tsx';
import { Menu, type MenuItem } from '../../../widgets/Menu.tsx';
import type { Box } from '../../../widgets/place-at.ts';
import { writeClipboard } from '../../../widgets/row-listing.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { valueActions } from '../../../widgets/value-actions.tsx';
import type { TreeRow } from './tree-model.ts';

export interface TreeMenuProps {
  at: Box;
  row: TreeRow;
  onClose: () => void;
  onOpen: (fileId: number) => void;
  onMerge: (fileIds: readonly number[], title: string) => void;
  onBeside: (fileId: number) => void;
  onToggleAll: (isExpanded: boolean) => void;
}

export function TreeMenu({ at, row, onClose, onOpen, onMerge, onBeside, onToggleAll }: TreeMenuProps) {
  const stores = useStores();
  const items: MenuItem[] = [];
  const { file, group } = row;
  if (file !== null) {
    items.push({
      id: 'open',
      title: 'Show its lines',
      icon: <ScrollText size={14} />,
      run: () => onOpen(file.fileId),
    });
    items.push({
      id: 'beside',
      title: 'Show it beside the open file',
      icon: <Columns2 size={14} />,
      run: () => onBeside(file.fileId),
    });
    items.push(...valueActions({ of: 'file', path: file.path, fileId: file.fileId }, stores).filter(isOfFilter));
    items.push({
      id: 'copy-path',
      title: 'Copy its path',
      icon: <Copy size={14} />,
      run: () => writeClipboard(stores, file.path, `Copied ${safeText(file.path)}`),
    });
  } else {
    items.push({
      id: 'merge',
      title: `Merge ${formatCount(row.fileIds.length, 'file')} by time`,
      icon: <Combine size={14} />,
      isDisabled: row.fileIds.length < 2,
      run: () => onMerge(row.fileIds, row.label),
    });
    if (group?.of === 'node') items.push(...valueActions(group, stores).filter(isOfFilter));
    if (group?.of === 'process') items.push(...valueActions(group, stores).filter(isOfFilter));
    if (group?.of === 'kind') items.push(...valueActions(group, stores).filter(isOfFilter));
    if (group?.of === 'folder') {
      const { path } = group;
      items.push({
        id: 'only',
        title: 'Only this',
        icon: <Filter size={14} />,
        run: () =>
          stores.navigation.navigate({
            filter: onlyFacetValue(stores.filter.getState().filter, 'file', `${path}/**`),
          }),
      });
    }
  }
  items.push({
    id: 'open-all',
    title: 'Open all branches',
    icon: <ChevronsUpDown size={14} />,
    startsGroup: true,
    run: () => onToggleAll(true),
  });
  items.push({
    id: 'close-all',
    title: 'Close all branches',
    icon: <ChevronsDownUp size={14} />,
    run: () => onToggleAll(false),
  });
  return (
    <Menu
      at={at}
      label={`Actions for ${safeText(row.label)}`}
      title={<SafeText text={row.label} />}
      items={items}
      onClose={onClose}
    />
  );
}

const isOfFilter = (item: MenuItem) => item.id === 'only' || item.id === 'not';
