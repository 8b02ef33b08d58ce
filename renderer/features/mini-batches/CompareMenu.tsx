/**
 * The menu that compares an attempt with another: one of the same mini-batch, a succeeded one of
 * the same process, or one that a person kept.
 */
import type { AttemptRow } from '../../../electron/contract/batch-records.ts';
import { useStores } from '../../state/StoresContext.tsx';
import type { MenuItem } from '../../widgets/Menu.tsx';
import { MenuButton } from '../../widgets/MenuButton.tsx';
import { type AttemptKey, attemptName, nearestGood, pairOption } from './attempt-pair.ts';
import { useMiniBatchesState } from './mini-batches-state.ts';

/** The number of succeeded attempts from which it picks the nearest. */
const MOST_GOOD = 10_000;

export function CompareMenu({ row, attempts }: { row: AttemptRow; attempts: readonly AttemptRow[] }) {
  const stores = useStores();
  const kept = useMiniBatchesState((state) => state.kept);
  const set = useMiniBatchesState((state) => state.set);
  const compare = (left: AttemptKey, right: AttemptKey) =>
    stores.navigation.navigate({
      view: 'mini-batches',
      drawer: false,
      options: { attempts: pairOption({ left, right }) },
    });
  const findGood = async () => {
    const { caseId } = stores.case.getState();
    const { toasts, client } = stores;
    if (caseId === null) return;
    const ask = (filter: object) =>
      client.call('attempts.page', {
        caseId,
        filter: { outcome: { include: ['succeeded'] }, ...filter },
        start: 0,
        count: MOST_GOOD,
      });
    const one = <T,>(value: T | null) => ({ include: value === null ? [] : [value] });
    // Tries attempts of the same process first, then any.
    const near = nearestGood(row, (await ask({ node: one(row.node), pid: one(row.pid) })).rows);
    const good = near ?? nearestGood(row, (await ask({})).rows);
    if (good === null) toasts.getState().show('No attempt of this run succeeded.');
    else compare(good, row);
  };
  const items = (): MenuItem[] => [
    ...attempts
      .filter((other) => other.attempt !== row.attempt)
      .map((other) => ({
        id: `attempt-${other.attempt}`,
        title: `With attempt ${other.attempt}`,
        run: () => (other.attempt < row.attempt ? compare(other, row) : compare(row, other)),
      })),
    {
      id: 'good',
      title: 'With a good attempt of the same process',
      run: () => {
        const end = stores.busy.begin('good attempt');
        findGood()
          .catch((error: unknown) =>
            stores.toasts.getState().show(`The attempts could not be read: ${String(error)}`, { tone: 'error' }),
          )
          .finally(end);
      },
    },
    ...(kept === null || (kept.miniBatchId === row.miniBatchId && kept.attempt === row.attempt)
      ? []
      : [{ id: 'kept', title: `With ${attemptName(kept)}`, run: () => compare(kept, row) }]),
    {
      id: 'keep',
      title: 'With one that I choose next',
      startsGroup: true,
      run: () => {
        set({ kept: { miniBatchId: row.miniBatchId, attempt: row.attempt } });
        stores.toasts.getState().show(`Choose “Compare” at the attempt to put beside ${attemptName(row)}.`);
      },
    },
  ];
  return (
    <MenuButton label={`Compare attempt ${row.attempt}`} items={items}>
      Compare
    </MenuButton>
  );
}
