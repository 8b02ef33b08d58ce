/**
 * Masked text is the template of a message, with its variable parts as `<number>`, `<path>`, `<*>`
 * ….
 */

export interface TemplatePart {
  text: string;
  isMasked: boolean;
}

/** The names of masks. Anything else in angle brackets is text of the message. */
const MASK = /<(?:time|url|guid|text|address|path|hex|id|number|\*)>/g;

export function templateParts(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let done = 0;
  for (const match of template.matchAll(MASK)) {
    if (match.index > done) parts.push({ text: template.slice(done, match.index), isMasked: false });
    parts.push({ text: match[0].slice(1, -1), isMasked: true });
    done = match.index + match[0].length;
  }
  if (done < template.length) parts.push({ text: template.slice(done), isMasked: false });
  return parts;
}

/**
 * Returns the longest constant part of a template, as a text to search for, or null if there is
 * none worth searching for.
 */
export function literalOf(template: string): string | null {
  let best = '';
  for (const part of templateParts(template)) {
    const text = part.text.trim();
    if (!part.isMasked && text.length > best.length) best = text;
  }
  return best.replaceAll(/\W/g, '').length < 3 ? null : best;
}
