/**
 * The main path for every generation of the folder layout: as a folder, as a zip, and as a zip in a
 * zip.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SampleLayout, writeSample } from '../electron/sample/sample.ts';
import { expect, test, zipFolder } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';
import { uniqueUserWord } from './pages/unique-word.ts';

// Small, because nobody looks at the run that the server starts with.
test.use({ sample: { nodes: 1, processes: 1, miniBatches: 2, seed: 1 } });

type Form = 'folder' | 'zip' | 'zip in a zip';

const forms: [SampleLayout, Form][] = [
  ['1', 'folder'],
  ['2', 'zip'],
  ['3', 'folder'],
  ['3', 'zip in a zip'],
];

/** Returns the path to open. */
async function packed(dir: string, folder: string, form: Form): Promise<string> {
  if (form === 'folder') return folder;
  const outer = join(dir, 'outer');
  await mkdir(outer);
  const zip = join(outer, 'run.zip');
  await zipFolder(folder, zip);
  if (form === 'zip') return zip;
  await zipFolder(outer, join(dir, 'outer.zip'));
  return join(dir, 'outer.zip');
}

for (const [layout, form] of forms) {
  test(`layout ${layout} as ${form}: overview, search, line`, async ({ app }) => {
    const dir = await mkdtemp(join(tmpdir(), 'postrun-layout-'));
    try {
      const folder = join(dir, 'run');
      const sample = { nodes: 2, processes: 2, miniBatches: 16, failure: 'run_exception', seed: 7, layout } as const;
      const truth = await writeSample(folder, sample);
      const path = await packed(dir, folder, form);
      const window = new PostrunWindow(app);
      const { page } = app;
      await window.openPath(path);
      await expect(window.headline).toHaveText(/The run failed.*run\(\) raised an exception/);
      const numbers = page.getByRole('list', { name: 'The run in numbers' });
      await expect(numbers.getByRole('link', { name: /mini-batches$/ })).toContainText(
        String(truth.totals.miniBatches.total),
      );
      for (const { node } of truth.nodes) await expect(page.locator('.node-tiles')).toContainText(node);

      const unique = uniqueUserWord(folder);
      await window.searchFor(unique.word);
      await expect(window.count).toContainText('1 line in 1 file');
      await window.press('Enter');
      await window.hits.getByRole('row').filter({ hasText: unique.word }).locator('.line__number').click();
      await window.idle();
      await expect(page.getByRole('region', { name: 'Lines' })).toContainText(unique.file);
      const active = window.lines.locator('.is-active');
      await expect(active).toContainText(unique.word);
      await expect(active).toContainText(unique.line.toLocaleString('en'));
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
}
