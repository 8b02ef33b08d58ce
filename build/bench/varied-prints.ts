/**
 * Varied prints: logs as entry scripts print them, from a separate seed and in shapes that the
 * sample run lacks, so that figures do not depend on the look of the sample. Each shape stresses
 * another part: distinct tokens, long lines, runs of similar bytes, text beyond ASCII.
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../../electron/sample/random.ts';

const words =
  'loading frame decoder shard tensor queue gradient scaler offset bucket resize sampler mask anchor token vocab kernel epoch cursor blob tile crop reader flush batch weight cache'.split(
    ' ',
  );
const syllables =
  '가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후기니디리미비시이지치키티피히';

const hex = (random: Random, digits: number) =>
  Array.from({ length: digits }, () => random.int(16).toString(16)).join('');
const stamp = (at: number) => new Date(Date.UTC(2023, 4, 6) + at * 37).toISOString().replace('T', ' ').replace('Z', '');
const base64Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** One print (a line, or several) of each shape; `at` is its number in the file. */
export const printShapes: Record<string, (random: Random, at: number) => string> = {
  short: (random, at) =>
    `[${at % 311}/311] score img_${random.int(4096)}_${random.int(64)}.png ${random.unit().toFixed(4)}`,
  json: (random, at) =>
    JSON.stringify({
      ts: stamp(at),
      level: random.pick(['info', 'info', 'debug', 'warning']),
      event: `${random.pick(words)}.${random.pick(words)}`,
      request_id: hex(random, 16),
      ms: Number(random.range(0.1, 900).toFixed(2)),
      shape: [random.int(512), random.int(512), 3],
      tags: { host: `node-${random.int(40)}`, model: random.pick(words) },
    }),
  traceback: (random, at) =>
    [
      `${stamp(at)} ERROR ${random.pick(words)}: retry ${random.int(5)}`,
      'Traceback (most recent call last):',
      ...Array.from(
        { length: 2 + random.int(4) },
        () =>
          `  File "/mnt/azureml/cr/j/${hex(random, 8)}/wd/${random.pick(words)}.py", line ${random.int(900)}, in ${random.pick(words)}\n` +
          `    ${random.pick(words)} = self.${random.pick(words)}(${random.pick(words)}, ${random.int(99)})`,
      ),
      `${random.pick(['ValueError', 'KeyError', 'RuntimeError', 'OSError'])}: ${random.pick(words)} ${hex(random, 6)}`,
    ].join('\n'),
  progress: (random, at) =>
    `${String(at % 100).padStart(3)}%|${'█'.repeat(Math.floor((at % 100) / 10)).padEnd(10)}| ${at % 1000}/1000 [00:${String(at % 60).padStart(2, '0')}<01:12, ${random.range(1, 40).toFixed(2)}it/s]`,
  base64: (random) =>
    `payload=${Array.from({ length: 120 + random.int(300) }, () => base64Letters[random.int(64)]).join('')}`,
  hangul: (random, at) =>
    `${stamp(at)} 처리 ${Array.from({ length: 4 + random.int(8) }, () =>
      Array.from({ length: 2 + random.int(3) }, () => syllables[random.int(syllables.length)]).join(''),
    ).join(' ')} ${random.int(9999)}건 완료`,
};

/** Prints of one shape in a row. */
const PIECE = 2_000;

/**
 * Writes a file of about `bytes` bytes, with pieces of each shape in turn. The same `random` gives
 * the same bytes.
 */
export function writePrints(path: string, bytes: number, random: Random, shapes = Object.keys(printShapes)): void {
  const fd = openSync(path, 'w');
  let written = 0;
  for (let piece = 0; written < bytes; piece++) {
    const print = printShapes[shapes[piece % shapes.length] ?? ''];
    if (print === undefined) throw new Error(`there are no prints of the shape ${shapes.join(' or ')}`);
    let text = '';
    for (let k = 0; k < PIECE && written + text.length < bytes; k++) text += `${print(random, piece * PIECE + k)}\n`;
    written += writeSync(fd, text);
  }
  closeSync(fd);
}

/** Writes user logs of four processes, about `bytes` bytes in all. */
export function writeVariedPrints(dir: string, bytes: number, seed: number, shapes = Object.keys(printShapes)): void {
  const folder = join(dir, 'logs/user/10.0.0.4');
  mkdirSync(folder, { recursive: true });
  for (let file = 1; file <= 4; file++) {
    writePrints(join(folder, `Process-${file}.txt`), bytes / 4, new Random(seed, `prints ${shapes} ${file}`), shapes);
  }
}
