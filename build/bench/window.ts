/**
 * The window under test is the app in a real browser: `postrun serve` of a bundle and headless
 * Chromium, with the cost of both. Times are taken in the page, so that Playwright's own round
 * trips do not count.
 */
/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { type Server, startServer } from '../../e2e/fixtures/server.ts';
import { browserFlags, findBrowser } from '../find-browser.ts';

/** Seconds of processor time since the start of a process. */
export interface Processor {
  /** The server with the engine. NaN without `/proc`. */
  engine: number;
  /** The page's process alone. */
  page: number;
  /** The whole browser: the page, and the processes that compose and show it. */
  browser: number;
}

/** Frames over 50 ms. */
export interface LongFrames {
  count: number;
  /** Milliseconds. */
  longest: number;
}

declare global {
  interface Window {
    /** The app's function for tests, present with `testing` in its address. */
    waitForIdle?: (timeoutMs?: number) => Promise<void>;
    /** Milliseconds from the key to the frame with the first hit. */
    firstHit?: Promise<number>;
    /** The long frames so far, in milliseconds, and what watches for them. */
    longFrames?: { spent: number[]; watch: PerformanceObserver };
  }
}

const PATIENCE_MS = 600_000;
/** `waitForIdle` waits for three quiet frames; the requested content is drawn in the first. */
const QUIET_FRAMES = 2;
const FRAME_MS = 1000 / 60;
/** Slows the page's thread by this factor through the browser's protocol: a laptop on battery. */
const THROTTLE = 4;

export class WindowUnderTest {
  readonly page: Page;
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #session: CDPSession;
  readonly #system: CDPSession;

  private constructor(server: Server, browser: Browser, page: Page, session: CDPSession, system: CDPSession) {
    this.#server = server;
    this.#browser = browser;
    this.page = page;
    this.#session = session;
    this.#system = system;
  }

  /** Serves `path` with the bundle and shows nothing yet. */
  static async start(bundle: string, path: string, dataDir: string): Promise<WindowUnderTest> {
    const server = await startServer(path, dataDir, `${bundle}/cli.js`);
    const browser = await chromium.launch({ executablePath: findBrowser() ?? undefined, args: browserFlags() });
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'no-preference',
    });
    await context.addCookies([server.cookie]);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    return new WindowUnderTest(server, browser, page, session, await browser.newBrowserCDPSession());
  }

  /** Shows a place of the app (`#/…`) in a fresh page. */
  async goto(place = ''): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto(`${this.#server.url}&testing=1${place}`);
  }

  /** Waits until the status bar says that everything is indexed. */
  async indexed(): Promise<void> {
    await this.page.locator('.status-bar').getByText('Indexed 100 %').waitFor({ timeout: PATIENCE_MS });
  }

  async idle(): Promise<void> {
    await this.page.waitForFunction(() => 'waitForIdle' in window, undefined, { timeout: PATIENCE_MS });
    await this.page.evaluate((ms) => window.waitForIdle?.(ms), PATIENCE_MS);
  }

  /** Goes to a view of the rail; returns the milliseconds until everything in it is drawn. */
  async switchTo(view: string): Promise<number> {
    const link = this.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view, exact: true });
    const spent = await link.evaluate(async (element: HTMLElement, patience) => {
      const started = performance.now();
      element.click();
      await window.waitForIdle?.(patience);
      return performance.now() - started;
    }, PATIENCE_MS);
    return Math.max(0, spent - QUIET_FRAMES * FRAME_MS);
  }

  /**
   * Puts `query` into the search box with one key press and waits for its first hit. Returns the
   * milliseconds from key to frame.
   */
  async keyToHit(query: string): Promise<number> {
    const box = this.page.getByRole('textbox', { name: 'Search all logs' });
    await box.fill('');
    await this.idle();
    await box.focus();
    await this.page.evaluate(() => {
      window.firstHit = new Promise((resolve, reject) => {
        let pressed = 0;
        setTimeout(() => reject(new Error('No hit is drawn within a minute.')), 60_000);
        const isThere = () =>
          document.querySelector('[role="grid"][aria-label="Hits in all files"] [role="row"]') !== null;
        const watch = new MutationObserver(() => {
          if (pressed === 0 || !isThere()) return;
          watch.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - pressed));
        });
        document.addEventListener(
          'input',
          () => {
            pressed = performance.now();
          },
          { capture: true, once: true },
        );
        watch.observe(document.body, { childList: true, subtree: true });
      });
    });
    await this.page.keyboard.insertText(query);
    return this.page.evaluate(async () => (await window.firstHit) ?? Number.NaN);
  }

  /**
   * Does something with the page's thread slowed down, and counts the frames over 50 ms until
   * everything is drawn.
   */
  async longFrames(act: () => Promise<void>): Promise<LongFrames> {
    await this.#session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    try {
      await this.page.evaluate(() => {
        const spent: number[] = [];
        const watch = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) spent.push(entry.duration);
        });
        watch.observe({ type: 'long-animation-frame' });
        window.longFrames = { spent, watch };
      });
      await act();
      await this.idle();
      const frames = await this.page.evaluate(async () => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        window.longFrames?.watch.disconnect();
        return window.longFrames?.spent ?? [];
      });
      return { count: frames.length, longest: Math.max(0, ...frames) };
    } finally {
      await this.#session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    }
  }

  async processor(): Promise<Processor> {
    const { processInfo } = await this.#system.send('SystemInfo.getProcessInfo');
    const sum = (kind: string | null) =>
      processInfo.filter((one) => kind === null || one.type === kind).reduce((total, one) => total + one.cpuTime, 0);
    return { engine: processorOf(this.#server.pid), page: sum('renderer'), browser: sum(null) };
  }

  /** Returns the bytes of the page's heap after a collection. */
  async heap(): Promise<number> {
    await this.#session.send('HeapProfiler.collectGarbage');
    return (await this.#session.send('Runtime.getHeapUsage')).usedSize;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
  }
}

/**
 * Returns user and system time in seconds of a process and all its threads; NaN if not available.
 */
function processorOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // utime and stime, in clock ticks. Linux reports 100 per second.
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}
