/**
 * A citation names a section of the formats README by its anchor. Each section must exist, and each
 * row of the registry must have a citation.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatRows } from './rows/registry.ts';

const engine = join(import.meta.dirname, '..');
const ANCHOR = /#[a-z][a-z-]*/g;

/** Returns anchors as Markdown viewers make them from headings. */
function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^##+ (.+)$/gm)].map((match) => match[1] ?? '');
  return new Set(
    headings.map(
      (heading) =>
        `#${heading
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-')}`,
    ),
  );
}

const sections = anchorsOf(readFileSync(join(import.meta.dirname, 'README.md'), 'utf8'));

test('every citation in a comment names a section that exists', () => {
  const citations = globSync('{formats,analysis,ingest}/**/*.ts', { cwd: engine }).flatMap((file) => {
    const text = readFileSync(join(engine, file), 'utf8');
    // Others may follow an anchor: `README.md#worker-log, #worker-exits`.
    const cited = text.match(/(?:formats\/|\(|(?<= ))README\.md(?:#[a-z-]+)(?:, #[a-z-]+)*/g) ?? [];
    return cited.flatMap((each) => (each.match(ANCHOR) ?? []).map((anchor) => ({ file, anchor })));
  });
  expect(citations.length).toBeGreaterThan(25);
  expect(citations.filter(({ anchor }) => !sections.has(anchor))).toEqual([]);
});

test.each(formatRows.map((row) => [row.id, row.source] as const))(
  'the row %s cites sections that exist',
  (_, source) => {
    expect(source).toMatch(/^#[a-z-]+(?:, #[a-z-]+)*$/);
    expect((source.match(ANCHOR) ?? []).filter((anchor) => !sections.has(anchor))).toEqual([]);
  },
);
