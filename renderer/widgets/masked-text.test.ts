import { describe, expect, it } from 'vitest';
import { literalOf, templateParts } from './masked-text.ts';

describe('templates', () => {
  it('tells masked parts from text', () => {
    expect(templateParts('row <number> of <path>')).toEqual([
      { text: 'row ', isMasked: false },
      { text: 'number', isMasked: true },
      { text: ' of ', isMasked: false },
      { text: 'path', isMasked: true },
    ]);
    expect(templateParts("<class 'int'> <*>")).toEqual([
      { text: "<class 'int'> ", isMasked: false },
      { text: '*', isMasked: true },
    ]);
  });
  it('finds what to search for', () => {
    expect(literalOf('could not convert string to float: <text> (row <number>)')).toBe(
      'could not convert string to float:',
    );
    expect(literalOf('<number> <*>: <text>')).toBeNull();
  });
});
