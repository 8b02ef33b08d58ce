/** User rules are rules of findings that a person has put into the data folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RulePack } from '../../contract/analysis.ts';
import type { Problem } from '../../contract/records.ts';
import { parsePack } from '../analysis/rule-pack.ts';

/**
 * Rules of one's own: the packs in `<data folder>/rules/*.json`, and what is wrong with those that
 * cannot be used.
 */
export interface UserRules {
  packs: RulePack[];
  problems: Problem[];
}

/**
 * Read them anew, since a person edits them while the app runs. A pack that cannot be used is said
 * to be so and left out.
 */
export function readUserRules(dataDir: string): UserRules {
  const folder = join(dataDir, 'rules');
  const rules: UserRules = { packs: [], problems: [] };
  if (!existsSync(folder)) return rules;
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) continue;
    try {
      rules.packs.push(parsePack(readFileSync(join(folder, name), 'utf8')));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      rules.problems.push({
        file: null,
        line: null,
        kind: 'rules',
        message: `The rules in ${join(folder, name)} cannot be used: ${reason}`,
        count: 1,
      });
    }
  }
  return rules;
}
