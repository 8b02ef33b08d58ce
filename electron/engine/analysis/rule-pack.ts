/** A user's rule pack, read from text and checked. */
import { type RulePack, rulePackSchema } from '../../contract/analysis.ts';
import { failedSample } from './rules.ts';

/**
 * Parses a user's pack from JSON. Throws an Error that names the rule if a pattern is not a regular
 * expression or a sample line does not match as declared.
 */
export function parsePack(text: string): RulePack {
  const parsed = rulePackSchema.parse(JSON.parse(text));
  for (const rule of parsed.rules) {
    const failed = failedSample(rule);
    if (failed !== null) throw new Error(`rule ${rule.id}: ${failed}`);
  }
  return parsed;
}
