/** Crash policy: how often a part of the app is started again before a person is asked. */

/**
 * Tells a fault that may pass from one that comes back: the third within a minute is not answered
 * by yet another start.
 */
export function createCrashPolicy(most = 3, withinMs = 60_000, now = () => Date.now()) {
  let times: number[] = [];
  return {
    /** Note a crash; true when it should simply be started again. */
    mayRestart(): boolean {
      const at = now();
      times = [...times.filter((time) => at - time < withinMs), at];
      return times.length < most;
    },
    forget(): void {
      times = [];
    },
  };
}
