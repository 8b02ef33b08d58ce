/**
 * `npm run build` bundles the shells, the engine and the page into `dist/`. `npm ci` runs it too
 * (`prepare`). `--development` builds the page with React's checks, for end-to-end tests and `npm
 * run dev`.
 */
import { utimesSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bundleNode, bundleRenderer, type Output, type PageMode, writeOutputs } from './bundle.ts';
import { fromRoot } from './paths.ts';
import { buildStamp } from './stale.ts';

const { values } = parseArgs({ options: { development: { type: 'boolean', default: false } } });
const mode: PageMode = values.development ? 'development' : 'production';
const started = new Date();
try {
  const [node, renderer] = await Promise.all([bundleNode(), bundleRenderer(mode)]);
  writeOutputs(fromRoot('dist/electron'), node.outputs);
  if (renderer.outputs.length > 0) writeOutputs(fromRoot('dist/renderer'), renderer.outputs);
  // The stamp carries the time at which the sources were read, so that an edit during the build
  // counts as newer.
  writeFileSync(buildStamp, mode);
  utimesSync(buildStamp, started, started);
  const missing = [...node.missing, ...renderer.missing];
  const seconds = ((Date.now() - started.getTime()) / 1000).toFixed(1);
  console.log(
    `dist/ built in ${seconds} s: electron ${size(node.outputs)}, renderer ${size(renderer.outputs)}` +
      (missing.length > 0 ? `; left out because not there yet: ${missing.join(', ')}` : ''),
  );
} catch (error) {
  console.error(`build failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

function size(outputs: Output[]): string {
  const bytes = outputs
    .filter((output) => !output.path.endsWith('.map'))
    .reduce((sum, output) => sum + output.content.byteLength, 0);
  return `${Math.round(bytes / 1000)} kB`;
}
