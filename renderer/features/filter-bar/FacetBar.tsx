/**
 * The facet bar has one control for each facet that a person picks by hand, and one for the level.
 * Each lists its values with their number of lines, which the engine counts when a list opens.
 */
import { useState } from 'react';
import { facetRow, parseFacetValue } from '../../../electron/contract/facets.ts';
import type { Facet, FacetValue } from '../../state/filter.ts';
import { facets } from '../../state/filter.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useFilter } from '../../state/StoresContext.tsx';
import { FacetDropdown } from '../../widgets/FacetDropdown.tsx';
import { LevelMenu } from './LevelMenu.tsx';
import { useFacetOptions } from './use-facet-options.tsx';

/** People pick outcomes in the views that draw them, and paths in the tree. */
const barFacets = facets.filter((facet) => facet !== 'outcome' && facet !== 'file');
/** Lines have too many values to list them all, so a value can be typed. */
const typedValue = (facet: Facet) => (text: string) => (text === '' ? null : parseFacetValue(facet, text));

export function FacetBar() {
  const filter = useFilter((state) => state.filter);
  const toggle = useFilter((state) => state.toggle);
  const lift = useFilter((state) => state.lift);
  const { isRunning } = useGlobalSearch();
  const [open, setOpen] = useState<Facet | null>(null);
  const options = useFacetOptions(open);
  return (
    <div className="facet-bar">
      {barFacets.map((facet) => (
        <FacetDropdown<string | number>
          key={facet}
          label={facetRow(facet).label}
          options={options.of(facet)}
          {...(facetRow(facet).line === null ? {} : { parse: typedValue(facet) })}
          include={filter[facet].include}
          exclude={filter[facet].exclude}
          onToggle={(value, side) => toggle(facet, value as FacetValue<Facet>, side)}
          onClear={() => lift(facet)}
          onOpen={(isOpen) => setOpen((now) => (isOpen ? facet : now === facet ? null : now))}
          isCounting={isRunning}
          isLoading={options.isLoading}
        />
      ))}
      <LevelMenu />
    </div>
  );
}
