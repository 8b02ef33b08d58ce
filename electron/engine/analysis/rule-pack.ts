/** A rule pack of one's own, read from its text and checked. */
import { type RulePack, rulePackSchema } from '../../contract/analysis.ts';
import { failedSample } from './rules.ts';

/**
 * Read a user's pack from JSON text. Throws an Error that names the rule when a pattern is no
 * regular expression or a sample line does not do what it says.
 */
export function parsePack(text: string): RulePack {
  const parsed = rulePackSchema.parse(JSON.parse(text));
  for (const rule of parsed.rules) {
    const failed = failedSample(rule);
    if (failed !== null) throw new Error(`rule ${rule.id}: ${failed}`);
  }
  return parsed;
}
