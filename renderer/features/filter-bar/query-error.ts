/**
 * Returns the offset in the query that an engine error points to (`Character 7: …`), or null if it
 * concerns the whole query.
 */
export function errorOffset(message: string): number | null {
  const match = /^Character (\d+):/.exec(message);
  return match === null ? null : Number(match[1]) - 1;
}

/** Returns the message without the position, which the query itself shows. */
export function errorText(message: string): string {
  const text = message.replace(/^Character \d+:\s*/, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
