/**
 * User-visible strings: what a person reads in the window, in messages of the engine and on the
 * command line. They stand where they are used; this file collects them from the syntax tree into
 * one catalogue per area, for review in one sitting, for checks, and perhaps for translation.
 * Visible are text between tags, attributes and properties that hold a text, and literals that are
 * prose. `{…}` stands for an inserted value.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { root } from '../paths.ts';

export const areas = {
  window: ['renderer/**/*.{ts,tsx}'],
  engine: ['electron/engine/**/*.ts', 'electron/contract/**/*.ts', 'electron/host/**/*.ts'],
  cli: ['electron/cli/**/*.ts', 'electron/serve/**/*.ts', 'electron/main/**/*.ts'],
} as const;
export type Area = keyof typeof areas;

export interface VisibleString {
  file: string;
  /** 1-based. */
  line: number;
  text: string;
}

/** Tests, samples, and tables of log text, which Postrun reads and does not say. */
const NOT_SAID = /\.test\.tsx?$|[\\/](?:testing|formats|kernel|sample)[\\/]|\.d\.ts$/;
/** Attributes and properties whose value is a text, however short. */
const TEXTS = new Set(
  [
    'title label placeholder hint note text word words noun nouns summary how message advice help description',
    'emptyText subtitle heading caption reason nextStep cause question about example usage name head first of',
    'aria-label aria-valuetext aria-description alt tip',
  ].flatMap((names) => names.split(' ')),
);
/** Properties whose value is never visible, whatever it looks like. */
const CODES = new Set(
  'className style d points sql pattern path kind id key type role tone token font viewBox transform gridTemplateColumns width height href src rel htmlFor strokeDasharray textAnchor'.split(
    ' ',
  ),
);
/** Two words, or one that ends a sentence. */
const PROSE = /[A-Za-z’']{2,}[ ,;:.…]+(?:\{…\}|[A-Za-z(“‹])|\{…\} [a-z]{2,}|^[A-Z][a-z]+[.!?…]$/;
const LETTERS = /\p{L}{2,}/u;
/** Queries, styles, class lists and file patterns look like prose. */
const CODE =
  /^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|WITH|FROM|WHERE|ORDER BY|GROUP BY|AND|JOIN|LEFT JOIN|VALUES|BEGIN|ATTACH|VACUUM|REINDEX|ANALYZE)\b(?! \{…\} to\b)|^[\w-]+(?:__|--)[\w-]+|^(?:\d*px|var\(|calc\(|color-mix|minmax\(|\.{0,2}\/|@)|[{};]\s*[\w-]+:\s*[^ ]+;|^[\w-]+(?:\.[\w-]+)+$|^[[(#.][\w-]+[\])=: ]|^<\w|\b(?:WHERE|ORDER BY|IS NULL|DESC)\b|^a, button|^data:/;

type Node = { type: string; start: number } & Record<string, unknown>;
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const collected = new Map<Area, VisibleString[]>();

/** Returns all strings of an area, in the order of files and lines. Reads the sources once. */
export function stringsOf(area: Area): VisibleString[] {
  const known = collected.get(area);
  if (known !== undefined) return known;
  const found = collect(area);
  collected.set(area, found);
  return found;
}

function collect(area: Area): VisibleString[] {
  return areas[area].flatMap((pattern) =>
    globSync(pattern, { cwd: root })
      .filter((file) => !NOT_SAID.test(file))
      .sort()
      .flatMap((file) => stringsIn(file, readFileSync(join(root, file), 'utf8'))),
  );
}

/** Returns the strings of one file's source. */
export function stringsIn(file: string, source: string): VisibleString[] {
  const found: { at: number; text: string }[] = [];
  const say = (at: number, raw: string, isText: boolean) => {
    const text = raw.replaceAll(/\s+/g, ' ').trim();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a key made of them is no text
    if (CODE.test(text) || /[\u0000-\u0008]/.test(text) || !(isText ? LETTERS : PROSE).test(text)) return;
    found.push({ at, text });
  };
  const tree: unknown = parseAst(source, { lang: file.endsWith('x') ? 'tsx' : 'ts' });
  if (isNode(tree)) walk(tree, false, say);
  return found
    .sort((a, b) => a.at - b.at)
    .map(({ at, text }) => ({ file: file.replaceAll('\\', '/'), line: source.slice(0, at).split('\n').length, text }));
}

type Say = (at: number, text: string, isText: boolean) => void;

/** Walks a node. `isText` means that its value is shown unchanged. */
function walk(node: Node, isText: boolean, say: Say): void {
  if (node.type.startsWith('TS') && !/^TS(?:As|Satisfies|NonNull)/.test(node.type)) return;
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'TaggedTemplateExpression':
      break;
    case 'Literal':
      if (typeof node.value === 'string') say(node.start, node.value, isText);
      break;
    case 'TemplateLiteral':
      say(node.start, templateText(node), isText);
      for (const part of children(node.expressions)) walk(part, false, say);
      break;
    case 'JSXElement':
    case 'JSXFragment':
      walkElement(node, say);
      break;
    case 'JSXAttribute':
      walkNamed(jsxName(node.name), node.value, say);
      break;
    case 'Property':
    case 'PropertyDefinition':
      walkNamed(node.computed === true ? '' : keyOf(node.key), node.value, say);
      break;
    case 'BinaryExpression':
      walkBinary(node, isText, say);
      break;
    case 'SwitchCase':
      for (const part of children(node.consequent)) walk(part, false, say);
      break;
    case 'MemberExpression':
      for (const part of children(node.object)) walk(part, false, say);
      break;
    default:
      walkRest(node, isText, say);
  }
}

/**
 * Walks the parts of a node. In a text, both results of a condition are text, but its test, and the
 * arguments of a call, are not.
 */
function walkRest(node: Node, isText: boolean, say: Say): void {
  const passes = /^(?:Conditional|Logical|Array|Parenthesized|TS|JSXExpressionContainer|ObjectExpression)/.test(
    node.type,
  );
  for (const [name, value] of Object.entries(node)) {
    if (name === 'typeAnnotation' || name === 'typeArguments' || name === 'directive') continue;
    for (const part of children(value)) walk(part, isText && passes && name !== 'test', say);
  }
}

function walkNamed(name: string, value: unknown, say: Say): void {
  if (!isNode(value) || CODES.has(name)) return;
  walk(value, TEXTS.has(name), say);
}

/** Walks a binary expression. A comparison compares codes; a sum of texts joins them. */
function walkBinary(node: Node, isText: boolean, say: Say): void {
  if (node.operator !== '+') {
    for (const part of [node.left, node.right]) if (isNode(part) && part.type !== 'Literal') walk(part, false, say);
    return;
  }
  for (const part of [node.left, node.right]) if (isNode(part)) walk(part, isText, say);
}

/**
 * Walks an element. One with text of its own is one string, including those child elements that
 * hold only text.
 */
function walkElement(node: Node, say: Say): void {
  const { text, rest, hasText } = elementText(node);
  if (hasText) say(node.start, text, true);
  if (isNode(node.openingElement)) for (const part of children(node.openingElement.attributes)) walk(part, false, say);
  for (const part of rest) walk(part, part.type === 'JSXExpressionContainer', say);
}

function elementText(node: Node): { text: string; rest: Node[]; hasText: boolean } {
  const parts = children(node.children);
  const hasText = parts.some((part) => part.type === 'JSXText' && LETTERS.test(String(part.value)));
  if (!hasText) return { text: '', rest: parts.filter((part) => part.type !== 'JSXText'), hasText };
  const rest: Node[] = [];
  let text = '';
  for (const part of parts) {
    if (part.type === 'JSXText') text += part.value;
    else if (part.type === 'JSXExpressionContainer' && isBlank(part.expression)) text += ' ';
    else {
      text += '{…}';
      rest.push(part);
    }
  }
  return { text, rest, hasText };
}

function isBlank(expression: unknown): boolean {
  return isNode(expression) && expression.type === 'Literal' && String(expression.value).trim() === '';
}

function templateText(node: Node): string {
  const quasis = children(node.quasis).map((quasi) => String((quasi.value as { cooked?: string }).cooked ?? ''));
  return quasis.join('{…}');
}

function children(value: unknown): Node[] {
  if (isNode(value)) return [value];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function keyOf(key: unknown): string {
  return isNode(key) ? String(key.name ?? key.value ?? '') : '';
}

function jsxName(name: unknown): string {
  return isNode(name) ? String(name.name) : '';
}
