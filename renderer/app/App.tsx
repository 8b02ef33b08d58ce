/**
 * The app is everything that a window shows: the workbench of an open case, or the start screen. It
 * answers the commands that every view has, such as the palette, back and forward, theme and zone.
 */
import { useState } from 'react';
import { StartScreen } from '../features/open/StartScreen.tsx';
import { SearchProvider } from '../state/SearchContext.tsx';
import { useAction, useCase, useStores, useView } from '../state/StoresContext.tsx';
import { KeyboardHelp } from '../widgets/KeyboardHelp.tsx';
import { Toasts } from '../widgets/Toasts.tsx';
import { Palette } from './Palette.tsx';
import { useKeyDispatch } from './use-key-dispatch.ts';

import { useTheme } from './use-theme.ts';
import { Workbench } from './Workbench.tsx';
import './app.css';

export function App() {
  const { view, navigation } = useStores();
  const isOpen = useCase((state) => state.phase === 'open');
  const isStartWanted = useView((state) => state.view === 'open');
  const [overlay, setOverlay] = useState<'palette' | 'help' | null>(null);
  useTheme();
  useKeyDispatch();
  const show = (which: 'palette' | 'help') => () => {
    setOverlay(which);
    return true;
  };
  useAction('palette', show('palette'));
  useAction('help', show('help'));
  useAction('open', () => {
    navigation.navigate({ view: 'open' });
    return true;
  });
  useAction('back', () => {
    navigation.back();
    return true;
  });
  useAction('forward', () => {
    navigation.forward();
    return true;
  });
  useAction('theme', () => {
    const order = ['system', 'light', 'dark'] as const;
    const { theme, set } = view.getState();
    set({ theme: order[(order.indexOf(theme) + 1) % order.length] ?? 'system' });
    return true;
  });
  useAction('zone', () => {
    const { zone, set } = view.getState();
    set({ zone: zone === 'utc' ? 'local' : 'utc' });
    return true;
  });
  useAction('clock', () => {
    const { clock, set } = view.getState();
    set({ clock: clock === 'aligned' ? 'written' : 'aligned' });
    return true;
  });
  useAction('letter-keys', () => {
    const { letterKeys, set } = view.getState();
    set({ letterKeys: !letterKeys });
    return true;
  });
  return (
    <SearchProvider>
      {isOpen && !isStartWanted ? <Workbench /> : <StartScreen />}
      <Toasts />
      {overlay === 'palette' && <Palette onClose={() => setOverlay(null)} />}
      {overlay === 'help' && <KeyboardHelp onClose={() => setOverlay(null)} />}
    </SearchProvider>
  );
}
