/**
 * Stages the app folder for shipping: bundles that the desktop app reaches, the page, the one
 * native module for the target, licences. The folder is made from `dist/` and checked before
 * packaging.
 */
import { copyFileSync, cpSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeNotices, mapsOf, packagesInMaps } from './notices.ts';
import { fromRoot } from './paths.ts';

export interface Target {
  platform: 'linux' | 'darwin' | 'win32';
  /** Both for a universal app of macOS. */
  archs: ('x64' | 'arm64')[];
}

/**
 * Size in MB above which somebody must look at the staged folder. A universal app has a second
 * native module.
 */
const mostMegabytes = 12;

/** Entry points. Workers are found by their names at run time. */
const startFiles = ['main.js', 'preload.cjs', 'host-process.js'];

/** Files beside the bundles that are read by name. */
const otherFiles = ['sqlite3.wasm'];

/** Makes the folder from scratch. `dist/` must be built. */
export function stageApp(target: Target, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const electronDir = fromRoot('dist/electron');
  const bundles = reachable(electronDir);
  for (const file of [...bundles, ...otherFiles]) copy(join(electronDir, file), join(folder, 'dist/electron', file));
  const pageDir = fromRoot('dist/renderer');
  const pageFiles = globSync('*', { cwd: pageDir, exclude: ['*.map'] });
  for (const file of pageFiles) copy(join(pageDir, file), join(folder, 'dist/renderer', file));
  stageNativeModule(target, folder);
  copy(fromRoot('LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(join(folder, 'NOTICES.txt'), makeNotices(shippedMaps(), ['better-sqlite3']));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(stagedManifest(), null, 2)}\n`);
}

/** Returns the maps of all shipped bundles. */
function shippedMaps(): string[] {
  const electronDir = fromRoot('dist/electron');
  const pageDir = fromRoot('dist/renderer');
  return [
    ...mapsOf(electronDir, reachable(electronDir)),
    ...mapsOf(pageDir, globSync('*', { cwd: pageDir, exclude: ['*.map'] })),
  ];
}

/** Returns the names of the shipped third-party packages, with Electron. `dist/` must be built. */
export function shippedPackages(): string[] {
  return [...packagesInMaps(shippedMaps()), 'better-sqlite3', 'electron'];
}

/** Returns the bundles that the desktop app can load, without the command line and the server. */
function reachable(electronDir: string): string[] {
  const workers = globSync('*-worker.js', { cwd: electronDir, exclude: ['host-worker.js', 'fake-worker.js'] });
  const found = new Set<string>();
  const waiting = [...startFiles, ...workers];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const text = readFileSync(join(electronDir, file), 'utf8');
    for (const match of text.matchAll(/(?:from|import\()\s*["']\.\/(?<name>[\w-]+\.js)["']/g)) {
      waiting.push(match.groups?.name ?? '');
    }
  }
  return [...found].sort();
}

function stageNativeModule(target: Target, folder: string): void {
  const source = fromRoot('node_modules/better-sqlite3');
  const destination = join(folder, 'node_modules/better-sqlite3');
  cpSync(join(source, 'lib'), join(destination, 'lib'), { recursive: true });
  copy(join(source, 'LICENSE'), join(destination, 'LICENSE'));
  for (const name of prebuilds(target)) copy(join(source, 'prebuilds', name), join(destination, 'prebuilds', name));
  // Leaves out the packages that only compile it.
  const { name, version, main, license } = readJson(join(source, 'package.json'));
  writeFileSync(join(destination, 'package.json'), JSON.stringify({ name, version, main, license }));
}

function prebuilds({ platform, archs }: Target): string[] {
  return archs.map((arch) => `${platform}-${arch}.node`);
}

function stagedManifest() {
  const { name, version, description, license, main, type, homepage } = readJson(fromRoot('package.json'));
  const { version: sqlite } = readJson(fromRoot('node_modules/better-sqlite3/package.json'));
  return {
    name,
    productName: 'Postrun',
    // Electron derives the window's class from it, which must be the name of the desktop file.
    desktopName: 'postrun.desktop',
    version,
    description,
    license,
    author: { name: 'Postrun', email: 'postrun@users.noreply.github.com' },
    homepage: homepage ?? 'https://postrun.invalid/',
    main,
    type,
    dependencies: { 'better-sqlite3': sqlite },
  };
}

/**
 * Inspects a staged folder: its size, and everything in it that is missing or must not be there.
 */
export function checkStage(target: Target, folder: string): { bytes: number; files: number; faults: string[] } {
  const files = globSync('**/*', { cwd: folder })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => statSync(join(folder, file)).isFile());
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  const needed = [
    'package.json',
    'LICENSE',
    'NOTICES.txt',
    ...[...startFiles, ...otherFiles].map((file) => `dist/electron/${file}`),
    ...['index.html', 'app.js', 'app.css'].map((file) => `dist/renderer/${file}`),
    ...prebuilds(target).map((file) => `node_modules/better-sqlite3/prebuilds/${file}`),
  ];
  const { devDependencies = {} } = readJson(fromRoot('package.json'));
  const strange = files.filter((file) => {
    const packageName = /node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)\//.exec(file)?.groups?.name;
    return (
      /\.(map|ts|tsx|md)$/.test(file) ||
      (packageName !== undefined && packageName !== 'better-sqlite3') ||
      (packageName !== undefined && packageName in devDependencies) ||
      (file.endsWith('.node') && !prebuilds(target).includes(basename(file)))
    );
  });
  const isTooLarge = bytes > mostMegabytes * 1e6;
  return {
    bytes,
    files: files.length,
    faults: [
      ...needed.filter((file) => !files.includes(file)).map((file) => `missing: ${file}`),
      ...strange.map((file) => `not to be shipped: ${file}`),
      ...(isTooLarge ? [`${Math.round(bytes / 1e6)} MB, more than ${mostMegabytes}`] : []),
    ],
  };
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

/** The fields of package.json that this file reads. */
interface Manifest {
  name: string;
  version: string;
  main: string;
  license: string;
  description?: string;
  type?: string;
  homepage?: string;
  devDependencies?: Record<string, string>;
}

function readJson(file: string): Manifest {
  const manifest: Manifest = JSON.parse(readFileSync(file, 'utf8'));
  return manifest;
}
