/**
 * Processor time of this process in milliseconds: what a test measures while others work on the
 * same machine.
 */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
