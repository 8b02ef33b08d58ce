/** A small cache is a map from which what was put in first goes when there is too much. */

/** Take out the entries that were put in first until at most `most` are left; each is told of. */
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
