/**
 * The host's `app` stands in for Electron's if there is no Electron: its events, paths, single
 * instance and way of quitting. The last statement checks it against Electron's types.
 */
import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Electron from 'electron';
import { type HostBrowser, launchBrowser } from './browser.ts';
import { answer } from './session.ts';

interface Closable {
  close(): void;
  isDestroyed(): boolean;
}

/** Returns an event that can be prevented. */
export function preventable<Details extends object>(details?: Details) {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event as typeof event & Details;
}

class App extends EventEmitter {
  /** `npm run dist` starts the staged app as if it were packaged. */
  readonly isPackaged = process.env.POSTRUN_HOST_PACKAGED === '1';
  /** Every open window; windows add themselves. */
  readonly windows = new Set<Closable>();
  readonly children = new Set<{ pid: number | undefined; name: string }>();
  /** The system's list of recent documents, for specs. */
  readonly recentDocuments: string[] = [];
  /** How the app wants to be restarted after it ends, for specs. */
  relaunchOptions: Electron.RelaunchOptions | null = null;
  readonly commandLine = { hasSwitch: (name: string) => process.argv.some((argument) => isSwitch(argument, name)) };
  browser: HostBrowser | null = null;
  readonly #paths = new Map<string, string>();
  #ready: Promise<void> | null = null;
  #isQuitting = false;

  whenReady(): Promise<void> {
    this.#ready ??= (async () => {
      this.browser = await launchBrowser(this.getPath('userData'));
      await this.browser.context.route('**/*', answer);
      this.emit('ready');
    })();
    return this.#ready;
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? join(tmpdir(), 'postrun-host', name);
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`setPath: ${path} is not there`);
    this.#paths.set(name, path);
  }

  setAppUserModelId(_id: string): void {}
  setAboutPanelOptions(_options: Electron.AboutPanelOptionsOptions): void {}
  setJumpList(_categories: Electron.JumpListCategory[] | null): 'ok' {
    if (process.platform !== 'win32') throw new Error('app.setJumpList is there on Windows only');
    return 'ok';
  }

  getVersion(): string {
    const manifest: { version: string } = JSON.parse(readFileSync(join(appFolder(), 'package.json'), 'utf8'));
    return manifest.version;
  }

  relaunch(options: Electron.RelaunchOptions = {}): void {
    this.relaunchOptions = options;
    // A spec reads it from the disk, because the app that wrote it is about to end.
    writeFileSync(join(this.getPath('userData'), 'relaunch.json'), JSON.stringify(options));
  }

  enableSandbox(): void {
    if (this.#ready !== null) throw new Error('enableSandbox comes before ready');
    if (this.commandLine.hasSwitch('no-sandbox')) throw new Error('enableSandbox ends an app that has --no-sandbox');
  }

  addRecentDocument(path: string): void {
    this.recentDocuments.push(path);
  }

  /** The utility processes, which add themselves. */
  getAppMetrics(): Electron.ProcessMetric[] {
    return [...this.children].map(({ pid, name }) => ({ pid, name, type: 'Utility' }) as Electron.ProcessMetric);
  }

  /** A lock file names the first instance. A later one leaves it a letter and gets false. */
  requestSingleInstanceLock(additionalData: unknown = {}): boolean {
    const dir = join(this.getPath('userData'), 'instance');
    mkdirSync(dir, { recursive: true });
    const lock = join(dir, 'lock');
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch {
      if (isAlive(Number(readFileSync(lock, 'utf8')))) {
        const letter = { argv: process.argv, cwd: process.cwd(), additionalData };
        writeFileSync(join(dir, `letter-${process.pid}`), JSON.stringify(letter));
        return false;
      }
      writeFileSync(lock, String(process.pid));
    }
    const watcher = watch(dir, (_event, name) => {
      if (name?.startsWith('letter-')) setTimeout(() => this.#takeLetter(join(dir, name)), 20);
    });
    process.on('exit', () => {
      watcher.close();
      rmSync(lock, { force: true });
    });
    return true;
  }

  #takeLetter(file: string): void {
    if (!existsSync(file)) return;
    const { argv, cwd, additionalData } = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(file);
    this.emit('second-instance', preventable(), argv, cwd, additionalData);
  }

  quit(): void {
    if (this.#isQuitting) return;
    this.#isQuitting = true;
    const before = preventable();
    this.emit('before-quit', before);
    for (const window of this.windows) window.close();
    this.#isQuitting = false;
    if (before.defaultPrevented || this.windows.size > 0) return;
    const will = preventable();
    this.emit('will-quit', will);
    if (!will.defaultPrevented) this.exit(0);
  }

  exit(code = 0): void {
    this.emit('quit', preventable(), code);
    const end = () => process.exit(code);
    if (this.browser === null) end();
    else this.browser.context.close().then(end, end);
  }

  /** A window calls this when it has closed. */
  windowClosed(window: Closable): void {
    this.windows.delete(window);
    if (this.windows.size > 0 || this.#isQuitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }
}

function isSwitch(argument: string, name: string): boolean {
  return argument === `--${name}` || argument.startsWith(`--${name}=`);
}

/** Returns the folder with the app's package.json; main is `dist/electron/main.js` in it. */
function appFolder(): string {
  return join(mainFile, '..', '..', '..');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const mainFile = process.argv[1] ?? '';
export const app = new App();
// A packaged app does not have its own path among its arguments.
if (app.isPackaged) process.argv.splice(1, 1);
app satisfies Pick<
  Electron.App,
  | 'isPackaged'
  | 'whenReady'
  | 'getPath'
  | 'setPath'
  | 'setAppUserModelId'
  | 'enableSandbox'
  | 'addRecentDocument'
  | 'getAppMetrics'
  | 'requestSingleInstanceLock'
  | 'getVersion'
  | 'setAboutPanelOptions'
  | 'setJumpList'
  | 'relaunch'
  | 'quit'
  | 'exit'
>;
