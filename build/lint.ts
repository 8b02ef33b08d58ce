/**
 * `npm run lint` runs every check that reads the sources without running them, even after one has
 * failed. `npm test` runs the same list.
 */
import { spawnSync } from 'node:child_process';
import { fromRoot, root } from './paths.ts';

const checks: readonly { name: string; args: readonly string[] }[] = [
  { name: 'biome', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '.'] },
  { name: 'imports', args: ['build/check-imports.ts'] },
  { name: 'kernel', args: ['build/lint-kernel.ts'] },
  { name: 'unused code', args: ['node_modules/knip/bin/knip.js', '--config', 'build/knip.json'] },
  { name: 'ratchet', args: ['build/ratchet.ts'] },
];

const failed = checks.filter(({ args: [script = '', ...rest] }) => {
  const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  return spawnSync(process.execPath, [fromRoot(script), ...rest], { cwd: root, stdio: 'inherit', env }).status !== 0;
});
if (failed.length > 0) {
  console.error(`lint: not as it should be: ${failed.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}
