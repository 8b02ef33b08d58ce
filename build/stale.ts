import { globSync, statSync } from 'node:fs';
import { fromRoot, root } from './paths.ts';

/** A file whose time of modification is that of the sources of the last complete build. */
export const buildStamp = fromRoot('dist/.built');

/** Tell whether `dist/` is missing or older than a source file. */
export function isBuildStale(): boolean {
  const stamp = statSync(buildStamp, { throwIfNoEntry: false });
  if (stamp === undefined) return true;
  const sources = globSync(['electron/**/*.ts', 'renderer/**/*', 'build/{build,bundle}.ts', 'package-lock.json'], {
    cwd: root,
  });
  return sources.some((source) => statSync(fromRoot(source)).mtimeMs > stamp.mtimeMs);
}
