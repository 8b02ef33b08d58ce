/**
 * What a person can choose in a report. Apart from the report's schemas, so that the window, which
 * offers the choices, does not carry the schema library (a third of its script).
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
 * What is hidden. `secrets` cannot be switched off alone: only all together, by `redaction: false`.
 */
export const redactionKinds = ['secrets', 'emails', 'ids', 'users', 'ips'] as const;
export type RedactionKind = (typeof redactionKinds)[number];
