import { formatChord } from '../base/chords.ts';
import { useShell, useView } from '../state/StoresContext.tsx';
import { GoTo } from '../widgets/GoTo.tsx';
import { Tooltip } from '../widgets/Tooltip.tsx';
import { viewChord, views } from './views.ts';

export function Rail() {
  const current = useView((state) => state.view);
  const { isMac } = useShell();
  return (
    <nav className="rail" aria-label="Views" data-region="rail">
      {views.map((entry, index) => (
        <Tooltip key={entry.id} text={entry.title} keys={formatChord(viewChord(index), isMac)}>
          <GoTo
            to={{ view: entry.id }}
            className="rail__item"
            aria-label={entry.title}
            aria-current={entry.id === current ? 'page' : undefined}
          >
            <entry.icon size={20} strokeWidth={1.6} />
          </GoTo>
        </Tooltip>
      ))}
    </nav>
  );
}
