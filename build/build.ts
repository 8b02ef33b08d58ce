/**
 * `npm run build` bundles the shells, the engine and the page into `dist/`. `npm ci` runs it too
 * (`prepare`).
 */
import { utimesSync, writeFileSync } from 'node:fs';
import { bundleNode, bundleRenderer, type Output, writeOutputs } from './bundle.ts';
import { fromRoot } from './paths.ts';
import { buildStamp } from './stale.ts';

const started = new Date();
try {
  const [node, renderer] = await Promise.all([bundleNode(), bundleRenderer()]);
  writeOutputs(fromRoot('dist/electron'), node.outputs);
  if (renderer.outputs.length > 0) writeOutputs(fromRoot('dist/renderer'), renderer.outputs);
  // The stamp carries the time at which the sources were read, so that an edit during the build
  // counts as newer.
  writeFileSync(buildStamp, '');
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
