/** Rules of accessibility, checked by axe on the page as it stands. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What breaks a rule: `place rule: element`, at most three elements a rule; empty is good. All
 * rules are checked in light colours. Only contrast can differ in dark ones, and axe takes seconds
 * for the rest, so only contrast is checked there. `part`: a selector, where not the whole page is
 * meant. The page is in light colours afterwards.
 */
export async function accessibilityFaults(page: Page, place = '', part = ''): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page });
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
