/** A task's own id in its JSON, or in a dict as Python prints it. */
const jsonId = /["'](?:id|task_id|mini_?batch_id)["']\s*:\s*(?:["']([\w.:-]{1,100})["']|(\d{1,18})\b)/;
/** Keys that only the JSON of a task or its result has; other JSON in a system log has ids too. */
const taskKeys =
  /["'](?:dequeue_count|picked_count|mini_?batch|mini_?batch_id|task_id|task_type|partition_size|succeeded|run_method_\w+)["']\s*:/;
const named = /\b(?:Got task|Picked task|[Mm]ini[- ]?[Bb]atch(?: id)?|[Tt]ask id):? #?(\d{1,18})\b/;

/** Characters of a line to search. */
const longest = 20_000;

/**
 * Returns the id of the mini-batch that a line of a system log names, or null: `Got task 17.`,
 * `mini batch 17 did not finish`, `unfinished mini batch 17`, a task's JSON (README.md#worker-log,
 * #master-log). A few string searches reject most lines.
 */
export function mentionedMiniBatch(text: string): string | null {
  const line = text.length > longest ? text.slice(0, longest) : text;
  if (line.includes('{') && (line.includes('id"') || line.includes("id'")) && taskKeys.test(line)) {
    const match = jsonId.exec(line);
    if (match) return match[1] ?? match[2] ?? null;
  }
  if (!line.includes('atch') && !line.includes('task ') && !line.includes('ask id')) return null;
  return named.exec(line)?.[1] ?? null;
}
