/**
 * Renders the planner's requirement for a block, JSON from the engine, as text: one condition per
 * line, indented below its `all of` or `any of`. Returns the input if it is not such JSON.
 */
import { isObject } from '../../../electron/contract/known-keys.ts';

export function planText(plan: string): string {
  let value: unknown;
  try {
    value = JSON.parse(plan);
  } catch {
    return plan;
  }
  return lines(value, 0).join('\n');
}

const INDENT = '  ';

function lines(value: unknown, depth: number): string[] {
  const indent = INDENT.repeat(depth);
  if (!isObject(value)) return [`${indent}${JSON.stringify(value)}`];
  const { kind, text, items, atStart, atEnd } = value;
  if ((kind === 'and' || kind === 'or') && Array.isArray(items))
    return [
      `${indent}${kind === 'and' ? 'all of' : 'any of'}`,
      ...items.flatMap((item: unknown) => lines(item, depth + 1)),
    ];
  if (kind === 'any') return [`${indent}every block: nothing in the search can be looked up, so all text is read`];
  if (kind === 'token' && typeof text === 'string')
    return [`${indent}${text === '' ? 'a certain letter beyond ASCII' : `the word “${text}”`}`];
  if (kind === 'part' && typeof text === 'string') {
    const where =
      atStart === true && atEnd === true
        ? 'that is'
        : atStart === true
          ? 'that begins with'
          : atEnd === true
            ? 'that ends in'
            : 'that contains';
    return [`${indent}a word ${where} “${text}”`];
  }
  return [`${indent}${JSON.stringify(value)}`];
}
