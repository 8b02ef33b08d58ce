/** User rules: rules for findings in the data folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RulePack } from '../../contract/analysis.ts';
import type { Problem } from '../../contract/file-records.ts';
import { parsePack } from '../analysis/rule-pack.ts';

/** Rule packs of the user in `<data folder>/rules/*.json`, and problems with unusable ones. */
export interface UserRules {
  packs: RulePack[];
  problems: Problem[];
}

/**
 * Reads the rules on each call, because users edit them while the app runs. Reports and skips an
 * unusable pack.
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
