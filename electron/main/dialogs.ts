/** The native dialogs: what to open, where to save. */
import { extname } from 'node:path';
import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron';

const openOptions: Record<'zip' | 'folder', OpenDialogOptions> = {
  folder: { title: 'Open a folder of logs', properties: ['openDirectory'] },
  zip: {
    title: 'Open a logs archive or a Postrun case',
    properties: ['openFile'],
    filters: [
      { name: 'Logs archive or Postrun case', extensions: ['zip', 'postrun', 'tgz', 'gz', 'tar', 'zst'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
};

/** Asks for a source. Returns null if the person closes the dialog. */
export async function pickSource(kind: 'zip' | 'folder', window: BrowserWindow | null): Promise<string | null> {
  const options = openOptions[kind];
  const { filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return filePaths[0] ?? null;
}

/**
 * Asks where to save. The dialog itself asks before a file is replaced. Returns null if the person
 * closes it.
 */
export async function pickSavePath(proposed: string, window: BrowserWindow): Promise<string | null> {
  const ending = extname(proposed).slice(1);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save',
    defaultPath: proposed,
    filters: ending === '' ? [] : [{ name: ending.toUpperCase(), extensions: [ending] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || filePath === '' ? null : filePath;
}
