/**
 * The rail lists the views by their icons, and by their names if there is room. Its width follows
 * the window until a person folds it.
 */
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { formatChord } from '../base/chords.ts';
import { chordsOf } from '../state/keys.ts';
import { useAction, useShell, useView } from '../state/StoresContext.tsx';
import { GoTo } from '../widgets/GoTo.tsx';
import { Tooltip } from '../widgets/Tooltip.tsx';
import { viewChord, views } from './views.ts';

/** Windows at least this wide have room for names. */
const WIDE = '(min-width: 1400px)';

function useIsWide(): boolean {
  const [isWide, setIsWide] = useState(() => window.matchMedia(WIDE).matches);
  useEffect(() => {
    const query = window.matchMedia(WIDE);
    const read = () => setIsWide(query.matches);
    query.addEventListener('change', read);
    return () => query.removeEventListener('change', read);
  }, []);
  return isWide;
}

export function Rail() {
  const current = useView((state) => state.view);
  const rail = useView((state) => state.rail);
  const set = useView((state) => state.set);
  const { isMac } = useShell();
  const isWide = useIsWide();
  const isOpen = rail === 'auto' ? isWide : rail === 'open';
  const toggle = () => {
    const next = isOpen ? 'folded' : 'open';
    // Once it matches what the width asks for, it follows the width again.
    set({ rail: (next === 'open') === isWide ? 'auto' : next });
    return true;
  };
  useAction('rail', toggle);
  const foldKeys = formatChord(chordsOf('rail')[0] ?? '', isMac);
  return (
    <nav className={`rail ${isOpen ? 'is-open' : ''}`} aria-label="Views" data-region="rail">
      {views.map((entry, index) => {
        const keys = formatChord(viewChord(index), isMac);
        const link = (
          <GoTo
            to={{ view: entry.id }}
            className="rail__item"
            aria-label={entry.title}
            aria-current={entry.id === current ? 'page' : undefined}
          >
            <entry.icon size={20} strokeWidth={1.6} />
            {isOpen && <span className="rail__name">{entry.title}</span>}
          </GoTo>
        );
        return (
          <Tooltip key={entry.id} text={entry.title} keys={keys}>
            {link}
          </Tooltip>
        );
      })}
      <Tooltip text={isOpen ? 'Icons alone' : 'Names beside the icons'} keys={foldKeys}>
        <button
          type="button"
          className="rail__item rail__fold"
          aria-label="Names of the views"
          aria-expanded={isOpen}
          onClick={toggle}
        >
          {isOpen ? <PanelLeftClose size={16} /> : <PanelLeftOpen size={16} />}
        </button>
      </Tooltip>
    </nav>
  );
}
