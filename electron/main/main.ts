/**
 * The desktop shell puts its parts together. The engine holds everything that the browser shell
 * needs as well.
 */
import { mkdirSync } from 'node:fs';
import { release } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { app, type BrowserWindow, clipboard, crashReporter, dialog, session, shell } from 'electron';
import { shellChannels } from '../contract/shell.ts';
import { loadAssets } from '../host/assets.ts';
import { defaultDataDir } from '../host/data-dir.ts';
import { type AppLog, captureConsole, createAppLog } from './app-log.ts';
import { createCrashPolicy } from './crash-policy.ts';
import { diagnosticsText } from './diagnostics.ts';
import { pickSavePath, pickSource } from './dialogs.ts';
import { type EngineProcess, startEngine } from './engine.ts';
import { onCall, onMessage } from './ipc.ts';
import { createLongWork } from './long-work.ts';
import { setMenu } from './menu.ts';
import { takeOpenRequests } from './open-requests.ts';
import { registerScheme, servePage } from './protocol.ts';
import { showRecent } from './recent.ts';
import { guardContents, guardSession } from './security.ts';
import { runSmokeTest } from './smoke-test.ts';
import { pathsOf } from './start-arguments.ts';
import { createWindows, type Windows } from './windows.ts';

const mostRecent = 12;
/** Last lines of the engine that a notice of its crash quotes, and their maximum length. */
const quotedLines = 2;
const quotedCharacters = 300;

// Chromium's own files lie beside the cases, so that there is one folder to move or delete.
const dataDir = defaultDataDir();
const chromiumDir = join(dataDir, 'window');
const crashDir = join(dataDir, 'crashes');
for (const dir of [chromiumDir, crashDir]) mkdirSync(dir, { recursive: true });
app.setPath('userData', chromiumDir);
app.setPath('crashDumps', crashDir);
app.setAppUserModelId('io.github.postrun');
app.setAboutPanelOptions({
  applicationName: 'Postrun',
  applicationVersion: app.getVersion(),
  copyright: 'MIT licence',
});
// Dumps stay in the data folder: they hold memory, and with it lines of logs.
crashReporter.start({ uploadToServer: false });
// A person who switched the sandbox off knows why, and enabling it would end the app.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerScheme();
guardContents();

const log = createAppLog(join(dataDir, 'log'));
captureConsole(log);
process.on('unhandledRejection', (error) => console.error('unhandled rejection:', error));
const isSmokeTest = app.commandLine.hasSwitch('smoke-test');
let windows: Windows | null = null;
const openWaiting = takeOpenRequests((path) => windows?.open(path));
if (openWaiting === null) app.quit();
else {
  app
    .whenReady()
    .then(() => {
      windows = createWindows(join(chromiumDir, 'window-state.json'));
      start(windows, log);
      openWaiting();
      if (isSmokeTest) return runSmokeTest(windows.currentOrNew(), hasPathArgument());
    })
    .catch((error: unknown) => {
      console.error(error);
      dialog.showErrorBox('Postrun could not start', error instanceof Error ? error.message : String(error));
      app.exit(1);
    });
}

function hasPathArgument(): boolean {
  return pathsOf(process.argv, process.cwd(), app.isPackaged).length > 0;
}

