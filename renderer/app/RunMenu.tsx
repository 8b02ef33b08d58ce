/**
 * The run menu hangs from the name of the run. It opens another run or a recent one, shows the
 * source in the file manager, and closes the run.
 */
import { formatChord } from '../base/chords.ts';
import { lastPart } from '../base/path-name.ts';
import { safeText } from '../base/safe-text.ts';
import { chordsOf } from '../state/keys.ts';
import { useCase, useNavigation, useShell, useStores } from '../state/StoresContext.tsx';
import { useCommand } from '../state/use-command.ts';
import type { MenuItem } from '../widgets/Menu.tsx';
import { MenuButton } from '../widgets/MenuButton.tsx';
import { SafeText } from '../widgets/SafeText.tsx';

const MOST_RECENT = 8;

export function RunMenu() {
  const { case: caseStore } = useStores();
  const navigation = useNavigation();
  const shell = useShell();
  const caseId = useCase((state) => state.caseId);
  const path = useCase((state) => state.path);
  const root = useCase((state) => state.root);
  const runName = useCase((state) => state.info?.name ?? null);
  const { data: recent = [] } = useCommand('case.recent', caseId === null ? null : {});
  const name = runName ?? lastPart(path ?? '');
  const items: MenuItem[] = [
    {
      id: 'open',
      title: 'Open another run …',
      keys: formatChord(chordsOf('open')[0] ?? '', shell.isMac),
      run: () => navigation.navigate({ view: 'open' }),
    },
  ];
  if (shell.reveal !== null && path !== null) {
    const reveal = shell.reveal;
    items.push({ id: 'reveal', title: 'Show in the file manager', run: () => void reveal(path) });
  }
  const others = recent.filter((each) => each.exists && (each.source !== path || each.root !== (root ?? '')));
  for (const [index, each] of others.slice(0, MOST_RECENT).entries()) {
    items.push({
      id: `recent ${each.source} ${each.root}`,
      title: safeText(each.root === '' ? each.source : `${each.source} › ${each.root}`),
      startsGroup: index === 0,
      run: () => navigation.navigate({ view: 'overview', source: each.source, root: each.root }),
    });
  }
  items.push({
    id: 'close',
    title: 'Close this run',
    startsGroup: true,
    run: () => {
      navigation.navigate({ view: 'open' });
      caseStore.getState().close();
    },
  });
  return (
    <MenuButton label={`Run ${safeText(name)}`} items={items}>
      <strong className="header__name ellipsis">
        <SafeText text={name} />
      </strong>
    </MenuButton>
  );
}
