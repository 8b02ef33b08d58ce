/**
 * `npm run dist [-- --linux|--mac|--win] [--x64|--arm64] [--dir]` builds, stages the app folder,
 * checks it, lists its packages (SBOM), starts it on the host of the tests, and lets
 * electron-builder make the packages. The default is this system and this processor; for macOS,
 * universal.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Arch, build, Platform } from 'electron-builder';
import { downloadElectron, findElectron } from './electron-binary.ts';
import { findBrowser } from './find-browser.ts';
import { wrongFuses } from './fuses.ts';
import { linuxTargets, packageConfig } from './package-config.ts';
import { fromRoot, root, rootFolder } from './paths.ts';
import { makeSbom } from './sbom.ts';
import { checkStage, shippedPackages, stageApp, type Target } from './stage.ts';

const flag = { type: 'boolean', default: false } as const;
const { values } = parseArgs({
  options: { linux: flag, mac: flag, win: flag, x64: flag, arm64: flag, dir: flag },
});
const target = chosenTarget();
const name = `${target.platform}-${target.archs.length > 1 ? 'universal' : target.archs[0]}`;
const stage = fromRoot(`release/${name}/app`);

runNode([fromRoot('build/build.ts')]);
stageApp(target, stage);
const { bytes, files, faults } = checkStage(target, stage);
for (const fault of faults) console.error(`staged app: ${fault}`);
if (faults.length > 0) process.exit(1);
writeFileSync(fromRoot(`release/${name}/sbom.cdx.json`), `${JSON.stringify(makeSbom(shippedPackages()), null, 2)}\n`);
console.log(`staged ${name}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB, production files only`);
startOnHost();

const why = whyNoElectron();
if (why !== null) console.log(`No packages made: ${why}. All before that is done: release/${name}/app`);
else await makePackages();

function chosenTarget(): Target {
  const platform = values.linux ? 'linux' : values.mac ? 'darwin' : values.win ? 'win32' : process.platform;
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') {
    console.error(`dist: there are no packages for ${platform}`);
    process.exit(2);
  }
  const here = process.arch === 'arm64' ? 'arm64' : 'x64';
  const asked = (['x64', 'arm64'] as const).filter((arch) => values[arch]);
  if (asked.length === 1) return { platform, archs: asked };
  // A Linux or Windows package holds the native module of one processor: two calls make both.
  return { platform, archs: platform === 'darwin' ? ['x64', 'arm64'] : [here] };
}

/** Starts the staged app in a place where it can find nothing but itself. */
function startOnHost(): void {
  const isThisMachine = target.platform === process.platform && target.archs.some((arch) => arch === process.arch);
  if (!isThisMachine || findBrowser() === null) {
    console.log(`not started: ${isThisMachine ? 'no browser for the host of the tests' : `made for ${name}`}`);
    return;
  }
  const copy = mkdtempSync(join(tmpdir(), 'postrun-staged-'));
  try {
    cpSync(stage, join(copy, 'app'), { recursive: true });
    const run = join(copy, 'run');
    const size = ['--nodes', '1', '--processes', '1', '--mini-batches', '4'];
    runNode([fromRoot('dist/electron/cli.js'), 'sample', run, ...size], 'ignore');
    runNode([fromRoot('e2e/host/start-staged.ts'), join(copy, 'app'), run]);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/**
 * Returns why Electron's executable is not available. electron-builder downloads the executables of
 * the target itself; whether it can shows with the one for this machine.
 */
function whyNoElectron(): string | null {
  if (findElectron() !== null) return null;
  const reason = downloadElectron();
  return reason === null ? null : `Electron's executable cannot be had here (${reason})`;
}

async function makePackages(): Promise<void> {
  const platform = { linux: Platform.LINUX, darwin: Platform.MAC, win32: Platform.WINDOWS }[target.platform];
  const isUniversal = target.archs.length > 1;
  const arch = isUniversal ? Arch.universal : target.archs[0] === 'arm64' ? Arch.arm64 : Arch.x64;
  const { version } = JSON.parse(readFileSync(fromRoot('node_modules/electron/package.json'), 'utf8'));
  const output = fromRoot(`release/${name}`);
  const { targets, without } = linuxTargets(hasProgram);
  if (target.platform === 'linux' && without.length > 0) {
    console.log(
      `No ${without.join(' and ')} package: rpmbuild is not here (\`apt install rpm\`). The others are made.`,
    );
  }
  const made = await build({
    projectDir: rootFolder,
    publish: 'never',
    targets: platform.createTarget(values.dir ? 'dir' : null, arch),
    config: packageConfig({ stage, output, electronVersion: version, linuxTargets: targets }),
  });
  for (const file of made) console.log(file);
  const executable = packedExecutable(output, isUniversal);
  const wrong = await wrongFuses(executable);
  if (wrong.length > 0) {
    console.error(`dist: fuses are not as they should be in ${executable}: ${wrong.join(', ')}`);
    process.exitCode = 1;
  }
}

function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Returns where electron-builder puts the packed app. */
function packedExecutable(output: string, isUniversal: boolean): string {
  const suffix = target.archs[0] === 'arm64' ? '-arm64' : '';
  if (target.platform === 'darwin') return join(output, `mac${isUniversal ? '-universal' : suffix}`, 'Postrun.app');
  if (target.platform === 'win32') return join(output, `win${suffix}-unpacked`, 'Postrun.exe');
  return join(output, `linux${suffix}-unpacked`, 'postrun');
}

function runNode(args: string[], output: 'inherit' | 'ignore' = 'inherit'): void {
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', output, 'inherit'], cwd: root });
  if (status !== 0) process.exit(status ?? 1);
}
