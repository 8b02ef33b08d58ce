/** Settings of the run from its logs. */

/** Returns a setting as a number; null if it is missing or not a number. */
export function numberSetting(settings: Record<string, string>, name: string): number | null {
  const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const text = settings[name] ?? settings[camel];
  if (text === undefined || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
