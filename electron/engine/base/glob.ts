/** Compile a glob over paths with `/`: `*` within a part, `**` across parts, `?` one character. A glob without `/` is tried against the file's name and any folder's. */
export function compileGlob(glob: string): (path: string) => boolean {
  // Several globs that must all match are joined by a line end (see `search/query-filters.ts`): no path has one.
  if (glob.includes('\n')) {
    const all = glob.split('\n').map(compileGlob);
    return (path) => all.every((matches) => matches(path));
  }
  const source = glob.replace(/\*\*\/?|[*?]|[\\^$.|+()[\]{}]/g, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    return `\\${token}`;
  });
  const pattern = new RegExp(glob.includes('/') ? `^(?:.*/)?${source}$` : `(?:^|/)${source}(?:/|$)`, 'i');
  return (path) => pattern.test(path);
}