function start(windows: Windows, log: AppLog): void {
  guardSession(session.defaultSession);
  servePage(loadAssets());
  const engine = startWithRecovery(windows, log);
  let recent: string[] = [];

  const chooseSavePath = async (proposed: string, window: BrowserWindow): Promise<string | null> => {
    const path = await pickSavePath(proposed, window);
    if (path !== null) engine.nameFile(path);
    return path;
  };
  const reveal = async (path: string, window: BrowserWindow): Promise<void> => {
    // The window only says what it has open. The engine confirms that this is a source.
    const known = await recentSources(engine);
    const isOpen = windows.sources().some((source) => known.includes(source) && isWithin(path, source));
    if (isOpen) shell.showItemInFolder(resolve(path));
    else windows.notify(window, { text: 'Only files of an open run can be shown in the file manager.', tone: 'error' });
  };
  const showLog = () => shell.showItemInFolder(log.file);
  const copyDiagnostics = () => {
    const { platform, arch, versions } = process;
    const system = { platform, arch, release: release(), isPackaged: app.isPackaged };
    const copied = clipboard.writeText(diagnosticsText(app.getVersion(), versions, system));
    const window = windows.current();
    copied.then(
      () => window !== null && windows.notify(window, { text: 'Diagnostics copied.', tone: 'neutral' }),
      console.error,
    );
  };
  const refreshMenu = () => {
    const current = windows.current();
    const source = current === null ? null : windows.sourceOf(current);
    setMenu(
      {
        newWindow: windows.openNew,
        open: windows.open,
        pick(kind) {
          pickSource(kind, windows.current()).then((path) => path !== null && windows.open(path), console.error);
        },
        reveal() {
          const window = windows.current();
          const path = window === null ? null : windows.sourceOf(window);
          if (window !== null && path !== null) reveal(path, window).catch(console.error);
        },
        // A new window begins on the start screen, which is what “Open…” asks for.
        inNewWindow: () => windows.open(null),
        showLog,
        copyDiagnostics,
        quit: () => app.quit(),
      },
      recent,
      source !== null,
    );
  };
  const refreshRecent = () => {
    recentSources(engine)
      .then((sources) => {
        recent = sources.slice(0, mostRecent);
        showRecent(recent, windows.open);
      })
      .catch(console.error)
      .finally(refreshMenu);
  };

  onCall(shellChannels.pickPath, pickSource);
  onCall(shellChannels.savePath, chooseSavePath);
  onCall(shellChannels.reveal, reveal);
  onMessage(shellChannels.requestPort, (_, window) => {
    window.webContents.postMessage(shellChannels.port, null, [engine.connect(`window ${window.id}`)]);
    windows.connected(window);
  });
  onMessage(shellChannels.sourceChanged, (source, window) => {
    windows.setSource(window, source);
    if (source !== null) app.addRecentDocument(source);
    refreshRecent();
  });
  onMessage(shellChannels.themeChanged, windows.setTheme);
  onMessage(shellChannels.showLog, showLog);

  refreshMenu();
  refreshRecent();
  app.on('browser-window-focus', refreshMenu);
  app.on('activate', () => windows.open(null));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
    else refreshMenu();
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    engine.close().then(() => app.exit(0), console.error);
  });
}

/** Starts the engine and restarts it when it dies. If it keeps dying, a person decides. */
function startWithRecovery(windows: Windows, log: AppLog): EngineProcess {
  const policy = createCrashPolicy();
  const work = createLongWork(() => windows.open(null));
  const engine = startEngine({
    dataDir,
    onOutput: (text) => log.write('engine', text),
    onProgress: work.take,
    onGone(exitCode) {
      work.clear();
      const what = `The engine stopped unexpectedly (exit status ${exitCode})`;
      const words = log.tail('engine', quotedLines).join(' ').slice(0, quotedCharacters);
      log.write('main', what);
      if (policy.mayRestart()) {
        engine.restart();
        const quoted = words === '' ? '' : ` It said: ${words}`;
        const text = `${what} and was started again. Your run was opened again.${quoted}`;
        windows.reloadAll({ text, tone: 'error', hasLog: true });
      } else {
        policy.forget();
        askAfterCrash(what, words, engine, windows).catch(console.error);
      }
    },
  });
  return engine;
}

async function askAfterCrash(what: string, words: string, engine: EngineProcess, windows: Windows): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: `${what}, for the third time within a minute.`,
    detail: `It may be this run that it cannot read. What was indexed is kept.${words === '' ? '' : `\n\n${words}`}`,
    buttons: ['Start Without the Run', 'Try Again', 'Quit'],
    defaultId: 0,
    cancelId: 2,
  });
  if (response === 2) return app.quit();
  engine.restart();
  windows.reloadAll({ text: `${what} and was started again.`, tone: 'error', hasLog: true }, response === 1);
}

async function recentSources(engine: EngineProcess): Promise<string[]> {
  const rows = await engine.client().call('case.recent', {});
  return [...new Set(rows.filter((row) => row.exists).map((row) => row.source))];
}

/** Decides whether a path is the source itself or lies within it. */
function isWithin(path: string, source: string): boolean {
  const inside = relative(source, resolve(path));
  return inside === '' || !(inside.startsWith('..') || resolve(inside) === inside);
}
