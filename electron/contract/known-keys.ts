/**
 * Known keys are the keys of an object, and the values of a list, that the compiler knows. A value
 * from outside is checked against them before it is used. This is the one place that tells the
 * compiler what `Object.keys` returns.
 */

/** Decides whether a value from outside has properties that can be looked at. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Returns the keys of an object that has no others. */
export function keysOf<Key extends string>(object: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(object) as Key[];
}

/** Makes an object with a value for each key. */
export function recordOf<Key extends string, Value>(
  keys: readonly Key[],
  make: (key: Key) => Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, Value>;
}

/** Decides whether a value is a key of an object. */
export function isKeyOf<Key extends string>(object: Readonly<Record<Key, unknown>>, value: unknown): value is Key {
  return typeof value === 'string' && Object.hasOwn(object, value);
}

/** Decides whether a value is in a list. */
export function isOneOf<Value>(list: readonly Value[], value: unknown): value is Value {
  const all: readonly unknown[] = list;
  return all.includes(value);
}
