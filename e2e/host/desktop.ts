/**
 * Starts the built desktop app for a spec: on Electron's own executable if there is one, otherwise
 * on the host. {@link Desktop} hides the difference, so that a spec cannot tell which it is.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, _electron as electronLauncher, expect, type Page } from '@playwright/test';
import type Electron from 'electron';
import { findElectron } from '../../build/electron-binary.ts';
import type { ControlMessage } from './control.ts';
import { type PageWorld, worldKey } from './page-world.ts';

type Main = typeof Electron;

export interface Desktop {
  kind: 'electron' | 'host';
  /** Runs a function in the main process. */
  evaluate<Result, Argument>(run: (electron: Main, argument: Argument) => Result, argument: Argument): Promise<Result>;
  /** Returns the windows that show the app, oldest first. */
  pages(): Page[];
  /** Waits for this many windows and returns the last of them. */
  page(count?: number): Promise<Page>;
  /** Drops a file of this machine on the page. */
  drop(page: Page, path: string): Promise<void>;
  /** Quits, as from the menu; returns the exit status. */
  quit(): Promise<number | null>;
  /** Start of the process in milliseconds since the epoch. */
  startedAt: number;
  /** Returns what the process has printed. */
  output(): string;
}

export interface StartOptions {
  /** Arguments of the start: paths to open. */
  args?: string[];
  dataDir: string;
  /** Root of the app: the repository's, or a staged folder. */
  appDir?: string;
  isPackaged?: boolean;
  /** Additions to its environment. */
  env?: Record<string, string>;
}

const repository = fileURLToPath(new URL('../..', import.meta.url));
// An address, not a path: on Windows, `--import` takes `C:` for a scheme.
const register = new URL('./register.ts', import.meta.url).href;
const origins = { electron: 'app://postrun/', host: 'https://postrun.app.invalid/' };

/** The kinds that specs run on, and why one is left out. */
export const desktopKinds: { kind: Desktop['kind']; whyNot: string | null }[] = [
  { kind: 'host', whyNot: null },
  { kind: 'electron', whyNot: findElectron() === null ? "Electron's executable is not on this machine" : null },
];

/** Starts the app and waits until it is ready. Its first window may still be loading. */
export function startDesktop(kind: Desktop['kind'], options: StartOptions): Promise<Desktop> {
  return kind === 'host' ? startHost(options) : startElectron(options);
}

/** Starts the app again beside a running one; resolves with its exit status. */
export async function startSecond(kind: Desktop['kind'], options: StartOptions): Promise<number | null> {
  if (kind === 'host') {
    const [code] = await once(spawnHost(options).child, 'exit');
    return code;
  }
  const app = await launchElectron(options).catch(() => null);
  await app?.waitForEvent('close').catch(() => {});
  return app?.process().exitCode ?? 0;
}

/** Starts the app on the host, for a run in which it ends by itself. */
export async function runToEnd(options: StartOptions): Promise<{ code: number | null; output: string }> {
  const { child, output } = spawnHost(options);
  const [code] = await once(child, 'exit');
  return { code, output: output() };
}

function environment({ dataDir, isPackaged, env }: StartOptions): Record<string, string> {
  const own = { POSTRUN_DATA_DIR: dataDir, POSTRUN_HOST_PACKAGED: isPackaged ? '1' : '', ...env };
  return { ...(process.env as Record<string, string>), ...own };
}

function spawnHost(options: StartOptions): { child: ChildProcess; output: () => string } {
  const main = `${options.appDir ?? repository}/dist/electron/main.js`;
  const child = fork(main, options.args ?? [], {
    execArgv: ['--import', register],
    env: environment(options),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let text = '';
  const keep = (chunk: Buffer) => {
    text += chunk;
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return { child, output: () => text };
}

async function startHost(options: StartOptions): Promise<Desktop> {
  const startedAt = Date.now();
  const { child, output } = spawnHost(options);
  const open = new Map<number, (message: ControlMessage) => void>();
  let nextId = 1;
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: ControlMessage) => {
      if (message.type === 'ready') resolve(message.endpoint);
      else open.get(message.id)?.(message);
    });
    child.once('exit', (code) => reject(new Error(`the app ended with ${code} before it was ready:\n${output()}`)));
  });
  const browser: Browser = await chromium.connectOverCDP(endpoint);
  const exited = once(child, 'exit');

  const evaluate: Desktop['evaluate'] = (run, argument) =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      open.set(id, (message) => {
        open.delete(id);
        if (message.type === 'value') resolve(message.value as never);
        else reject(new Error(message.type === 'error' ? message.message : 'no answer'));
      });
      child.send({ id, source: String(run), argument });
    });
  return {
    ...shared('host', () => browser.contexts().flatMap((context) => context.pages())),
    evaluate,
    startedAt,
    output,
    async quit() {
      if (child.exitCode !== null) return child.exitCode;
      // The answer may not arrive any more.
      evaluate(({ app }) => app.quit(), null).catch(() => {});
      const patience = setTimeout(() => child.kill('SIGKILL'), 15_000);
      const [code] = await exited;
      clearTimeout(patience);
      await browser.close().catch(() => {});
      return code;
    },
  };
}

function launchElectron(options: StartOptions) {
  return electronLauncher.launch({
    executablePath: findElectron() ?? undefined,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      options.appDir ?? repository,
      ...(options.args ?? []),
    ],
    env: environment(options),
  });
}

async function startElectron(options: StartOptions): Promise<Desktop> {
  const startedAt = Date.now();
  const app = await launchElectron(options);
  let text = '';
  app.process().stderr?.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  return {
    ...shared('electron', () => app.windows()),
    evaluate: (run, argument) => app.evaluate(run as never, argument) as never,
    startedAt,
    output: () => text,
    async quit() {
      if (app.process().exitCode !== null) return app.process().exitCode;
      const closed = app.waitForEvent('close');
      app.evaluate(({ app }) => app.quit()).catch(() => {});
      await closed;
      return app.process().exitCode;
    },
  };
}

function shared(kind: Desktop['kind'], allPages: () => Page[]): Pick<Desktop, 'kind' | 'pages' | 'page' | 'drop'> {
  const pages = () => allPages().filter((page) => page.url().startsWith(origins[kind]));
  return {
    kind,
    pages,
    async page(count = 1) {
      await expect.poll(() => pages().length, { message: 'open windows', timeout: 30_000 }).toBe(count);
      const last = pages().at(-1);
      if (last === undefined) throw new Error('no window');
      await last.waitForLoadState('domcontentloaded');
      return last;
    },
    async drop(page, path) {
      const name = path.split(/[\\/]/).at(-1) ?? '';
      // Electron gets the path of a file chosen in an input from Chromium. The host needs it from
      // here.
      await page.evaluate(
        ({ key, name, path }) => {
          const world: PageWorld | undefined = Reflect.get(window, Symbol.for(key));
          if (world !== undefined) world.files[name] = path;
          const input = document.createElement('input');
          input.type = 'file';
          input.id = 'postrun-drop';
          document.body.append(input);
        },
        { key: worldKey, name, path },
      );
      await page.locator('#postrun-drop').setInputFiles(path);
      await page.evaluate(() => {
        const input = document.querySelector<HTMLInputElement>('#postrun-drop');
        const dataTransfer = new DataTransfer();
        for (const file of input?.files ?? []) dataTransfer.items.add(file);
        input?.remove();
        for (const type of ['dragenter', 'dragover', 'drop']) {
          document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
        }
      });
    },
  };
}
