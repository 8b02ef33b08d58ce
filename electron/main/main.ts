/** The desktop shell: puts its parts together. Everything that the browser shell would need as well is in the engine. */
import { mkdirSync } from 'node:fs';
import { extname, join, relative, resolve } from 'node:path';
import { app, type BrowserWindow, dialog, session, shell } from 'electron';
import { shellChannels } from '../contract/shell.ts';
import { loadAssets } from '../host/assets.ts';
import { defaultDataDir } from '../host/data-dir.ts';
import { createCrashPolicy } from './crash-policy.ts';
import { type EngineProcess, startEngine } from './engine.ts';
import { onCall, onMessage } from './ipc.ts';
import { setMenu } from './menu.ts';
import { takeOpenRequests } from './open-requests.ts';
import { registerScheme, servePage } from './protocol.ts';
import { guardContents, guardSession } from './security.ts';
import { createWindows, type Windows } from './windows.ts';

const mostRecent = 12;

// What Chromium keeps lies beside the cases, so that there is one folder to move or throw away.
const dataDir = defaultDataDir();
const chromiumDir = join(dataDir, 'window');
mkdirSync(chromiumDir, { recursive: true });
app.setPath('userData', chromiumDir);
app.setAppUserModelId('io.github.postrun');
app.enableSandbox();
registerScheme();
guardContents();

const windows = createWindows(join(chromiumDir, 'window-state.json'));
const openWaiting = takeOpenRequests(windows.open);
if (openWaiting === null) app.quit();
else {
  app
    .whenReady()
    .then(start)
    .then(openWaiting)
    .catch((error: unknown) => {
      dialog.showErrorBox('Postrun could not start', error instanceof Error ? error.message : String(error));
      app.exit(1);
    });
}

function start(): void {
  guardSession(session.defaultSession);
  servePage(loadAssets());
  const engine = startWithRecovery(windows);
  let recent: string[] = [];

  const pick = async (kind: 'zip' | 'folder', window: BrowserWindow | null): Promise<string | null> => {
    const options: Electron.OpenDialogOptions =
      kind === 'folder'
        ? { title: 'Open a folder of logs', properties: ['openDirectory'] }
        : {
            title: 'Open a logs zip or a Postrun case',
            properties: ['openFile'],
            filters: [
              { name: 'Logs zip or Postrun case', extensions: ['zip', 'postrun'] },
              { name: 'All files', extensions: ['*'] },
            ],
          };
    const { filePaths } = await (window === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(window, options));
    return filePaths[0] ?? null;
  };
  const chooseSavePath = async (proposed: string, window: BrowserWindow): Promise<string | null> => {
    const ending = extname(proposed).slice(1);
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Save the report',
      defaultPath: proposed,
      filters: ending === '' ? [] : [{ name: ending.toUpperCase(), extensions: [ending] }],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    if (canceled || filePath === '') return null;
    engine.nameFile(filePath);
    return filePath;
  };
  const reveal = async (path: string, window: BrowserWindow): Promise<void> => {
    // The window says what it has open; that a source exists at all is the engine's word.
    const known = await recentSources(engine);
    const isOpen = windows.sources().some((source) => known.includes(source) && isWithin(path, source));
    if (isOpen) shell.showItemInFolder(resolve(path));
    else windows.notify(window, { text: 'Only files of an open run can be shown in the file manager.', tone: 'error' });
  };
  const refreshMenu = () => {
    const current = windows.current();
    const source = current === null ? null : windows.sourceOf(current);
    setMenu(
      {
        newWindow: windows.openNew,
        open: windows.open,
        pick(kind) {
          pick(kind, windows.current()).then((path) => path !== null && windows.open(path), console.error);
        },
        reveal() {
          const window = windows.current();
          const path = window === null ? null : windows.sourceOf(window);
          if (window !== null && path !== null) reveal(path, window).catch(console.error);
        },
        quit: () => app.quit(),
      },
      recent,
      source !== null,
    );
  };
  const refreshRecent = async () => {
    recent = (await recentSources(engine)).slice(0, mostRecent);
    refreshMenu();
  };

  onCall(shellChannels.pickPath, pick);
  onCall(shellChannels.savePath, chooseSavePath);
  onCall(shellChannels.reveal, reveal);
  onMessage(shellChannels.requestPort, (_, window) => {
    window.webContents.postMessage(shellChannels.port, null, [engine.connect(`window ${window.id}`)]);
    windows.connected(window);
  });
  onMessage(shellChannels.sourceChanged, (source, window) => {
    windows.setSource(window, source);
    if (source !== null) app.addRecentDocument(source);
    refreshRecent().catch(() => refreshMenu());
  });

  refreshMenu();
  app.on('browser-window-focus', refreshMenu);
  app.on('activate', () => windows.open(null));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    engine.close().then(() => app.exit(0), console.error);
  });
}

/** The engine, started again when it dies; when it keeps dying, a person decides. */
function startWithRecovery(windows: Windows): EngineProcess {
  const policy = createCrashPolicy();
  const engine = startEngine({
    dataDir,
    onGone(exitCode) {
      const what = `The engine stopped unexpectedly (exit status ${exitCode})`;
      if (policy.mayRestart()) {
        engine.restart();
        windows.reloadAll({ text: `${what} and was started again. Your run was opened again.`, tone: 'error' });
      } else {
        policy.forget();
        askAfterCrash(what, engine, windows).catch(console.error);
      }
    },
  });
  return engine;
}

async function askAfterCrash(what: string, engine: EngineProcess, windows: Windows): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: `${what}, for the third time within a minute.`,
    detail: 'It may be this run that it cannot read. What was indexed is kept.',
    buttons: ['Start without the run', 'Try again', 'Quit'],
    defaultId: 0,
    cancelId: 2,
  });
  if (response === 2) return app.quit();
  engine.restart();
  windows.reloadAll({ text: `${what} and was started again.`, tone: 'error' }, response === 1);
}

async function recentSources(engine: EngineProcess): Promise<string[]> {
  const rows = await engine.client().call('case.recent', {});
  return [...new Set(rows.filter((row) => row.exists).map((row) => row.source))];
}

/** Whether a path is the source itself or lies in it. */
function isWithin(path: string, source: string): boolean {
  const inside = relative(source, resolve(path));
  return inside === '' || !(inside.startsWith('..') || resolve(inside) === inside);
}
