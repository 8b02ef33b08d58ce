import { expect, it } from 'vitest';
import { rankCommands } from './rank-commands.ts';

const titles = ['Show or hide the drawer', 'Go to a line', 'How the search was done', 'Search all logs'];
const commands = titles.map((title) => ({ title, group: 'Window' }));
const found = (text: string) => rankCommands(commands, text).map((command) => command.title);

it('puts what begins so before what only has it', () => {
  expect(found('how the')).toEqual(['How the search was done', 'Show or hide the drawer']);
  expect(found('sea')).toEqual(['Search all logs', 'How the search was done']);
  expect(found('done how')).toEqual(['How the search was done']);
});

it('keeps the order of the table where nothing is typed', () => {
  expect(found(' ')).toEqual(titles);
  expect(found('xyz')).toEqual([]);
});
