/**
 * Returns the address of a worker's entry beside the module at `base` (`import.meta.url`):
 * `./name.ts` when running from the sources (Node strips the types), `./name.js` in the bundle,
 * where all entries and chunks share one folder.
 */
export function workerUrl(base: string, name: string): URL {
  return new URL(`./${name}${base.endsWith('.ts') ? '.ts' : '.js'}`, base);
}
