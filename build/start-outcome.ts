/**
 * How a start of the desktop app ended, and what `npm start` does about it: plain decisions, tested
 * without Electron.
 */

/** The end of a child process, as its `exit` event reports it. */
export interface ChildEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/**
 * A fault within this many seconds comes from the machine, not from the person's actions in the
 * app.
 */
const startSeconds = 5;
/** A person or a service manager ends the app with these. */
const wantedSignals: readonly string[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** Chromium traps or aborts if its sandbox cannot start. */
const sandboxSignals: readonly string[] = ['SIGTRAP', 'SIGABRT'];

/**
 * Returns why the desktop app could not run here, as one clause, or null if it ran and ended as
 * somebody wished. A crash by a signal counts at any time, an exit status only within the first
 * seconds.
 */
export function whyElectronEnded({ code, signal }: ChildEnd, seconds: number): string | null {
  if (signal !== null) {
    if (wantedSignals.includes(signal)) return null;
    if (sandboxSignals.includes(signal) && seconds < startSeconds) return sandboxAdvice(signal);
    return `Electron ended by ${signal}`;
  }
  if (code !== 0 && seconds < startSeconds) return `Electron ended at once (exit status ${code})`;
  return null;
}

/** Ubuntu 23.10 and later restrict unprivileged user namespaces, which Chromium's sandbox needs. */
function sandboxAdvice(signal: string): string {
  return (
    `Electron ended at once (${signal}), most likely because this system does not let its sandbox start; ` +
    'allow it with `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`, or install the .deb, which brings an AppArmor profile'
  );
}

/**
 * Returns a shell's exit status for this end: 128 plus the number of the signal for SIGINT and
 * SIGTERM.
 */
export function exitStatusOf({ code, signal }: ChildEnd): number {
  if (code !== null) return code;
  return signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1;
}

/**
 * Decides whether a window can be shown. On Linux, the display variables tell. On other systems, an
 * SSH login has no desktop.
 */
export function hasDisplay(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  const isSet = (name: string) => (env[name] ?? '') !== '';
  if (platform === 'linux') return isSet('DISPLAY') || isSet('WAYLAND_DISPLAY');
  return !isSet('SSH_CONNECTION') && !isSet('SSH_TTY');
}
