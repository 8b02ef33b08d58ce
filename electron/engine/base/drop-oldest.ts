/** A small cache is a map that drops its oldest entries when it is full. */

/** Drops the oldest entries until at most `most` are left; calls `onDrop` for each. */
export function dropOldest<Key, Value>(
  map: Map<Key, Value>,
  most: number,
  onDrop: (value: Value, key: Key) => void = () => undefined,
): void {
  for (const [key, value] of map) {
    if (map.size <= most) return;
    map.delete(key);
    onDrop(value, key);
  }
}
