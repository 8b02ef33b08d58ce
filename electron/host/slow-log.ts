/** A command that took longer than a person should notice. */
export interface SlowCommand {
  command: string;
  /** Which window or shell asked. */
  who: string;
  milliseconds: number;
  /** Time of the request in milliseconds since the epoch. */
  at: number;
  ok: boolean;
}

/** Keeps the last slow commands, oldest first. */
export function createSlowLog(thresholdMs = 40, capacity = 1_000) {
  const ring: SlowCommand[] = [];
  let next = 0;
  return {
    note(entry: SlowCommand): void {
      if (entry.milliseconds <= thresholdMs) return;
      ring[next] = entry;
      next = (next + 1) % capacity;
    },
    list(): SlowCommand[] {
      return ring.length < capacity ? ring.slice() : [...ring.slice(next), ...ring.slice(0, next)];
    },
  };
}
