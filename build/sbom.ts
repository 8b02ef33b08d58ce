/**
 * A bill of materials (SBOM) lists the third-party packages in the app, with version, licence and
 * checksum, in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/), which vulnerability scanners
 * read.
 */
import { readFileSync } from 'node:fs';
import { readPackage } from './notices.ts';
import { fromRoot } from './paths.ts';

export interface SbomComponent {
  type: 'library';
  name: string;
  version: string;
  purl: string;
  licenses: { license: { name: string } }[];
  hashes: { alg: 'SHA-512'; content: string }[];
}

export interface Sbom {
  bomFormat: 'CycloneDX';
  specVersion: '1.6';
  version: 1;
  metadata: { component: { type: 'application'; name: string; version: string } };
  components: SbomComponent[];
}

/**
 * Makes the bill of an app that has these packages. Throws for a package without a licence or
 * outside the lock file.
 */
export function makeSbom(names: readonly string[]): Sbom {
  const { packages }: { packages: Record<string, { integrity?: string }> } = JSON.parse(
    readFileSync(fromRoot('package-lock.json'), 'utf8'),
  );
  const { name, version }: { name: string; version: string } = JSON.parse(
    readFileSync(fromRoot('package.json'), 'utf8'),
  );
  const components = [...new Set(names)].sort().map((each): SbomComponent => {
    const found = readPackage(each);
    const integrity = packages[`node_modules/${each}`]?.integrity;
    if (integrity === undefined) throw new Error(`${each} is not in the lock file`);
    const content = Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
    return {
      type: 'library',
      name: each,
      version: found.version,
      purl: `pkg:npm/${each.replace('@', '%40')}@${found.version}`,
      licenses: [{ license: { name: found.licence } }],
      hashes: [{ alg: 'SHA-512', content }],
    };
  });
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name, version } },
    components,
  };
}
