/**
 * Compiles a glob over paths with `/`: `*` within a part, `**` across parts, `?` one character,
 * ignoring case. A glob without `/` is tried against the file's name and those of its folders.
 * Matching follows all possible positions in parallel, character by character (Thompson's
 * simulation), so that no glob takes longer than its length times the path's: a regular expression
 * of 300 `**` + `/` ran for half a minute.
 */

type Token =
  | { type: 'char'; char: string }
  /** `?`, `*`, `**`; `folders` is `**` + `/`, `below` is everything in a matching folder. */
  | { type: 'one' | 'part' | 'any' | 'folders' | 'below' };

export function compileGlob(glob: string): (path: string) => boolean {
  const tokens: Token[] = [{ type: 'folders' }];
  for (const [text] of glob.toLowerCase().matchAll(/(?:\*\*\/)+|\*\*+|[\s\S]/gu)) {
    if (text.startsWith('**/')) tokens.push({ type: 'folders' });
    else if (text.startsWith('**')) tokens.push({ type: 'any' });
    else if (text === '*') tokens.push({ type: 'part' });
    else if (text === '?') tokens.push({ type: 'one' });
    else for (const char of text.split('')) tokens.push({ type: 'char', char });
  }
  if (!glob.includes('/')) tokens.push({ type: 'below' });
  return (path) => matchTokens(tokens, path.toLowerCase());
}

function matchTokens(tokens: readonly Token[], path: string): boolean {
  const end = tokens.length;
  // `at[i]`: the rest of the path may match from token i on; `within[i]`: token i has begun and not
  // ended.
  let at = new Uint8Array(end + 1);
  let within = new Uint8Array(end + 1);
  const reach = (places: Uint8Array, from: number) => {
    for (let i = from; places[i] === 0; i++) {
      places[i] = 1;
      const type = tokens[i]?.type;
      if (type === undefined || type === 'char' || type === 'one') return;
    }
  };
  reach(at, 0);
  for (let k = 0; k < path.length; k++) {
    const char = path[k] as string;
    const nextAt = new Uint8Array(end + 1);
    const nextWithin = new Uint8Array(end + 1);
    for (let i = 0; i < end; i++) {
      const isAt = at[i] === 1;
      if (!isAt && within[i] === 0) continue;
      const token = tokens[i] as Token;
      if (token.type === 'char') {
        if (token.char === char) reach(nextAt, i + 1);
      } else if (token.type === 'one') {
        if (char !== '/') reach(nextAt, i + 1);
      } else if (token.type === 'part') {
        if (char !== '/') reach(nextAt, i);
      } else if (token.type === 'any') reach(nextAt, i);
      else if (token.type === 'folders') {
        nextWithin[i] = 1;
        if (char === '/') reach(nextAt, i + 1);
      } else if (within[i] === 1 || char === '/') nextWithin[i] = 1;
    }
    at = nextAt;
    within = nextWithin;
  }
  return at[end] === 1 || (tokens[end - 1]?.type === 'below' && within[end - 1] === 1);
}
