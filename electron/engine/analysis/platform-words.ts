/**
 * Platform words: how much a statement of the platform explains. "Job failed" explains nothing; a
 * line that names what was refused, where and why explains much. The measure uses the form of the
 * text, not a list of its sentences.
 */
import { firstLine, type Meaning, meaningOf } from './meaning.ts';

export interface Explanation {
  /** The line that explains most, without the words that lead to it. */
  line: string;
  /** What it means; null where no meaning is known. */
  meaning: Meaning | null;
  /** Higher explains more. */
  score: number;
}

/** Words that say no more than that the job failed, or that lead to the reason. */
const LEAD_IN = [
  /^.{0,80}?\b(?:job ended|job is running), job (?:run ?)?status is \w+\.?/i,
  /^(?:the )?(?:AzureMLCompute )?(?:job|run|submitted script) (?:has )?failed\b(?: with a non-zero exit code)?(?:, job run ?id is [\w-]+)?[.:]?/i,
  /^(?:err(?:or)?|reason|info|message|details?|cause)\b:?/i,
  /^see the \w+ log.{0,40}$/i,
];
/** A path, an address, an image, a quoted name: something that can be looked at. */
const THING = /["'`][^"'`\n]{2,}["'`]|\b[\w.-]+\/[\w./:@-]{3,}|\b\d{1,3}(?:\.\d{1,3}){3}\b|https?:\/\//;

/** The words of a line that are left when the lead-in is taken away. */
export function withoutLeadIn(text: string): string {
  let rest = text.trim();
  for (let before = ''; before !== rest; ) {
    before = rest;
    for (const pattern of LEAD_IN) rest = rest.replace(pattern, '').replace(/^[\s\W]+(?=\w|$)/, '');
  }
  return rest.trim();
}

/** The most telling line of a statement, and how much it explains. */
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
