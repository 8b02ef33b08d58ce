import { safeText } from '../../base/safe-text.ts';
import { activeParts, noFilter } from '../../state/filter.ts';
import { useFilter, useNavigation, useView } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { Chip } from '../../widgets/Chip.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { chipList } from './chip-list.ts';
import './filter-chips.css';

/**
 * All filters that are on; there is no row while there are none. It stands below the time strip, so that nothing moves under
 * the hand that has just drawn a range on it.
 */
export function FilterChips() {
  const filter = useFilter((state) => state.filter);
  const navigation = useNavigation();
  const zone = useView((state) => state.zone);
  const chips = chipList(filter, zone);
  if (chips.length === 0) return null;
  const hasMore = activeParts(filter).includes('query');
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
        {hasMore ? 'Clear all and the text' : 'Clear all'}
      </Button>
    </section>
  );
}
