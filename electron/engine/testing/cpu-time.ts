/**
 * Returns the processor time of this process in milliseconds, for tests that must not depend on
 * other work on the machine.
 */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
