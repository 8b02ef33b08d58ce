/**
 * `npm run soak [-- --minutes N] [--megabytes N] [--seed N]`
 *
 * Uses the app in a browser at random, like a restless person, for 30 minutes over 1 GB: views,
 * searches, keys, clicks, scrolling, filters. Prints the page's heap after garbage collection and
 * the server's memory every 15 s. The first third is warm-up. Fails if the heap of the last third
 * exceeds that of the second by more than a tenth, or if the page or the server reports an error.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CDPSession, chromium, type Page } from '@playwright/test';
import { startServer } from '../../e2e/fixtures/server.ts';
import { Random } from '../../electron/sample/random.ts';
import { writeSample } from '../../electron/sample/sample.ts';
import { browserFlags, findBrowser } from '../find-browser.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    megabytes: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
});
const minutes = Number(values.minutes);
/** Share by which the heap may grow after warm-up. */
const MOST_GROWTH = 0.1;
const SAMPLE_MS = 15_000;

const QUERIES = [
  'timeout',
  'error OR warning',
  '*atch*',
  '/\\d{4}-\\d\\d/',
  'level:error',
  'batch:17',
  '"did not"',
  'zzzz',
  'kind:user e*',
];
const KEYS = [
  'j',
  'k',
  'n',
  'N',
  'g',
  'G',
  'PageDown',
  'PageUp',
  'End',
  'Home',
  'ArrowDown',
  'ArrowUp',
  'Enter',
  'Escape',
  '?',
  '[',
  ']',
  '+',
  '-',
  '0',
];

interface Heap {
  seconds: number;
  /** Bytes in use after a collection. */
  page: number;
  /** Resident bytes of the server with its engine; 0 if the system does not tell. */
  server: number;
}

async function act(page: Page, random: Random): Promise<void> {
  const kind = random.int(10);
  if (kind < 3) {
    const links = page.getByRole('navigation', { name: 'Views' }).getByRole('link');
    const count = await links.count();
    if (count > 0) await links.nth(random.int(count)).click();
  } else if (kind < 5) {
    await page.getByRole('textbox', { name: 'Search all logs' }).fill(random.chance(0.2) ? '' : random.pick(QUERIES));
  } else if (kind < 7) {
    await page.keyboard.press(random.pick(KEYS));
  } else if (kind < 9) {
    await page.mouse.move(random.int(1280), random.int(800));
    await page.mouse.wheel(0, random.int(4_000) - 1_500);
  } else {
    // Rows, cells and bars, but no button: one could open another case or end the session.
    const rows = page.locator('[role=row], [role=gridcell], canvas, summary');
    const count = await rows.count();
    if (count > 0) await rows.nth(random.int(count)).click();
  }
}

async function heapOf(session: CDPSession, started: number, pid: number): Promise<Heap> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { seconds: (performance.now() - started) / 1_000, page: usedSize, server: residentOf(pid) };
}

function residentOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

const least = (heaps: readonly Heap[]) => Math.min(...heaps.map(({ page }) => page));

const executablePath = findBrowser();
if (executablePath === null) throw new Error('soak: no browser is here');
const dir = await mkdtemp(join(tmpdir(), 'postrun-soak-'));
const run = join(dir, 'run');
await writeSample(run, {
  nodes: 8,
  processes: 4,
  miniBatches: 2_000,
  megabytes: Number(values.megabytes),
  failure: 'run_exception',
});
const server = await startServer(run, join(dir, 'data'));
const browser = await chromium.launch({ executablePath, args: browserFlags() });
const errors: string[] = [];
const heaps: Heap[] = [];
let actions = 0;
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addCookies([server.cookie]);
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(`page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`);
  });
  page.on('crash', () => errors.push('the page crashed'));
  await page.goto(server.url);
  await page.getByRole('textbox', { name: 'Search all logs' }).waitFor({ timeout: 60_000 });
  // From now on, an action that cannot happen promptly is skipped.
  page.setDefaultTimeout(1_000);
  const session = await context.newCDPSession(page);
  const random = new Random(Number(values.seed), 'soak');
  const started = performance.now();
  let next = started + SAMPLE_MS;
  while (performance.now() < started + minutes * 60_000 && errors.length === 0) {
    // An element that is gone before the click, or is behind a dialog, is no error.
    await act(page, random).catch(() => page.keyboard.press('Escape'));
    actions++;
    await page.waitForTimeout(random.int(150));
    if (performance.now() < next) continue;
    next += SAMPLE_MS;
    const heap = await heapOf(session, started, server.pid);
    heaps.push(heap);
    console.log(
      `${Math.round(heap.seconds)} s: ${actions} actions, page ${(heap.page / 1e6).toFixed(1)} MB, server ${Math.round(heap.server / 1e6)} MB`,
    );
  }
} finally {
  await browser.close();
  const status = await server.stop();
  if (status !== 0) errors.push(`the server ended with status ${status}`);
  await rm(dir, { recursive: true, force: true });
}
const third = Math.max(1, Math.floor(heaps.length / 3));
const [warm, last] = [least(heaps.slice(third, 2 * third)), least(heaps.slice(-third))];
const growth = last / warm - 1;
console.log(
  `${actions} actions in ${minutes} minutes over ${values.megabytes} MB; heap ${(100 * growth).toFixed(1)} % against after warm-up; ${errors.length} errors`,
);
for (const error of errors.slice(0, 20)) console.log(`  ${error}`);
process.exitCode = errors.length > 0 || !(growth <= MOST_GROWTH) ? 1 : 0;
