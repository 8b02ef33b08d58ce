/**
 * Writes the catalogue of user-visible strings: one file per area, each string once under the
 * source file that contains it. `node build/words/catalogue.ts` rewrites it; a test reports when it
 * is stale.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fromRoot } from '../paths.ts';
import { type Area, areas, stringsOf } from './strings.ts';

export const cataloguePath = (area: Area): string => fromRoot(`build/words/catalogue/${area}.txt`);

/** Returns the catalogue of an area as it should be. */
export function catalogueText(area: Area): string {
  const byFile = Map.groupBy(stringsOf(area), ({ file }) => file);
  const parts = [...byFile].map(([file, strings]) =>
    [`# ${file}`, ...new Set(strings.map(({ text }) => text))].join('\n'),
  );
  return `${parts.join('\n\n')}\n`;
}

if (import.meta.main) {
  mkdirSync(fromRoot('build/words/catalogue'), { recursive: true });
  for (const area of Object.keys(areas) as Area[]) writeFileSync(cataloguePath(area), catalogueText(area));
}
