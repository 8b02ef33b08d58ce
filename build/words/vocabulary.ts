/**
 * The vocabulary of Postrun: one term per notion. It lists the words that the app must not use, and
 * what to say instead.
 */

export interface OffTerm {
  pattern: RegExp;
  instead: string;
}

export const offTerms: readonly OffTerm[] = [
  { pattern: /\bpick-ups?\b|\bpicked up (?:more than once|again)\b/i, instead: 'attempt; retried' },
  { pattern: /\bfirst cause\b/i, instead: 'root cause' },
  { pattern: /\btried again\b|\bother tries\b/i, instead: 'retried; attempts' },
  { pattern: /\bLift\b/, instead: 'clear' },
  { pattern: /\bgroups? of errors\b/i, instead: 'error group' },
  { pattern: /^(?:least|greatest)$/i, instead: 'min, max' },
  { pattern: /\banew\b/i, instead: 'again' },
  { pattern: /\bhas grown by\b/i, instead: 'load new data' },
  { pattern: /\b(?:Least|Greatest)\b/, instead: 'min, max' },
  { pattern: /\brules? of the guidance\b/i, instead: 'recommendation' },
  { pattern: /\berror signature\b/i, instead: 'error group' },
  { pattern: /\bOne of them in full\b/i, instead: 'example' },
  { pattern: /\bAs written\b/, instead: 'raw' },
  { pattern: /\bMasked id\b/i, instead: 'values of ‹id›' },
  { pattern: /\bSays so\b/, instead: 'evidence' },
  { pattern: /\bHide nothing\b/i, instead: 'don’t redact' },
  { pattern: /\bnone is called that\b/i, instead: 'no match' },
  { pattern: /\btimes the (?:usual|\d)/i, instead: 'n× the median' },
  // Alone, it is a word of the query language, which people type in this form.
  { pattern: /^(?!minibatch$).*\bminibatch(?:es)?\b|\bmini batch(?:es)?\b/, instead: 'mini-batch' },
  { pattern: /\bit did not begin the trouble\b|\bas the logs tell it\b|\bspeak of\b/i, instead: 'plain English' },
];

/**
 * A plural noun right after a bare value would say `1 files`. `formatCount` agrees the noun with
 * the number.
 */
export const barePlural =
  /(?:^|[^…\w/-])\{…\} (?:processes|mini-batches|nodes|files|lines|items|attempts|workers|problems|retries|groups|errors|findings)\b/;
/** `3 of 5 files` and `the first 3 files` are right for any number. */
export const pluralIsRight = /(?:\bof|\bfirst|\blast|\bslowest|\bthan|\bto) \{…\} /;
