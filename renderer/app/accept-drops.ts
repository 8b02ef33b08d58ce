/**
 * Opens files and folders dropped on the window. Without a handler, a browser would leave the app
 * for the file.
 */
import type { Shell } from '../client/shell.ts';

/**
 * Calls `onPath` with the path of the first file or folder, or with null in a browser, which hides
 * it.
 */
export function acceptDrops(window: Window, shell: Shell, onPath: (path: string | null) => void): void {
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  window.addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
  });
  window.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    const path = shell.pathOfFile?.(file) ?? '';
    onPath(path === '' ? null : path);
  });
}
