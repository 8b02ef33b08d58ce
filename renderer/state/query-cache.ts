/** The last answers, so that going back to a view shows it at once. Answers of an older revision are shown while asked again. */
export interface QueryCache {
  get(key: string): { revision: number; data: unknown } | undefined;
  set(key: string, revision: number, data: unknown): void;
}

export function createQueryCache(most = 200): QueryCache {
  const entries = new Map<string, { revision: number; data: unknown }>();
  return {
    get: (key) => entries.get(key),
    set(key, revision, data) {
      entries.delete(key);
      entries.set(key, { revision, data });
      // A Map keeps the order of insertion: the first key is the one that was set longest ago.
      for (const oldest of entries.keys()) {
        if (entries.size <= most) break;
        entries.delete(oldest);
      }
    },
  };
}
