/** Crash policy: how often a part of the app restarts before it asks a person. */

/**
 * Tells a passing fault from a recurring one: the third crash within a minute does not cause
 * another restart.
 */
export function createCrashPolicy(most = 3, withinMs = 60_000, now = () => Date.now()) {
  let times: number[] = [];
  return {
    /** Records a crash. True if the part should simply restart. */
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
