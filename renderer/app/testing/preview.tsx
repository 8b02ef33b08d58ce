/** The window over the fake engine: an entry for the bundler, to look at views before or without the engine. */
import '../../theme/tokens.css';
import '../../theme/base.css';
import { createRoot } from 'react-dom/client';
import { createClient } from '../../../electron/contract/client.ts';
import type { Shell } from '../../client/shell.ts';
import { createWaitForIdle } from '../../state/busy.ts';
import { StoresProvider } from '../../state/StoresContext.tsx';
import { createStores } from '../../state/stores.ts';
import { App } from '../App.tsx';
import { fakePipe } from './fake-pipe.ts';

const shell: Shell = {
  kind: 'test',
  isMac: false,
  initialPath: new URLSearchParams(window.location.search).get('path'),
  pickPath: null,
  reveal: null,
  pathOfFile: null,
  onOpenPath: () => () => {},
  onMenu: () => () => {},
  onNotice: () => () => {},
  sourceChanged: () => {},
};
const client = createClient(fakePipe());
const stores = createStores(client, shell, window, null);
const theme = new URLSearchParams(window.location.search).get('theme');
if (theme === 'light' || theme === 'dark') stores.view.getState().set({ theme });
Object.assign(window, { waitForIdle: createWaitForIdle(stores.busy, () => client.pending()) });
stores.navigation.start();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StoresProvider stores={stores}>
      <App />
    </StoresProvider>,
  );
}
