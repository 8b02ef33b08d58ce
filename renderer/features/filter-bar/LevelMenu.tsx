/**
 * The level menu narrows the filter to lines of a level or a higher one, or to the first line of
 * each record. It shows how many lines each level would leave.
 */
import { useState } from 'react';
import { levels } from '../../../electron/contract/line-records.ts';
import { formatCompact } from '../../base/format.ts';
import { levelLooks } from '../../base/looks.ts';
import { noFilter } from '../../state/filter.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useFacets } from '../../state/use-facets.ts';
import type { MenuItem } from '../../widgets/Menu.tsx';
import { MenuButton } from '../../widgets/MenuButton.tsx';
import { levelCounts } from './facet-options.ts';

export function LevelMenu() {
  const [isOpen, setIsOpen] = useState(false);
  const search = useGlobalSearch();
  const facets = useFacets(search, isOpen);
  const caseId = useCase((state) => state.caseId);
  const minLevel = useFilter((state) => state.filter.minLevel);
  const firstLines = useFilter((state) => state.filter.firstLines);
  const patch = useFilter((state) => state.patch);
  const isSearching = search.state !== null && search.error === null;
  const ofRun = isOpen && !isSearching && caseId !== null ? { caseId, filter: noFilter, buckets: 1 } : null;
  const activity = useCommand('timeline.activity', ofRun);
  const counts = levelCounts(facets, isSearching ? undefined : activity.data);
  const text = minLevel === null ? 'Level' : `≥ ${levelLooks[minLevel].word}`;
  const items: MenuItem[] = [
    {
      id: 'any',
      title: 'Any level',
      isChecked: minLevel === null,
      run: () => patch({ minLevel: null }),
    },
    ...levels.toReversed().map((level): MenuItem => {
      // The search did not count lower levels.
      const isCounted = minLevel === null || facets === undefined || levels.indexOf(level) >= levels.indexOf(minLevel);
      const count = isCounted ? counts?.get(level) : undefined;
      return {
        id: level,
        title: level === 'critical' ? levelLooks[level].word : `${levelLooks[level].word} and above`,
        isChecked: minLevel === level,
        keys: count === undefined ? undefined : formatCompact(count),
        run: () => patch({ minLevel: minLevel === level ? null : level }),
      };
    }),
    {
      id: 'first-lines',
      title: 'Only the first line of each record',
      isChecked: firstLines,
      startsGroup: true,
      run: () => patch({ firstLines: !firstLines }),
    },
  ];
  return (
    <MenuButton label={`${text}: lines of a level or a higher one`} items={items} align="end" onOpen={setIsOpen}>
      <span className={minLevel === null && !firstLines ? undefined : 'facet--active'}>{text}</span>
    </MenuButton>
  );
}
