/** Tests that the bundle of the window stays free of the schema library. */
import { expect, test } from 'vitest';
import { bundleRenderer } from './bundle.ts';

test('the window does not carry the schema library, which would be a third of its script', async () => {
  const { outputs } = await bundleRenderer();
  const map = outputs.find((output) => output.path === 'app.js.map');
  const { sources } = JSON.parse(Buffer.from(map?.content ?? []).toString('utf8')) as { sources: string[] };
  expect(sources.filter((source) => source.includes('node_modules/react-dom/'))).not.toEqual([]);
  expect(sources.filter((source) => source.includes('node_modules/zod/'))).toEqual([]);
});
