/**
 * The start of a window: it connects to the engine, creates the stores, connects them to the shell
 * and renders the app. It turns requests of the shell, such as a path to open, into steps of the
 * navigation.
 */
import '../theme/tokens.css';
import '../theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connect } from '../client/connect.ts';
import { createWaitForIdle } from '../state/busy.ts';
import { StoresProvider } from '../state/StoresContext.tsx';
import { createStores } from '../state/stores.ts';
import { App } from './App.tsx';
import { acceptDrops } from './accept-drops.ts';
import { Root } from './Root.tsx';

declare global {
  interface Window {
    /** Present only with `?testing` in the address. */
    waitForIdle?: (timeoutMs?: number) => Promise<void>;
  }
}

async function start() {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  const { client, shell, onLost } = await connect(window);
  const stores = createStores(client, shell, window, readStorage());
  onLost(() => {
    stores.toasts.getState().show('The connection to the engine was lost. Your case is kept.', {
      tone: 'error',
      action: { label: 'Reload', run: () => window.location.reload() },
    });
  });
  if (new URLSearchParams(window.location.search).has('testing')) {
    window.waitForIdle = createWaitForIdle(stores.busy, () => client.pending());
  }
  stores.navigation.start();
  window.addEventListener('pagehide', () => stores.notebook.flush());
  shell.onOpenPath((source) => stores.navigation.navigate({ view: 'overview', source }));
  acceptDrops(window, shell, (source) => {
    if (source !== null) stores.navigation.navigate({ view: 'overview', source });
    else stores.toasts.getState().show('A browser does not say where a dropped file lies. Open it by its path.');
  });
  shell.onMenu((action) => {
    // A native menu works while a dialog is open, but what lies behind the dialog must not change.
    if (document.querySelector('dialog[open]') === null) stores.actions.run(action);
  });
  shell.onNotice(({ text, tone, hasLog }) => {
    const { showLog } = shell;
    const action = hasLog === true && showLog !== null ? { label: 'Show log', run: showLog } : null;
    stores.toasts.getState().show(text, { tone, action });
  });
  shell.onSearchFor((text) => {
    if (stores.case.getState().phase !== 'open') return;
    stores.navigation.navigate({ view: 'logs' });
    stores.filter.getState().patch({ query: phraseOf(text), mode: 'words' });
  });
  shell.themeChanged(stores.view.getState().theme);
  stores.view.subscribe(({ theme }, before) => {
    if (theme !== before.theme) shell.themeChanged(theme);
  });
  stores.case.subscribe(({ phase, path }, before) => {
    if (phase === 'open' && before.phase !== 'open') shell.sourceChanged(path);
    if (phase === 'none' && before.phase !== 'none') shell.sourceChanged(null);
  });
  // The case may open before the app is drawn and asks for what it shows.
  const endDrawing = stores.busy.begin('first drawing');
  createRoot(root).render(
    <StrictMode>
      <Root onDrawn={endDrawing}>
        <StoresProvider stores={stores}>
          <App />
        </StoresProvider>
      </Root>
    </StrictMode>,
  );
}

/** Turns a selected text into a phrase of the query language, on one line. */
function phraseOf(text: string): string {
  const oneLine = text.trim().replace(/\s+/g, ' ');
  return `"${oneLine.replaceAll('"', ' ')}"`;
}

/** Returns the storage or null. Reading the property throws if storage is forbidden. */
function readStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

start().catch((error: unknown) => {
  console.error(error);
  document.body.textContent = 'Postrun could not start. Reload the window; if that does not help, see the console.';
});
