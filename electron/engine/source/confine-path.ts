/**
 * Makes a name from an archive safe to show and compare: relative, `/` between its parts, no `.`,
 * `..`, drive, share or control character. Nothing is ever written under such a name; this keeps
 * identities and references plain.
 */
export function confinePath(name: string): string {
  const parts = name
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to replace
    .map((part) => part.replace(/[\u0000-\u001f\u007f]/g, '_'));
  return parts.length === 0 ? 'unnamed' : parts.join('/');
}
