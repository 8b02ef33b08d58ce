/**
 * Evidence names a line as often as rules matched in it; here each line stands once, in the order
 * given.
 */
import type { LineRef } from '../../electron/contract/records.ts';

export function uniqueRefs<Ref extends Pick<LineRef, 'file' | 'line'>>(refs: readonly Ref[]): Ref[] {
  const seen = new Set<string>();
  return refs.filter(({ file, line }) => {
    const place = `${file}:${line}`;
    const isFirst = !seen.has(place);
    seen.add(place);
    return isFirst;
  });
}
