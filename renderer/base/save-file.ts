/**
 * Hands a file made here to the person: as a download in a browser, through a save dialog in the
 * desktop app.
 */

/** The browser may still read the blob while a person chooses where to save it. */
const KEPT_MS = 60_000;

export function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}

/** Returns a name that every file system accepts, or `usual` if nothing of it is left. */
export function fileStem(name: string, usual: string): string {
  return (
    name
      .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 80) || usual
  );
}
