import { X } from 'lucide-react';
import { useAction, useSelection, useView } from '../state/StoresContext.tsx';
import { IconButton } from '../widgets/IconButton.tsx';
import { Splitter } from '../widgets/Splitter.tsx';
import { details } from './details.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';

const LEAST_PX = 96;
const USUAL_PX = 260;
/** The view keeps at least this much of the window. */
const REST_PX = 360;

/** The detail of what is selected, below every view. */
export function Drawer() {
  const isOpen = useView((state) => state.drawer);
  const height = useView((state) => state.drawerHeight);
  const set = useView((state) => state.set);
  const kind = useSelection((state) => state.detail);
  const entry = kind === null ? undefined : details[kind];
  useAction('drawer', () => {
    set({ drawer: !isOpen });
    return true;
  });
  if (!isOpen) return null;
  const most = Math.max(LEAST_PX, window.innerHeight - REST_PX);
  const Detail = entry?.component;
  return (
    <section className="drawer" style={{ height: Math.min(height, most) }} aria-label="Detail" data-region="drawer">
      <Splitter
        label="Height of the detail"
        direction="horizontal"
        isAfter
        size={height}
        min={LEAST_PX}
        max={most}
        onResize={(drawerHeight) => set({ drawerHeight })}
        onReset={() => set({ drawerHeight: USUAL_PX })}
      />
      <header className="drawer__header">
        <h2>{entry?.title ?? 'Detail'}</h2>
        <IconButton label="Close the detail" icon={<X size={14} />} onClick={() => set({ drawer: false })} />
      </header>
      <div className="drawer__body">
        {Detail === undefined ? (
          <p className="drawer__hint soft">Select a line, a mini-batch, a process or an error to see it here.</p>
        ) : (
          <ErrorBoundary name="The detail" resetKey={kind ?? ''}>
            <Detail />
          </ErrorBoundary>
        )}
      </div>
    </section>
  );
}
