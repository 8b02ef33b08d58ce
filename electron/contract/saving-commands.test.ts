/** Tests that the list of saving commands is complete. */
import { expect, test } from 'vitest';
import { commands, savingCommands } from './contract.ts';

/** Path parameters of commands that only read the path, or that name a file within the run. */
const reading: Record<string, string[]> = {
  'source.inspect': ['path'],
  'case.open': ['path'],
  'runs.find': ['paths'],
  'lines.resolve': ['file'],
};

test('every command that could write a file of the caller’s choosing is known as one', () => {
  const suspects: string[] = [];
  for (const [name, { params }] of Object.entries(commands)) {
    const keys = Object.keys((params as { shape?: object }).shape ?? {});
    const places = keys.filter((key) => /path|^file$|folder|^dir$|target|force/i.test(key));
    if (places.some((key) => !reading[name]?.includes(key))) suspects.push(name);
  }
  expect(suspects.sort()).toEqual([...savingCommands].sort());
});
