/**
 * `npm run checksums -- FOLDER` writes SHA256SUMS over the files of a folder, in the form that
 * `sha256sum --check` reads.
 */
import { createHash } from 'node:crypto';
import { createReadStream, globSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const listName = 'SHA256SUMS';
const [folder = '.'] = process.argv.slice(2);
const names = globSync('*', { cwd: folder })
  .filter((name) => name !== listName && statSync(join(folder, name)).isFile())
  .sort();
const lines: string[] = [];
for (const name of names) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(folder, name)), hash);
  lines.push(`${hash.digest('hex')}  ${name}`);
}
writeFileSync(join(folder, listName), `${lines.join('\n')}\n`);
console.log(`${listName}: ${names.length} files`);
