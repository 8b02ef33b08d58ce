/**
 * Platform words: how much a statement of the platform explains. "Job failed" explains nothing; a
 * line that says what was refused, where and why explains a lot. The score depends on the form of
 * the text, not on a list of known sentences.
 */
import { firstLine, type Meaning, meaningOf } from './meaning.ts';

export interface Explanation {
  /** The most informative line, without its lead-in. */
  line: string;
  /** Null if no meaning is known. */
  meaning: Meaning | null;
  /** Higher means more informative. */
  score: number;
}

/** Words that only say that the job failed, or introduce the reason. */
const LEAD_IN = [
  /^.{0,80}?\b(?:job ended|job is running), job (?:run ?)?status is \w+\.?/i,
  /^(?:the )?(?:AzureMLCompute )?(?:job|run|submitted script) (?:has )?failed\b(?: with a non-zero exit code)?(?:, job run ?id is [\w-]+)?[.:]?/i,
  /^(?:err(?:or)?|reason|info|message|details?|cause)\b:?/i,
  /^see the \w+ log.{0,40}$/i,
];
/** A path, an address, an image or a quoted name: something to look at. */
const THING = /["'`][^"'`\n]{2,}["'`]|\b[\w.-]+\/[\w./:@-]{3,}|\b\d{1,3}(?:\.\d{1,3}){3}\b|https?:\/\//;

/** Returns a line without its lead-in. */
export function withoutLeadIn(text: string): string {
  let rest = text.trim();
  for (let before = ''; before !== rest; ) {
    before = rest;
    for (const pattern of LEAD_IN) rest = rest.replace(pattern, '').replace(/^[\s\W]+(?=\w|$)/, '');
  }
  return rest.trim();
}

/** Returns the most informative line of a statement and its score. */
export function explanationIn(text: string): Explanation {
  let best: Explanation = { line: firstLine(text), meaning: null, score: 0 };
  for (const each of text.slice(0, 8_000).split('\n')) {
    const line = withoutLeadIn(each);
    if (line === '') continue;
    const meaning = meaningOf(line);
    // Each colon or "with error" leads from what failed to why.
    const steps = Math.min(3, line.split(/: | with (?:err|error)\b|\bbecause\b|\bdue to\b/).length - 1);
    const score = 1 + (meaning === null ? 0 : 3) + (THING.test(line) ? 1 : 0) + steps;
    if (score > best.score) best = { line: line.slice(0, 300), meaning, score };
  }
  return best;
}
