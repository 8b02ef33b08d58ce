/**
 * Wraps comments at 100 characters, which the formatter leaves alone: `npm run format`. A paragraph
 * of plain prose is refilled if one of its lines is too long. In lists, tables and examples, only
 * the line that is too long is broken.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fromRoot, root } from './paths.ts';

const MAX = 100;

/**
 * Fills words into lines of at most {@link MAX} characters after `prefix`. Lines after the first
 * begin with `next`.
 */
function fill(text: string, prefix: string, next = prefix): string[] {
  const out: string[] = [];
  let line = prefix;
  for (const word of text.split(/ +/)) {
    const isBegin = line === prefix || line === next;
    if (!isBegin && line.length + 1 + word.length > MAX) {
      out.push(line);
      line = next + word;
    } else line += isBegin ? word : ` ${word}`;
  }
  return [...out, line];
}

/**
 * Prose begins with a letter, a quote, a bracket or code and has single spaces. Lists, tables, tags
 * and indented examples do not.
 */
const isProse = (text: string) => /^[\p{L}"“‘'(`{<…→]/u.test(text) && !text.startsWith('```') && !text.includes('  ');

/** Wraps the texts of successive comment lines that all begin with `prefix`. */
export function wrapTexts(texts: readonly string[], prefix: string): string[] {
  const out: string[] = [];
  for (let from = 0; from < texts.length; ) {
    let to = from;
    while (to < texts.length && isProse(texts[to] ?? '')) to++;
    if (to === from) {
      const text = texts[from] ?? '';
      const indent = /^(\s*(?:[-*]|\d+\.)?\s*)/.exec(text)?.[1] ?? '';
      const isBreakable = prefix.length + text.length > MAX && !/^\s*[|@`]/.test(text);
      if (isBreakable)
        out.push(
          ...fill(
            text.trimStart(),
            prefix + text.slice(0, text.length - text.trimStart().length),
            prefix + ' '.repeat(indent.length),
          ),
        );
      else out.push((prefix + text).trimEnd());
      from++;
      continue;
    }
    const paragraph = texts.slice(from, to);
    const isLong = paragraph.some((text) => prefix.length + text.length > MAX);
    out.push(...(isLong ? fill(paragraph.join(' '), prefix) : paragraph.map((text) => prefix + text)));
    from = to;
  }
  return out;
}

/** Returns the source with its comments wrapped. */
export function wrapComments(source: string): string {
  const lines = source.split('\n');
  const out: string[] = [];
  for (let index = 0; index < lines.length; ) {
    const line = lines[index] ?? '';
    const single = /^(\s*)\/\*\* (.*) \*\/$/.exec(line);
    const block = /^(\s*)\/\*\*$/.exec(line);
    const slashes = /^(\s*)\/\/ /.exec(line);
    if (single !== null && line.length > MAX) {
      const indent = single[1] ?? '';
      out.push(`${indent}/**`, ...fill(single[2] ?? '', `${indent} * `), `${indent} */`);
      index++;
    } else if (block !== null) {
      const indent = block[1] ?? '';
      const end = lines.findIndex((each, at) => at > index && each.trim() === '*/');
      const body = lines.slice(index + 1, end);
      const texts = body.map((each) => (each.startsWith(`${indent} *`) ? each.slice(indent.length + 3) : null));
      const isComment = end !== -1 && texts.every((text) => text !== null);
      if (!isComment) {
        out.push(line);
        index++;
        continue;
      }
      out.push(line, ...wrapTexts(texts, `${indent} * `).map((each) => each.trimEnd()), `${indent} */`);
      index = end + 1;
    } else if (slashes !== null && !/biome-ignore|@ts-|TODO|https?:/.test(line)) {
      const prefix = `${slashes[1] ?? ''}// `;
      let to = index;
      while ((lines[to] ?? '').startsWith(prefix) && !/biome-ignore|@ts-|https?:/.test(lines[to] ?? '')) to++;
      out.push(
        ...wrapTexts(
          lines.slice(index, to).map((each) => each.slice(prefix.length)),
          prefix,
        ),
      );
      index = to;
    } else {
      out.push(line);
      index++;
    }
  }
  return out.join('\n');
}

if (import.meta.main) {
  const isCheck = process.argv.includes('--check');
  const files = globSync('{electron,renderer,build,e2e}/**/*.{ts,tsx}', { cwd: root });
  let changed = 0;
  for (const file of files) {
    const before = readFileSync(fromRoot(file), 'utf8');
    const after = wrapComments(before);
    if (after === before) continue;
    changed++;
    if (!isCheck) writeFileSync(fromRoot(file), after);
  }
  console.log(`comments: ${changed} of ${files.length} files ${isCheck ? 'to wrap' : 'wrapped'}`);
  if (isCheck && changed > 0) process.exitCode = 1;
}
