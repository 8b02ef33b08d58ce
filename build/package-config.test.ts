/** Tests the configuration of electron-builder, and packs an app with it. */
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { wrongFuses } from './fuses.ts';
import { linuxSizes } from './icons.ts';
import { linuxTargets, packageConfig } from './package-config.ts';
import { fromRoot } from './paths.ts';

const dir = mkdtempSync(join(tmpdir(), 'postrun-package-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const paths = { stage: join(dir, 'app'), output: join(dir, 'out'), electronVersion: '45.4.1' };

test.each([
  ['unsigned', {}],
  ['signed and notarised', { CSC_LINK: 'x', CSC_KEY_PASSWORD: 'x', APPLE_API_KEY: 'x' }],
])('the configuration holds against the schema of electron-builder: %s', async (_name, env) => {
  // electron-builder's own validator, in one of its dependencies.
  const require = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
  const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js');
  const debugLogger = { isEnabled: false, add() {} };
  const config = packageConfig({ ...paths, env });
  await expect(validateConfiguration(config, debugLogger)).resolves.toBeUndefined();
  await expect(validateConfiguration({ ...config, asarr: true }, debugLogger)).rejects.toThrow(/asarr/);
});

test('signing is taken from the environment', () => {
  expect(packageConfig({ ...paths, env: {} }).mac).toMatchObject({ hardenedRuntime: false, notarize: false });
  const signed = { CSC_NAME: 'x', APPLE_ID: 'x' };
  expect(packageConfig({ ...paths, env: signed }).mac).toMatchObject({ hardenedRuntime: true, notarize: true });
});

test('no package starts without the sandbox, none updates itself, none takes .zip away', () => {
  const config = packageConfig({ ...paths, env: {} });
  expect(JSON.stringify(config)).not.toContain('no-sandbox');
  // If absent, it would be `--no-sandbox`.
  expect(config.appImage?.executableArgs).toEqual([]);
  expect(config.publish).toBeNull();
  expect(JSON.stringify(config.win)).not.toContain('"zip"');
  expect(config.linux?.target).toEqual(['deb', 'rpm', 'AppImage']);
});

test('a Mac app without a certificate is signed ad hoc, one with a certificate by it', () => {
  const unsigned = packageConfig({ ...paths, env: {} });
  expect(unsigned.mac).toMatchObject({ identity: '-', hardenedRuntime: false });
  expect(unsigned.electronFuses).toMatchObject({ resetAdHocDarwinSignature: true, enableCookieEncryption: false });
  const signed = packageConfig({ ...paths, env: { CSC_NAME: 'x' } });
  expect(signed.mac).not.toHaveProperty('identity');
  expect(signed.electronFuses).toMatchObject({ resetAdHocDarwinSignature: false });
});

test('folders and archives are offered to the app by every system', () => {
  const config = packageConfig({ ...paths, env: {} });
  expect(config.linux?.mimeTypes).toEqual(expect.arrayContaining(['inode/directory', 'application/zip']));
  expect(JSON.stringify(config.mac?.extendInfo)).toContain('public.folder');
  const script = readFileSync(fromRoot('build/installer.nsh'), 'utf8');
  const written = [...script.matchAll(/WriteReg\w+ SHCTX "([^"]+)"/g)].map((match) => match[1] ?? '');
  const removed = [...script.matchAll(/DeleteReg(?:Key|Value) SHCTX "([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(written).toContain('Software\\Classes\\Directory\\shell\\Postrun\\command');
  // The uninstaller removes everything that the installer writes.
  for (const key of written) expect(removed.some((each) => key.startsWith(each))).toBe(true);
});

test('without rpmbuild the other packages are made', () => {
  expect(linuxTargets(() => false)).toEqual({ targets: ['deb', 'AppImage'], without: ['rpm'] });
  expect(linuxTargets(() => true)).toEqual({ targets: ['deb', 'rpm', 'AppImage'], without: [] });
});

test('icons of every system are there', () => {
  for (const size of linuxSizes) {
    const png = readFileSync(fromRoot(`build/icons/linux/${size}x${size}.png`));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  }
  const ico = readFileSync(fromRoot('build/icons/icon.ico'));
  expect([ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([1, 7]);
  const icns = readFileSync(fromRoot('build/icons/icon.icns'));
  expect(icns.toString('ascii', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
});

/**
 * Runs electron-builder itself with a stand-in for Electron, which cannot be downloaded everywhere:
 * an executable that holds nothing but the fuses. It runs in its own process, because it changes
 * global state.
 */
test('packs the app into an archive with only the native module outside, and burns the fuses', async () => {
  const electronDist = join(dir, 'electron');
  mkdirSync(join(electronDist, 'resources'), { recursive: true });
  const fuseWire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.of(1, 9),
    Buffer.from('101100011'),
  ]);
  writeFileSync(join(electronDist, 'electron'), Buffer.concat([Buffer.alloc(64), fuseWire, Buffer.alloc(64)]), {
    mode: 0o755,
  });
  mkdirSync(join(electronDist, 'locales'));
  for (const file of ['locales/en-US.pak', 'chrome-sandbox', 'LICENSE', 'LICENSES.chromium.html']) {
    writeFileSync(join(electronDist, file), '');
  }
  const files = {
    'package.json': JSON.stringify({
      name: 'postrun',
      version: '1.2.3',
      main: 'dist/main.js',
      author: { name: 'x', email: 'x@x.invalid' },
      homepage: 'https://x.invalid/',
      dependencies: { 'better-sqlite3': '13.0.0' },
    }),
    'NOTICES.txt': 'notices',
    'dist/main.js': 'main',
    'node_modules/better-sqlite3/package.json': '{"name":"better-sqlite3","version":"13.0.0","main":"lib/index.js"}',
    'node_modules/better-sqlite3/lib/index.js': 'lib',
    'node_modules/better-sqlite3/prebuilds/linux-x64.node': 'native',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(paths.stage, name, '..'), { recursive: true });
    writeFileSync(join(paths.stage, name), text);
  }
  const config = packageConfig({ ...paths, electronDist, env: {} });
  const script = `
    const { Arch, build, Platform } = require('electron-builder');
    const targets = Platform.LINUX.createTarget('dir', Arch.x64);
    build({ projectDir: process.cwd(), publish: 'never', targets, config: JSON.parse(process.argv[1]) }).catch((error) => {
      console.error(error);
      process.exit(1);
    });`;
  execFileSync(process.execPath, ['-e', script, JSON.stringify(config)], { cwd: fromRoot(''), stdio: 'pipe' });

  const packed = join(paths.output, 'linux-unpacked');
  expect(await wrongFuses(join(packed, 'postrun'))).toEqual([]);
  expect(readFileSync(join(packed, 'resources/NOTICES.txt'), 'utf8')).toBe('notices');
  const unpacked = globSync('**/*', { cwd: join(packed, 'resources/app.asar.unpacked') });
  const isFile = (file: string) => statSync(join(packed, 'resources/app.asar.unpacked', file)).isFile();
  expect(unpacked.filter(isFile)).toEqual(['node_modules/better-sqlite3/prebuilds/linux-x64.node']);
  const archive = readFileSync(join(packed, 'resources/app.asar'), 'latin1');
  for (const name of ['main.js', 'index.js', 'integrity']) expect(archive).toContain(name);
});
