/**
 * The workbench is the window with an open case, from the top: header, filter bar, time strip,
 * view, detail and status bar. It moves the focus from part to part.
 */
import { useEffect, useRef } from 'react';
import { TimeAxisProvider } from '../charts/TimeAxisContext.tsx';
import { FilterBar } from '../features/filter-bar/FilterBar.tsx';
import { FilterChips } from '../features/filter-bar/FilterChips.tsx';
import { StatusBar } from '../features/status-bar/StatusBar.tsx';
import { TimeStrip } from '../features/time-strip/TimeStrip.tsx';
import { useAction, useCase, useView } from '../state/StoresContext.tsx';
import { Drawer } from './Drawer.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Header } from './Header.tsx';
import { Rail } from './Rail.tsx';
import { views } from './views.ts';

export function Workbench() {
  const id = useView((state) => state.view);
  const clock = useView((state) => state.clock);
  const side = useView((state) => state.drawerSide);
  const name = useCase((state) => state.info?.name);
  const entry = views.find((view) => view.id === id) ?? views[0];
  const regions = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.title = name === undefined ? 'Postrun' : `${name} · ${entry?.title ?? ''} · Postrun`;
  }, [name, entry]);

  const cycle = (step: number) => {
    // In a view with parts of its own, such as Logs, the focus visits those parts.
    const parts = [...(regions.current?.querySelectorAll<HTMLElement>('[data-region]') ?? [])].filter(
      (part) => part.querySelector('[data-region]') === null,
    );
    const at = parts.findIndex((part) => part.contains(document.activeElement));
    const places = '[role="grid"], input, button:not(:disabled), a[href], [tabindex="0"]';
    for (let i = 1; i <= parts.length; i++) {
      const next = parts[(at + step * i + parts.length * 2) % parts.length];
      const target = next?.querySelector<HTMLElement>(places);
      // Skips a part without a place for the focus.
      if (target == null) continue;
      target.focus();
      return true;
    }
    return false;
  };
  useAction('next-region', () => cycle(1));
  useAction('previous-region', () => cycle(-1));

  if (entry === undefined) return null;
  const View = entry.component;
  return (
    <div ref={regions} className="app">
      <Header />
      <div className="app__body">
        <Rail />
        {/* Another clock has other times, so everything on the axis is rebuilt. */}
        <TimeAxisProvider key={clock} className="app__column" aside={side === 'right' ? <Drawer /> : undefined}>
          <FilterBar />
          {entry.hasNoTime !== true && <TimeStrip />}
          <FilterChips />
          <main className="app__view" data-region="view" aria-label={entry.title}>
            <ErrorBoundary name={entry.title} resetKey={entry.id}>
              <View />
            </ErrorBoundary>
          </main>
          {side === 'bottom' && <Drawer />}
        </TimeAxisProvider>
      </div>
      <StatusBar />
    </div>
  );
}
