/**
 * Where in the query an error of the engine points to (`Character 7: …`), as an offset; null where
 * it points to all of it.
 */
export function errorOffset(message: string): number | null {
  const match = /^Character (\d+):/.exec(message);
  return match === null ? null : Number(match[1]) - 1;
}

/** The message without the place, which is shown in the query itself. */
export function errorText(message: string): string {
  const text = message.replace(/^Character \d+:\s*/, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
