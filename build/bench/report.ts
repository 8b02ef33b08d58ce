/** A section's figures as data, and how to print them. */

export interface Check {
  what: string;
  wanted: string;
  got: string;
  met: boolean;
  /** The figure itself, if the check has one, and whether more or less is better. */
  value?: number;
  better?: 'more' | 'less';
}

export interface Section {
  title: string;
  /** Description of the measurement, and in what way the comparison is unfair. */
  about: string;
  commands: string[];
  head: string[];
  rows: string[][];
  checks: Check[];
  /** Raw figures for the JSON file. */
  figures: Record<string, unknown>;
}

/** Prints a section. */
export function printSection(section: Section): void {
  const lines = [`\n## ${section.title}`, section.about, ...section.commands.map((command) => `    $ ${command}`), ''];
  lines.push(...tableLines([section.head, ...section.rows]));
  for (const check of section.checks) {
    lines.push(`${check.met ? '✓' : '✗'} ${check.what}: ${check.got} (wanted: ${check.wanted})`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Lays out rows in columns: the first left-aligned, the others right-aligned. */
export function tableLines(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, k) => Math.max(...rows.map((row) => (row[k] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, k) => (k === 0 ? cell.padEnd(widths[k] ?? 0) : cell.padStart(widths[k] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** Creates a check that a value is at least (or at most) the wanted one. */
export function check(what: string, value: number, sign: '≥' | '≤', wanted: number, unit: string): Check {
  const digits = wanted < 10 ? 2 : wanted < 100 ? 1 : 0;
  return {
    what,
    wanted: `${sign} ${wanted}${unit}`,
    got: Number.isNaN(value) ? 'not measured' : `${value.toFixed(digits)}${unit}`,
    met: sign === '≥' ? value >= wanted : value <= wanted,
    value,
    better: sign === '≥' ? 'more' : 'less',
  };
}

export const seconds = (value: number | null): string => (value === null ? '-' : value.toFixed(2));
export const milliseconds = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
export const megabytes = (bytes: number | null): string => (bytes === null ? '-' : (bytes / 1e6).toFixed(0));
export const rate = (bytes: number, time: number | null): string =>
  time === null ? '-' : (bytes / 1e6 / time).toFixed(0);
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
export const times = (ratio: number | null): string =>
  ratio === null || Number.isNaN(ratio) ? '-' : `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;

/** Returns a / b, or NaN if either is unknown. */
export function ratio(a: number | null, b: number | null): number {
  return a === null || b === null || b === 0 ? Number.NaN : a / b;
}
