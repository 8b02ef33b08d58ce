/** The Show menu chooses how the graphs are drawn: their scale, their events and their order. */
import { MenuButton } from '../../widgets/MenuButton.tsx';
import { useResourcesState } from './resources-state.ts';

export function ShowMenu() {
  const { isShared, hasEvents, order, set } = useResourcesState();
  const items = [
    {
      id: 'shared',
      title: 'One scale for all rows',
      isChecked: isShared,
      run: () => set({ isShared: !isShared }),
    },
    {
      id: 'events',
      title: 'Attempts and failures',
      isChecked: hasEvents,
      run: () => set({ hasEvents: !hasEvents }),
    },
    {
      id: 'name',
      title: 'By name',
      isChecked: order === 'name',
      startsGroup: true,
      run: () => set({ order: 'name' }),
    },
    {
      id: 'max',
      title: 'Highest maximum first',
      isChecked: order === 'max',
      run: () => set({ order: 'max' }),
    },
  ];
  return (
    <MenuButton label="Show: how the graphs are drawn" items={items}>
      Show
    </MenuButton>
  );
}
