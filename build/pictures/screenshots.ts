/**
 * Takes pictures of the running app: every view at several sizes and in both themes, for
 * inspection, and the three pictures of README.md. `node build/pictures/screenshots.ts --readme`
 * makes the latter, `node build/pictures/screenshots.ts --out DIR` the former.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { startServer } from '../../e2e/fixtures/server.ts';
import { type SampleOptions, writeSample } from '../../electron/sample/sample.ts';
import { browserFlags, findBrowser, noBrowserAdvice } from '../find-browser.ts';
import { fromRoot } from '../paths.ts';

const views = [
  'overview',
  'logs?q=error',
  'mini-batches',
  'lanes',
  'resources',
  'errors',
  'findings',
  'files',
  'compare',
  'report',
  'query',
  'runs',
  'problems',
];
/** A laptop, a screen, and a laptop at 200 % zoom. */
const sizes = ['1280x800', '1920x1080', '640x400'];
const themes = ['light', 'dark'] as const;

/**
 * Runs to make if none is named: a small one that failed, and a big one with a slow node. A third
 * has logs of no run.
 */
const samples: Record<string, SampleOptions> = {
  failed: { nodes: 4, processes: 4, miniBatches: 400, failure: 'run_exception', seed: 3 },
  big: { nodes: 60, processes: 4, miniBatches: 12_000, failure: 'slow_node', seed: 5, loggingLevel: 'INFO' },
};

interface Shot {
  place: string;
  file: string;
  size: string;
  theme: (typeof themes)[number];
}

const { values: options, positionals: runs } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: join(tmpdir(), 'postrun-pictures') },
    views: { type: 'string', default: views.join(',') },
    sizes: { type: 'string', default: sizes.join(',') },
    themes: { type: 'string', default: themes.join(',') },
    readme: { type: 'boolean', default: false },
  },
});

/** Takes the pictures of one run. Waits for each page until everything it requested is drawn. */
async function shoot(browser: Browser, path: string, shots: readonly Shot[]): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'postrun-pictures-data-'));
  const server = await startServer(path, dataDir);
  try {
    const page = await browser.newPage({ reducedMotion: 'reduce', timezoneId: 'UTC', locale: 'en-US' });
    await page.context().addCookies([server.cookie]);
    page.on('pageerror', (error) => console.error(`${path}: ${error.message}`));
    for (const shot of shots) await take(page, server.url, shot);
    await page.close();
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function take(page: Page, url: string, { place, file, size, theme }: Shot): Promise<void> {
  const [width = 1280, height = 800] = size.split('x').map(Number);
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width, height });
  // A change of the hash alone would only move within the open page.
  await page.goto('about:blank');
  await page.goto(`${url}&testing=1#/${place}`);
  await page.waitForFunction("'waitForIdle' in window");
  await page.evaluate('window.waitForIdle(600_000)');
  await page.screenshot({ path: file });
  console.log(file);
}

async function withSample<T>(sample: SampleOptions, use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'postrun-pictures-run-'));
  try {
    const path = join(folder, 'run');
    await writeSample(path, sample);
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes logs of a web service, to show the window without a run. */
async function withForeign(use: (path: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'postrun-pictures-foreign-'));
  try {
    const messages = [
      'INFO request 1 served in 12 ms',
      'DEBUG cache lookup',
      'WARNING slow query',
      'ERROR no connection to db-1',
    ];
    for (const name of ['api', 'worker']) {
      const lines = Array.from({ length: 3_000 }, (_, index) => {
        const time = new Date(1_709_283_600_000 + index * 1_700)
          .toISOString()
          .replace('T', ' ')
          .replace('.', ',')
          .slice(0, -1);
        return `${time} ${messages[index % 41 === 0 ? 3 : index % 17 === 0 ? 2 : index % 2]}\n`;
      });
      writeFileSync(join(folder, `${name}.log`), lines.join(''));
    }
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function shotsOf(name: string): Shot[] {
  mkdirSync(options.out, { recursive: true });
  const shots: Shot[] = [];
  for (const place of options.views.split(',')) {
    for (const size of options.sizes.split(',')) {
      for (const theme of themes.filter((each) => options.themes.split(',').includes(each))) {
        const view = place.replaceAll(/[^\w-]+/g, '-');
        shots.push({ place, size, theme, file: join(options.out, `${name}-${view}-${size}-${theme}.png`) });
      }
    }
  }
  return shots;
}

async function main(): Promise<void> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error(noBrowserAdvice);
  const browser = await chromium.launch({ executablePath, args: browserFlags() });
  try {
    if (options.readme) {
      const readme = (place: string, name: string): Shot => ({
        place,
        file: fromRoot(`build/docs/${name}.png`),
        size: '1280x800',
        theme: 'light',
      });
      await withSample(samples.failed ?? {}, (path) =>
        shoot(browser, path, [
          readme('overview', 'overview'),
          readme('logs?q=keyerror', 'logs'),
          readme('resources', 'resources'),
        ]),
      );
    } else if (runs.length > 0) {
      for (const path of runs)
        await shoot(browser, path, shotsOf(path.split('/').findLast((part) => part !== '') ?? 'run'));
    } else {
      for (const [name, sample] of Object.entries(samples)) {
        await withSample(sample, (path) => shoot(browser, path, shotsOf(name)));
      }
      await withForeign((path) => shoot(browser, path, shotsOf('foreign')));
    }
  } finally {
    await browser.close();
  }
}

await main();
