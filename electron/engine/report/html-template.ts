/**
 * A template of HTML escapes every text inserted into it: `` html`<p>${line}</p>` ``. Only the
 * result of another template is inserted as markup, so no text of the logs can become markup.
 */

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
// Characters that a browser, a terminal or a reader would obey or not see: controls, direction
// marks, invisible joiners, private tags.
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it searches for control characters
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

function shown(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** Writes invisible characters as `\x1b`. */
export const visible = (value: string) => value.toWellFormed().replace(hidden, shown);

const escaped = (value: string) => value.replace(/[&<>"']/g, (char) => entities[char] ?? char);

/** Escapes text between tags, with invisible characters in another colour. */
function betweenTags(value: string): string {
  let out = '';
  let at = 0;
  const clean = value.toWellFormed();
  for (const match of clean.matchAll(hidden)) {
    out += `${escaped(clean.slice(at, match.index))}<span class="ctl">${shown(match[0])}</span>`;
    at = match.index + match[0].length;
  }
  return out + escaped(clean.slice(at));
}

/** Markup that a template made. */
export class Html {
  readonly #markup: string;

  /** Only for {@link html} and {@link unescaped}. */
  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** A value to insert into a template. A list is inserted item by item. */
export type Part = string | number | Html | readonly Part[];

function markupOf(part: Part, isInTag: boolean): string {
  if (part instanceof Html) return part.toString();
  if (typeof part === 'number') return String(part);
  if (typeof part !== 'string') return part.map((item) => markupOf(item, isInTag)).join('');
  return isInTag ? escaped(visible(part)) : betweenTags(part);
}

/**
 * The template tag. Removes line breaks of the source and the spaces after them. A value inserted
 * within a tag must be in quotes.
 */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let markup = '';
  let isInTag = false;
  for (const [k, literal] of literals.entries()) {
    const laidOut = literal.replace(/\n\s*/g, '');
    markup += laidOut;
    const open = laidOut.lastIndexOf('<');
    const close = laidOut.lastIndexOf('>');
    if (open !== -1 || close !== -1) isInTag = open > close;
    const part = parts[k];
    if (part !== undefined) markup += markupOf(part, isInTag);
  }
  return new Html(markup);
}

/** Marks our own text as markup, such as a style sheet. */
export const unescaped = (markup: string) => new Html(markup);

/** Joins parts with a separator. */
export function joined(parts: readonly Part[], between: Part): Part {
  return parts.flatMap((part, k) => (k === 0 ? [part] : [between, part]));
}
