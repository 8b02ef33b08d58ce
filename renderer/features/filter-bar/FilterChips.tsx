/**
 * A filter chip names one active part of the filter and can remove it. The row of chips keeps its
 * height while no filter is on, so that nothing moves when a chip comes or goes. `chip-list.ts`
 * decides what becomes a chip.
 */
import { safeText } from '../../base/safe-text.ts';
import { activeParts, noFilter } from '../../state/filter.ts';
import { useFilter, useNavigation, useView } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { Chip } from '../../widgets/Chip.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { chipList } from './chip-list.ts';
import './filter-chips.css';

export function FilterChips() {
  const filter = useFilter((state) => state.filter);
  const navigation = useNavigation();
  const zone = useView((state) => state.zone);
  const chips = chipList(filter, zone);
  const hasText = activeParts(filter).includes('query');
  if (chips.length === 0) {
    return (
      <section className="filter-chips filter-chips--none" aria-label="Filters">
        {!hasText && <span className="faint">No filter: the whole run</span>}
      </section>
    );
  }
  return (
    <section className="filter-chips" aria-label="Filters" data-region="filters">
      <ul className="filter-chips__list" aria-label="Filters that are on">
        {chips.map((chip) => {
          const label = `${chip.name}${chip.isNot ? ' not' : ''} ${safeText(chip.text)}`;
          return (
            <li key={chip.id}>
              <Chip
                label={label}
                isNot={chip.isNot}
                title={label}
                onRemove={() => navigation.navigate({ filter: chip.without })}
              >
                <span className="soft">
                  {chip.name}
                  {chip.isNot && ' not'}
                </span>{' '}
                <SafeText text={chip.text} />
              </Chip>
            </li>
          );
        })}
      </ul>
      <Button tone="quiet" className="filter-chips__clear" onClick={() => navigation.navigate({ filter: noFilter })}>
        {hasText ? 'Clear all and the text' : 'Clear all'}
      </Button>
    </section>
  );
}
