/**
 * Collects the licences of the bundled packages. The source maps of the bundles tell which packages
 * are in them, so the notices name those and no others.
 */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from './paths.ts';

export interface BundledPackage {
  name: string;
  version: string;
  licence: string;
  text: string;
}

/** Returns the names of the packages in the given source maps (`…/node_modules/@scope/name/…`). */
export function packagesInMaps(mapFiles: string[]): string[] {
  const names = new Set<string>();
  for (const file of mapFiles) {
    const { sources }: { sources: string[] } = JSON.parse(readFileSync(file, 'utf8'));
    for (const source of sources) {
      const match = /.*node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)\//.exec(source);
      const name = match?.groups?.name;
      // A package's own maps can name folders of its authors' workspace.
      if (name !== undefined && existsSync(fromRoot(`node_modules/${name}/package.json`))) names.add(name);
    }
  }
  return [...names].sort();
}

/**
 * Reads a package's version and licence. Throws if it has no licence, because then somebody must
 * look.
 */
export function readPackage(name: string): BundledPackage {
  const folder = fromRoot(`node_modules/${name}`);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${name} names no licence`);
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)(\.|$)/i.test(each));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return { name, version, licence: license, text };
}

/** Writes the notices of an app that has the bundles of `mapFiles` and also ships `packages`. */
export function makeNotices(mapFiles: string[], packages: string[]): string {
  const names = [...new Set([...packagesInMaps(mapFiles), ...packages])].sort();
  const parts = names.map(readPackage).map(({ name, version, licence, text }) => {
    const head = `${name} ${version} (${licence})`;
    return `${head}\n${'-'.repeat(head.length)}\n${text || `Distributed under the ${licence} licence.`}\n`;
  });
  return [
    'Postrun contains the following software of others. Electron and Chromium: see LICENSE.electron.txt and',
    'LICENSES.chromium.html beside the executable. SQLite, in better-sqlite3, is in the public domain.\n',
    ...parts,
  ].join('\n');
}

/** Returns the maps of the shipped bundles. */
export function mapsOf(folder: string, files: string[]): string[] {
  const present = new Set(globSync('*.map', { cwd: folder }));
  return files.map((file) => `${file}.map`).flatMap((file) => (present.has(file) ? [join(folder, file)] : []));
}
