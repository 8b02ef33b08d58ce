/**
 * The window as a person sees it, for specs: its parts by their names, and steps that end when
 * everything they requested is drawn.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import { type App, openAnew } from '../fixtures/app.ts';

declare global {
  interface Window {
    /** Present only with `?testing` in the address. */
    waitForIdle?: (timeoutMs?: number) => Promise<void>;
  }
}

export class PostrunWindow {
  readonly app: App;
  readonly page: Page;
  readonly search: Locator;
  readonly count: Locator;
  readonly headline: Locator;
  readonly strip: Locator;
  readonly chips: Locator;
  readonly hits: Locator;
  readonly lines: Locator;
  readonly detail: Locator;

  constructor(app: App) {
    this.app = app;
    this.page = app.page;
    this.search = this.page.getByRole('textbox', { name: 'Search all logs' });
    this.count = this.page.locator('.search-count');
    this.headline = this.page.getByRole('region', { name: 'How the run ended' }).getByRole('heading', { level: 2 });
    this.strip = this.page.getByRole('slider', { name: 'Time cursor' });
    this.chips = this.page.getByRole('list', { name: 'Filters that are on' });
    this.hits = this.page.getByRole('grid', { name: 'Hits in all files' });
    this.lines = this.page.getByRole('grid', { name: /^Lines of/ });
    this.detail = this.page.getByRole('region', { name: 'Detail' });
  }

  /** Opens a place (`#/…`) in a fresh page that offers a way to wait. */
  async open(place = ''): Promise<void> {
    await openAnew(this.page, `${this.app.url}&testing=1${place}`);
    await this.idle();
  }

  /** Opens another source in a view. */
  async openPath(path: string, view = 'overview'): Promise<void> {
    await this.open(`#/${view}?open=${encodeURIComponent(path)}`);
  }

  async idle(): Promise<void> {
    await this.page.waitForFunction(() => 'waitForIdle' in window);
    await this.page.evaluate(() => window.waitForIdle?.(60_000));
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    await this.idle();
  }

  async goTo(view: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view, exact: true }).click();
    await this.idle();
  }

  async searchFor(text: string): Promise<void> {
    await this.search.fill(text);
    await this.idle();
  }

  /** Returns the number of lines found, from the filter bar. */
  async found(): Promise<number> {
    const text = await this.count.locator('strong').innerText();
    return Number(text.replaceAll(',', ''));
  }

  /** Chooses a value in a dropdown of the filter bar. */
  async filterBy(facet: 'Node' | 'PID' | 'Mini-batch' | 'Kind', value: string): Promise<void> {
    await this.page
      .locator('.facet-bar')
      .getByRole('button', { name: new RegExp(`^${facet}`) })
      .click();
    const panel = this.page.getByRole('dialog', { name: `Filter by ${facet}` });
    await panel.getByRole('textbox').fill(value);
    await panel.getByRole('button', { name: new RegExp(`^Only ${value.replaceAll('.', '\\.')}(?!\\S)`) }).click();
    await this.page.keyboard.press('Escape');
    await this.idle();
  }

  /** Moves the pointer down the ruler beside the lines, `x` from its left; returns what it says. */
  async ruler(x: number): Promise<Set<string>> {
    const box = await this.page.locator('.ruler').boundingBox();
    if (box === null) throw new Error('There is no ruler.');
    const told = new Set<string>();
    // The lowest pixels belong to the handle of the pane below.
    for (let y = 2; y < box.height - 8; y += 5) {
      await this.page.mouse.move(box.x + x, box.y + y);
      // The tip is drawn a frame later.
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
      for (const part of (await this.page.locator('.ruler__tip').innerText()).split(' · ')) told.add(part);
    }
    return told;
  }

  /** Expects a place in the address, which follows actions with a small delay. */
  async expectPlace(pattern: RegExp): Promise<void> {
    await expect.poll(() => this.page.evaluate(() => location.hash)).toMatch(pattern);
  }
}
