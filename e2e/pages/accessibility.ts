/** Rules of accessibility, checked by axe on the present page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * Returns the broken rules as `place colours rule: element`, at most three elements per rule; empty
 * is good. It checks all rules in light colours, but only contrast in dark ones, because nothing
 * else can differ and axe takes seconds for the rest. `part` is a selector, to check less than the
 * whole page. Afterwards, the page is in light colours.
 *
 * The app has no frames, so axe can run in the page itself (its legacy mode). That takes half the
 * time of its default, which gathers the results of all frames in a second page.
 */
export async function accessibilityFaults(page: Page, place = '', part = ''): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'], preload: false });
    if (part !== '') axe.include(part);
    if (colorScheme === 'dark') axe.withRules(['color-contrast']);
    const { violations } = await axe.analyze();
    for (const { id, nodes } of violations)
      for (const node of nodes.slice(0, 3))
        faults.push(`${place} ${colorScheme} ${id}: ${node.html.slice(0, 200)}`.trim());
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}
