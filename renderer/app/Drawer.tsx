/**
 * The drawer shows the detail of the selection, below every view or at its right. `details.ts` says
 * which component shows what.
 */
import { PanelBottom, PanelRight, X } from 'lucide-react';
import { formatChord } from '../base/chords.ts';
import { chordsOf } from '../state/keys.ts';
import { useAction, useSelection, useShell, useView } from '../state/StoresContext.tsx';
import { IconButton } from '../widgets/IconButton.tsx';
import { Splitter } from '../widgets/Splitter.tsx';
import { details } from './details.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';

const LEAST_PX = 96;
const USUAL_PX = 260;
const LEAST_WIDTH_PX = 240;
const USUAL_WIDTH_PX = 420;
/** The view keeps at least this much of the window. */
const REST_PX = 360;

export function Drawer() {
  const isOpen = useView((state) => state.drawer);
  const side = useView((state) => state.drawerSide);
  const height = useView((state) => state.drawerHeight);
  const width = useView((state) => state.drawerWidth);
  const set = useView((state) => state.set);
  const kind = useSelection((state) => state.detail);
  const { isMac } = useShell();
  const entry = kind === null ? undefined : details[kind];
  useAction('drawer', () => {
    set({ drawer: !isOpen });
    return true;
  });
  const isRight = side === 'right';
  const turn = () => {
    set({ drawerSide: isRight ? 'bottom' : 'right', drawer: true });
    return true;
  };
  useAction('drawer-side', turn);
  if (!isOpen) return null;
  const most = Math.max(LEAST_PX, (isRight ? window.innerWidth : window.innerHeight) - REST_PX);
  const size = Math.min(isRight ? width : height, most);
  const Detail = entry?.component;
  return (
    <section
      className={`drawer ${isRight ? 'drawer--right' : ''}`}
      style={isRight ? { width: size } : { height: size }}
      aria-label="Detail"
      data-region="drawer"
    >
      <Splitter
        label={isRight ? 'Width of the detail' : 'Height of the detail'}
        direction={isRight ? 'vertical' : 'horizontal'}
        isAfter
        size={size}
        min={isRight ? LEAST_WIDTH_PX : LEAST_PX}
        max={most}
        onResize={(next) => set(isRight ? { drawerWidth: next } : { drawerHeight: next })}
        onReset={() => set(isRight ? { drawerWidth: USUAL_WIDTH_PX } : { drawerHeight: USUAL_PX })}
      />
      <div className="drawer__content">
        <header className="drawer__header">
          <h2>{entry?.title ?? 'Detail'}</h2>
          <div className="drawer__tools">
            <IconButton
              label={isRight ? 'Put the detail below' : 'Put the detail at the right'}
              keys={formatChord(chordsOf('drawer-side')[0] ?? '', isMac)}
              icon={isRight ? <PanelBottom size={14} /> : <PanelRight size={14} />}
              onClick={turn}
            />
            <IconButton label="Close the detail" icon={<X size={14} />} onClick={() => set({ drawer: false })} />
          </div>
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
      </div>
    </section>
  );
}
