/**
 * Address of a worker entry that stands beside the module at `base` (`import.meta.url`):
 * `./name.ts` when run from the sources (Node strips the types), `./name.js` in the bundle, where
 * all entries and chunks lie in one folder.
 */
export function workerUrl(base: string, name: string): URL {
  return new URL(`./${name}${base.endsWith('.ts') ? '.ts' : '.js'}`, base);
}
