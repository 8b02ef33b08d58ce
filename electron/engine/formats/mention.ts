/** `"id": 17` of a task's JSON, in the forms Python prints it. */
const jsonId = /["'](?:id|task_id|mini_?batch_id)["']\s*:\s*(?:"([^"]{1,200})"|'([^']{1,200})'|(\d{1,18}))/;
const named = /\b(?:Got task|[Mm]ini[- ]?batch(?: id)?|[Tt]ask(?: id)?):? #?(\d{1,18})\b(?! (?:mini|tasks|items|of))/;

/**
 * The id of the mini-batch that a line of a system log names itself, null where it names none.
 * Most lines are rejected by two look-ups (formats file, sections J, C and D).
 */
export function mentionedMiniBatch(text: string): string | null {
  const line = text.length > 20_000 ? text.slice(0, 20_000) : text;
  if (line.includes('{')) {
    const json = jsonId.exec(line);
    if (json) return json[1] ?? json[2] ?? json[3] ?? null;
  }
  if (!line.includes('atch ') && !line.includes('ask ') && !line.includes('atch: ') && !line.includes('ask: '))
    return null;
  return named.exec(line)?.[1] ?? null;
}
