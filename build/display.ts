/**
 * Runs a command under its own display server, for runs without a person. `x11` is Xvfb, `wayland`
 * a headless Weston, `native` the machine's own display.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export const displays = ['native', 'x11', 'wayland'] as const;
export type Display = (typeof displays)[number];

const socket = 'postrun-wayland';
const startMs = 10_000;

/** Parses the name of a display from a command line. */
export function parseDisplay(text: string | undefined): Display {
  const display = displays.find((each) => each === (text ?? 'native'));
  if (display === undefined) throw new Error(`--display takes ${displays.join(', ')}, not “${text}”`);
  return display;
}

/**
 * Runs `program` with a display and returns its exit status. If the display server is missing,
 * prints the package to install and returns 2.
 */
export async function runOnDisplay(display: Display, program: string, args: string[]): Promise<number> {
  if (display === 'native') return run(program, args, {});
  const [server, packageName] = display === 'x11' ? ['xvfb-run', 'xvfb'] : ['weston', 'weston'];
  if (!isInstalled(server)) {
    console.error(`${server} is not here: \`apt install ${packageName}\``);
    return 2;
  }
  if (display === 'x11') return run('xvfb-run', ['-a', program, ...args], {});
  const runtime = mkdtempSync(join(tmpdir(), 'postrun-wayland-'));
  const weston = spawn('weston', ['--backend=headless', `--socket=${socket}`, '--idle-time=0'], {
    stdio: 'ignore',
    env: { ...process.env, XDG_RUNTIME_DIR: runtime },
  });
  try {
    const giveUpAt = Date.now() + startMs;
    while (!existsSync(join(runtime, socket)) && Date.now() < giveUpAt) await delay(100);
    return run(program, args, {
      XDG_RUNTIME_DIR: runtime,
      WAYLAND_DISPLAY: socket,
      DISPLAY: undefined,
      ELECTRON_OZONE_PLATFORM_HINT: 'wayland',
    });
  } finally {
    weston.kill();
    rmSync(runtime, { recursive: true, force: true });
  }
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

function run(program: string, args: string[], env: NodeJS.ProcessEnv): number {
  return spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;
}
