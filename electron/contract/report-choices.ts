/**
 * The choices that a person has in a report. They are apart from the report's schemas so that the
 * window does not carry the schema library (a third of its script).
 */

export const reportSections = [
  'verdict',
  'environment',
  'counts',
  'timeline',
  'batches',
  'signatures',
  'stragglers',
  'resources',
  'quotes',
  'missing',
] as const;
export type ReportSection = (typeof reportSections)[number];

export const reportFormats = ['html', 'md', 'json', 'zip'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/**
 * Kinds of values to hide. `secrets` cannot be switched off alone, only together with all others by
 * `redaction: false`.
 */
export const redactionKinds = ['secrets', 'emails', 'ids', 'users', 'ips'] as const;
export type RedactionKind = (typeof redactionKinds)[number];
