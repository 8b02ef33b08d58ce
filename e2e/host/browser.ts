/**
 * The one Chromium whose pages are the app's windows. Its profile is the app's own, so storage
 * survives a restart.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { browserFlags, findBrowser } from '../../build/find-browser.ts';

export interface HostBrowser {
  context: BrowserContext;
  /** Address to which specs connect. */
  endpoint: string;
}

/** Starts the browser with a profile in the app's data folder. */
export async function launchBrowser(userData: string): Promise<HostBrowser> {
  const profile = join(userData, 'chromium');
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser() ?? undefined,
    args: [...browserFlags(), '--remote-debugging-port=0'],
    viewport: null,
    timezoneId: 'UTC',
    locale: 'en-US',
    reducedMotion: 'reduce',
  });
  const [port] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  return { context, endpoint: `http://127.0.0.1:${port}` };
}
