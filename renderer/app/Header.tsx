/**
 * The header says which run is open, how it ended and how large it was. Its end has the buttons for
 * the palette, the theme and the keys.
 */
import { CircleHelp, Command, MoonStar, Sun, SunMoon } from 'lucide-react';
import { formatChord } from '../base/chords.ts';
import { formatCount, formatDuration } from '../base/format.ts';
import { headline } from '../features/overview/verdict.ts';
import { isIndexing } from '../state/follow-case.ts';
import { chordsOf } from '../state/keys.ts';
import { useCase, useShell, useStores, useView } from '../state/StoresContext.tsx';
import { GoTo } from '../widgets/GoTo.tsx';
import { IconButton } from '../widgets/IconButton.tsx';
import { Mark } from '../widgets/Mark.tsx';
import { RunMenu } from './RunMenu.tsx';

const themeIcons = { system: SunMoon, light: Sun, dark: MoonStar };

export function Header() {
  const { actions } = useStores();
  const shell = useShell();
  const info = useCase((state) => state.info);
  const isReading = useCase((state) => isIndexing(state.progress));
  const theme = useView((state) => state.theme);
  const ThemeIcon = themeIcons[theme];
  const total = info?.miniBatches.total ?? info?.miniBatches.processed ?? 0;
  const facts = [
    info === null || info.durationSeconds === null ? null : formatDuration(info.durationSeconds),
    info === null || info.nodes.length === 0 ? null : formatCount(info.nodes.length, 'node'),
    total === 0 ? null : formatCount(total, 'mini-batch', 'mini-batches'),
  ];
  return (
    <header className="header" data-region="header" data-reading={isReading || undefined}>
      <h1>
        <RunMenu />
      </h1>
      {info !== null && (
        <>
          <GoTo to={{ view: 'overview' }} className="header__status">
            <Mark of={{ status: info.status }} />
            <span className="ellipsis">{headline(info, isReading)}</span>
          </GoTo>
          <span className="header__facts soft">{facts.filter((fact) => fact !== null).join(' · ')}</span>
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
