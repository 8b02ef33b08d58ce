#!/usr/bin/env node
// `postrun`: finds a Node that is new enough, then runs the built command line. Plain JavaScript that any Node can read.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeFault } from './node-fault.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const cli = join(root, 'dist', 'electron', 'cli.js');
const ownNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const fault = nodeFault(process.versions.node, `${process.platform}-${process.arch}`);

if (!existsSync(cli)) {
  console.error(`postrun: not built yet: ${root}: run \`npm run build\` there`);
  process.exitCode = 2;
} else if (fault === null) {
  await import(new URL('../../dist/electron/cli.js', import.meta.url).href);
} else if (existsSync(ownNode)) {
  const child = spawn(ownNode, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the child as well, which ends as it sees fit; this process only waits for it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(`postrun: ${ownNode} does not start: ${error.message}: run \`npm ci\` in ${root}`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 2);
  });
} else {
  console.error(`postrun: ${fault}`);
  process.exitCode = 2;
}
