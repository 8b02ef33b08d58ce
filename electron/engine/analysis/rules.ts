/**
 * Known issues: the built-in rule pack and the user's own, matched against errors and the run's
 * statements.
 */
import type { RuleHit, RulePack, Signature } from '../../contract/analysis.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import pack from './known-issues.json' with { type: 'json' };
import { type LineText, RefReader, uniqueRefs } from './refs.ts';

type Rule = RulePack['rules'][number];

/**
 * The built-in pack, with defaults filled in. A test checks it against the schema, so that threads
 * that match rules need not load the schema.
 */
export const builtInPack: RulePack = {
  ...pack,
  rules: pack.rules.map((rule) => ({ noise: false, counterSamples: [], ...rule })),
};

/** Returns what is wrong with a rule according to its own samples; null if nothing is. */
export function failedSample(rule: Rule): string | null {
  const pattern = compile(rule);
  if (pattern === null) return `the pattern is no regular expression: ${rule.pattern}`;
  const missed = rule.samples.find((sample) => !pattern.test(sample));
  if (missed !== undefined) return `the pattern does not match its sample: ${missed}`;
  const wrong = rule.counterSamples.find((sample) => pattern.test(sample));
  return wrong === undefined ? null : `the pattern matches its counter-sample: ${wrong}`;
}

const compiled = new WeakMap<Rule, RegExp | null>();

function compile(rule: Rule): RegExp | null {
  let pattern = compiled.get(rule);
  if (pattern === undefined) {
    try {
      pattern = new RegExp(rule.pattern, 'm');
    } catch {
      pattern = null;
    }
    compiled.set(rule, pattern);
  }
  return pattern;
}

/** Returns the noise rule that a message matches; null if none. */
export function noiseRule(text: string, packs: readonly RulePack[]): Rule | null {
  for (const one of packs) {
    for (const rule of one.rules) if (rule.noise && compile(rule)?.test(text)) return rule;
  }
  return null;
}

/**
 * Returns every rule that an error or statement of the run matches, with the number of lines and
 * where they are.
 */
export function ruleHits(
  db: ReadableDb,
  signatures: readonly Signature[],
  packs: readonly RulePack[],
  lineText: LineText,
): RuleHit[] {
  const refs = new RefReader(db, lineText);
  const said = selectRows(
    db,
    `SELECT file_id AS fileId, line, message FROM run_event
       WHERE message IS NOT NULL AND type IN ('failure', 'cause', 'stop_reason', 'driver_exit', 'phase', 'advice', 'node_left', 'result')
       UNION ALL SELECT file_id, line, detail FROM process_event WHERE detail IS NOT NULL AND type NOT IN ('started', 'init_started', 'init_done')
       ORDER BY 1, 2 LIMIT 200000`,
    { fileId: 'number', line: 'number', message: 'text' },
  ).all();
  const texts = signatures.map(textOf);
  const hits: RuleHit[] = [];
  for (const one of packs) {
    for (const rule of one.rules) {
      const pattern = compile(rule);
      if (pattern === null) continue;
      const groups = signatures.filter((_, index) => pattern.test(texts[index] as string));
      const lines = said.filter((event) => pattern.test(event.message));
      if (groups.length === 0 && lines.length === 0) continue;
      hits.push({
        rule: rule.id,
        title: rule.title,
        cause: rule.cause,
        nextStep: rule.nextStep,
        reference: rule.reference,
        pack: `${one.pack} v${one.version}`,
        count: groups.reduce((sum, signature) => sum + signature.count, 0) + lines.length,
        isNoise: rule.noise,
        evidence: uniqueRefs([...groups.slice(0, 3).map(({ example }) => example), ...refs.readAll(lines.slice(0, 3))]),
      });
    }
  }
  return hits;
}

/**
 * Returns the text of a signature to match rules against: the last exception as Python prints it,
 * the template, and the example line.
 */
export function textOf(signature: Pick<Signature, 'chain' | 'template' | 'variables' | 'example'>): string {
  const filled = signature.variables.reduce(
    (text, variable) => text.replace(`<${variable.name}>`, variable.values[0]?.value ?? ''),
    signature.template,
  );
  return `${signature.chain.map((name) => `${name}: ${filled}`).join('\n')}\n${filled}\n${signature.template}\n${signature.example.text}`;
}
