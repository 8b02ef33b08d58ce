import { CircleHelp, Command, MoonStar, Sun, SunMoon } from 'lucide-react';
import { formatChord } from '../base/chords.ts';
import { formatCount, formatDuration } from '../base/format.ts';
import { chordsOf } from '../state/keys.ts';
import { useCase, useNavigation, useShell, useStores, useView } from '../state/StoresContext.tsx';
import { GoTo } from '../widgets/GoTo.tsx';
import { IconButton } from '../widgets/IconButton.tsx';
import { Mark } from '../widgets/Mark.tsx';
import type { MenuItem } from '../widgets/Menu.tsx';
import { MenuButton } from '../widgets/MenuButton.tsx';
import { SafeText } from '../widgets/SafeText.tsx';

const themeIcons = { system: SunMoon, light: Sun, dark: MoonStar };

export function Header() {
  const { actions } = useStores();
  const navigation = useNavigation();
  const shell = useShell();
  const info = useCase((state) => state.info);
  const path = useCase((state) => state.path);
  const theme = useView((state) => state.theme);
  const name = info?.name ?? path?.split(/[\\/]/).pop() ?? '';
  const ThemeIcon = themeIcons[theme];
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
  return (
    <header className="header" data-region="header">
      <h1>
        <MenuButton label={`Run ${name}`} items={items}>
          <strong className="header__name ellipsis">
            <SafeText text={name} />
          </strong>
        </MenuButton>
      </h1>
      {info !== null && (
        <>
          <GoTo to={{ view: 'overview' }} className="header__status">
            <Mark of={{ status: info.status }} word />
            {info.message !== null && (
              <span className="ellipsis soft">
                <SafeText text={info.message.split('\n')[0] ?? ''} />
              </span>
            )}
          </GoTo>
          <span className="header__facts soft">
            {[
              info.durationSeconds === null ? null : formatDuration(info.durationSeconds),
              formatCount(info.nodes.length, 'node'),
              formatCount(info.miniBatches.total ?? info.miniBatches.processed, 'mini-batch', 'mini-batches'),
            ]
              .filter((fact) => fact !== null)
              .join(' · ')}
          </span>
        </>
      )}
      <span className="header__tools">
        <IconButton
          label="Command palette"
          keys={formatChord(chordsOf('palette')[0] ?? '', shell.isMac)}
          icon={<Command size={16} />}
          onClick={() => actions.run('palette')}
        />
        <IconButton
          label={`Theme: ${theme === 'system' ? 'as the system' : theme}`}
          icon={<ThemeIcon size={16} />}
          onClick={() => actions.run('theme')}
        />
        <IconButton label="All keys" keys="?" icon={<CircleHelp size={16} />} onClick={() => actions.run('help')} />
      </span>
    </header>
  );
}
