import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sqlQuestions } from '../../../electron/contract/sql-questions.ts';

test('the README has every worked question as it is offered', () => {
  const text = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  for (const { question, sql } of sqlQuestions) expect(text).toContain(`${question}\n\n\`\`\`sql\n${sql}\n\`\`\``);
});
