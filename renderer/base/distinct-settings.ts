/**
 * Returns each setting once, although the service writes some in two spellings (`errorThreshold`,
 * `error_threshold`). `of` gives a setting's name and values. Keeps both spellings if their values
 * differ.
 */
export function distinctSettings<T>(
  settings: readonly T[],
  of: (setting: T) => readonly [name: string, ...values: (string | null)[]],
): T[] {
  const seen = new Set<string>();
  return settings.filter((setting) => {
    const [name, ...values] = of(setting);
    const key = JSON.stringify([name.toLowerCase().replaceAll(/[_-]/g, ''), ...values]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
