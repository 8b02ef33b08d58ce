/** Settings of the run as its logs give them. */

/** A setting as a number; null where it is not given or is none. */
export function numberSetting(settings: Record<string, string>, name: string): number | null {
  const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const text = settings[name] ?? settings[camel];
  if (text === undefined || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
