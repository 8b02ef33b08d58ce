/** Checks the imports of every source file against `import-rules.ts`. Part of `npm run lint`. */
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, posix } from 'node:path';
import { debts, packages, type Rule, rules, testExtras } from './import-rules.ts';
import { root } from './paths.ts';

export interface Import {
  specifier: string;
  line: number;
}

/**
 * Statements begin a line, as the formatter puts them; `import(…)` and `require(…)` can be
 * anywhere.
 */
const importPatterns = [
  /^[ \t]*import\s+(?:type\s+)?(?:[\w$*{][^'";]*?\sfrom\s*)?['"](?<specifier>[^'"\n]+)['"]/gm,
  /^[ \t]*export\s+(?:type\s+)?(?:\*(?:\s+as\s+[\w$]+)?|\{[^}]*\})\s*from\s*['"](?<specifier>[^'"\n]+)['"]/gm,
  /\bimport\(\s*['"](?<specifier>[^'"\n]+)['"]/g,
  /(?<![\w.])require\(\s*['"](?<specifier>[^'"\n]+)['"]/g,
];

/** Finds the imports of a source text: statements, re-exports, types, dynamic imports. */
export function findImports(source: string): Import[] {
  const found: (Import & { index: number })[] = [];
  for (const pattern of importPatterns) {
    for (const match of source.matchAll(pattern)) {
      const lineStart = source.lastIndexOf('\n', match.index) + 1;
      if (/^\s*(\/\/|\*|\/\*)/.test(source.slice(lineStart, match.index + 1))) continue;
      const specifier = match.groups?.specifier ?? '';
      const at = match.index + match[0].length;
      found.push({ specifier, line: source.slice(0, at).split('\n').length, index: match.index });
    }
  }
  return found.sort((a, b) => a.index - b.index).map(({ specifier, line }) => ({ specifier, line }));
}

/**
 * Checks one file. Each message says what is wrong and what is allowed instead. `path` is relative
 * to the root, with `/`.
 */
export function checkFile(path: string, source: string): string[] {
  const rule = ruleFor(path);
  if (rule === null) return [`${path}: no row of build/import-rules.ts rules this folder; add one`];
  return findImports(source).flatMap(({ specifier, line }) => {
    const fault = checkImport(path, rule, specifier);
    if (fault === null) return [];
    return debts.some((debt) => debt.from === path && debt.to === fault.target)
      ? []
      : [`${path}:${line}: ${fault.message}`];
  });
}

function checkImport(path: string, rule: Rule, specifier: string): { target: string; message: string } | null {
  const isTest = isTestPath(path);
  if (specifier.startsWith('.')) {
    const target = posix.join(dirname(path), specifier);
    if (!/\.(ts|tsx|js|css|json|svg|png|woff2)$/.test(specifier)) {
      return {
        target,
        message: `'${specifier}' needs its extension, e.g. '${specifier}.ts': Node runs the sources as they are`,
      };
    }
    const allowed = isTest ? [...rule.ours, ...testExtras.ours] : rule.ours;
    if (isOwn(path, rule, target) || allowed.some((folder) => isWithin(target, folder))) return null;
    return { target, message: `must not import ${target}. ${allowance(rule, isTest)}` };
  }
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    if (rule.node || (isTest && testExtras.node)) return null;
    return { target: specifier, message: `must not import ${specifier}: no Node here. ${allowance(rule, isTest)}` };
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const allowed: string[] = isTest ? [...rule.packages, ...testExtras.packages] : rule.packages;
  if (allowed.includes(name)) return null;
  const known = name in packages ? '' : ' It is not in the list of packages of build/import-rules.ts either.';
  return { target: name, message: `must not import the package ${name}.${known} ${allowance(rule, isTest)}` };
}

function isTestPath(path: string): boolean {
  return /(\.test\.tsx?|\/testing\/.*)$/.test(path);
}

function isOwn(path: string, rule: Rule, target: string): boolean {
  if (rule.shelfOf !== undefined && isTestPath(path)) return isWithin(target, rule.shelfOf);
  if (rule.isolated) {
    const depth = rule.folder.split('/').length + 1;
    return isWithin(target, path.split('/').slice(0, depth).join('/'));
  }
  // A folder whose subfolders have rows (electron/engine) is where they are put together.
  return isWithin(target, rule.folder);
}

function isWithin(path: string, folder: string): boolean {
  if (folder.endsWith('/*.ts')) return dirname(path) === dirname(folder);
  return path === folder || path.startsWith(`${folder}/`);
}

function ruleFor(path: string): Rule | null {
  const matching = rules.filter((rule) => isWithin(path, rule.folder));
  return matching.sort((a, b) => b.folder.length - a.folder.length)[0] ?? null;
}

function allowance(rule: Rule, isTest: boolean): string {
  const extra = isTest ? testExtras : { ours: [], packages: [], node: false };
  const own = rule.isolated ? 'itself (not its neighbours)' : 'itself';
  const parts = [
    [own, ...rule.ours, ...extra.ours].join(', '),
    `packages: ${[...rule.packages, ...extra.packages].join(', ') || 'none'}`,
    rule.node || extra.node ? 'Node' : 'not Node',
  ];
  return `${rule.folder} may import ${parts.join('; ')}`;
}

if (import.meta.main) {
  const files = globSync('{electron,renderer,build,e2e}/**/*.{ts,tsx}', {
    cwd: root,
  }).map((file) => file.replaceAll('\\', '/'));
  const messages = files.flatMap((file) => checkFile(file, readFileSync(`${root}${file}`, 'utf8')));
  for (const message of messages) console.error(message);
  console.log(
    messages.length === 0
      ? `imports: ${files.length} files as allowed`
      : `imports: ${messages.length} not allowed (build/import-rules.ts)`,
  );
  process.exitCode = messages.length === 0 ? 0 : 1;
}
