/**
 * The filter bar stands above every view and holds the window's one filter: the search box, the
 * count of its lines, and the facets. It also answers the command that clears the filter.
 */
import { activeParts, noFilter } from '../../state/filter.ts';
import { useAction, useFilter, useNavigation } from '../../state/StoresContext.tsx';
import { FacetBar } from './FacetBar.tsx';
import { SearchBox } from './SearchBox.tsx';
import { SearchCount } from './SearchCount.tsx';
import './filter-bar.css';

export function FilterBar() {
  const navigation = useNavigation();
  const isOn = useFilter((state) => activeParts(state.filter).length > 0);
  const clear = () => {
    // This is a step of its own, so that Back restores the filter.
    navigation.navigate({ filter: noFilter });
    return true;
  };
  useAction('clear-filter', isOn ? clear : null);
  return (
    <search className="filter-bar" data-region="filter">
      <SearchBox />
      <SearchCount />
      <FacetBar />
    </search>
  );
}
