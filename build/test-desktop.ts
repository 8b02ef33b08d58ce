/**
 * `npm run test:desktop [-- --display x11|wayland]` runs the desktop specs, on Electron's own
 * executable if it is here.
 */
import { parseArgs } from 'node:util';
import { parseDisplay, runOnDisplay } from './display.ts';
import { fromRoot } from './paths.ts';

const { values } = parseArgs({ options: { display: { type: 'string' } } });
process.exitCode = await runOnDisplay(parseDisplay(values.display), process.execPath, [
  fromRoot('build/e2e.ts'),
  'e2e/desktop',
]);
