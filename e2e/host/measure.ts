/**
 * `node e2e/host/measure.ts [RUN]` measures five times the time from the start of the process to
 * the first paint and, with RUN, the memory of its window when everything is indexed and idle. It
 * uses Electron if it is here, otherwise the host. The host's main process is a plain Node that
 * also drives the browser, so only the times, the engine and the page are comparable.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { findElectron } from '../../build/electron-binary.ts';
import { type Desktop, startDesktop } from './desktop.ts';

const run = process.argv[2];
const kind: Desktop['kind'] = findElectron() === null ? 'host' : 'electron';
const dataDir = await mkdtemp(join(tmpdir(), 'postrun-measure-'));
try {
  const paints: number[] = [];
  const launches: number[] = [];
  for (let round = 0; round < 5; round++) {
    const desktop = await startDesktop(kind, { dataDir });
    launches.push(Date.now() - desktop.startedAt);
    const page = await desktop.page();
    await page.getByRole('button', { name: 'Open a zip …' }).waitFor();
    paints.push(await firstPaint(page, desktop));
    await desktop.quit();
  }
  console.log(
    `${kind}: first paint after ${times(paints)}; of that until the browser was there at most ${times(launches)}`,
  );
  if (run !== undefined) await measureMemory(run);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

async function measureMemory(path: string): Promise<void> {
  const desktop = await startDesktop(kind, { dataDir, args: [path] });
  const page = await desktop.page();
  await page.getByText('Indexed', { exact: true }).waitFor({ timeout: 600_000 });
  const indexedAt = Date.now() - desktop.startedAt;
  const peak = await engineMemory(desktop, 'VmHWM');
  await page.waitForTimeout(10_000);
  console.log(`run indexed and drawn ${(indexedAt / 1000).toFixed(1)} s after the start; idle for ten seconds:`);
  console.log(`  engine ${await engineMemory(desktop, 'VmRSS')} (most while indexing ${peak})`);
  console.log(`  page's heap ${megabytes(await pageHeap(page))}`);
  await desktop.quit();
  const again = await startDesktop(kind, { dataDir, args: [path] });
  const reopened = await again.page();
  await reopened.getByText('Indexed', { exact: true }).waitFor({ timeout: 60_000 });
  console.log(
    `opened again: drawn ${((Date.now() - again.startedAt) / 1000).toFixed(1)} s after the start; after ten seconds:`,
  );
  await reopened.waitForTimeout(10_000);
  console.log(`  engine ${await engineMemory(again, 'VmRSS')}, page's heap ${megabytes(await pageHeap(reopened))}`);
  await again.quit();
}

async function firstPaint(page: Page, desktop: Desktop): Promise<number> {
  const at = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return performance.timeOrigin + (paint?.startTime ?? Number.NaN);
  });
  return Math.round(at - desktop.startedAt);
}

/** Reads the memory from Linux's table of processes. */
async function engineMemory(desktop: Desktop, field: 'VmRSS' | 'VmHWM'): Promise<string> {
  const pid = await desktop.evaluate(
    ({ app }) => app.getAppMetrics().find((process) => process.name === 'Postrun engine')?.pid ?? 0,
    null,
  );
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1];
  return kilobytes === undefined ? 'unknown' : megabytes(Number(kilobytes) * 1024);
}

function pageHeap(page: Page): Promise<number> {
  return page.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function times(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return `${sorted[2]} ms (median of ${sorted.length}; ${sorted[0]} to ${sorted.at(-1)})`;
}
