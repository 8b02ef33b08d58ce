/** Task JSON is the description of a task or its result within a line. */
import { emptyTask, setTaskField, type TaskFields, taskField } from './tables/task-fields.ts';

/** Characters of a line to search for a task's JSON. */
const longestJson = 100_000;

/**
 * Finds the first `{…}` with balanced braces at or after `from`. If it is cut off, it ends with the
 * text.
 */
function findBraces(text: string, from = 0): { start: number; end: number; whole: boolean } | null {
  const start = text.indexOf('{', from);
  if (start < 0) return null;
  const limit = Math.min(text.length, start + longestJson);
  let depth = 0;
  let quote = 0;
  for (let index = start; index < limit; index++) {
    const code = text.charCodeAt(index);
    if (quote !== 0) {
      if (code === 92) index++;
      else if (code === quote) quote = 0;
    } else if (code === 34) quote = code;
    else if (code === 123) depth++;
    else if (code === 125) {
      depth--;
      if (depth === 0) return { start, end: index + 1, whole: true };
    }
  }
  return { start, end: limit, whole: false };
}

/** A labelled value in text that is not JSON (a printed Python dict, a line cut in half). */
const labelled =
  /["']([\w -]{1,40})["']\s*:\s*(?:"((?:[^"\\]|\\.){0,2000})"|'((?:[^'\\]|\\.){0,2000})'|(-?\d[\d.eE+-]{0,30})(?=\s*[,}\]]))/g;

/**
 * Reads a task or its result: from its JSON if that parses, otherwise from its labelled values.
 * Returns null if it has no field of a task.
 */
export function readTask(text: string, from = 0): { task: TaskFields; end: number } | null {
  const braces = findBraces(text, from);
  if (!braces) return null;
  const source = text.slice(braces.start, braces.end);
  const task = emptyTask();
  let known = 0;
  const object = braces.whole ? parseObject(source) : null;
  const entries: Iterable<[string, unknown]> = object ? Object.entries(object) : labelledValues(source);
  for (const [name, value] of entries) {
    const field = taskField(name);
    if (!field) continue;
    known++;
    setTaskField(task, field, value);
  }
  return known > 0 ? { task, end: braces.end } : null;
}

function* labelledValues(source: string): Generator<[string, unknown]> {
  for (const match of source.matchAll(labelled)) {
    yield [match[1] ?? '', match[2] ?? match[3] ?? Number(match[4])];
  }
}

function parseObject(source: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(source);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
