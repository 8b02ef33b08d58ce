/** The only user of `ipcMain`. It checks first who is speaking, then what is said. */
import { BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron';
import * as z from 'zod';
import { shellChannels, shellThemes } from '../contract/shell.ts';
import { isAppUrl } from './protocol.ts';

const path = z.string().min(1).max(32_768);

const messages = {
  [shellChannels.requestPort]: z.undefined(),
  [shellChannels.pickPath]: z.enum(['folder', 'zip']),
  [shellChannels.savePath]: path,
  [shellChannels.reveal]: path,
  [shellChannels.sourceChanged]: path.nullable(),
  [shellChannels.themeChanged]: z.enum(shellThemes),
  [shellChannels.showLog]: z.undefined(),
};
type Messages = typeof messages;
type Channel = keyof Messages;

/**
 * Handles messages of a channel from the app's own windows. Drops and logs others, and malformed
 * ones.
 */
export function onMessage<Name extends Channel>(
  channel: Name,
  handle: (message: z.output<Messages[Name]>, window: BrowserWindow) => void,
): void {
  ipcMain.on(channel, (event, message: unknown) => {
    const accepted = accept(channel, event, message);
    if (accepted !== null) handle(accepted.message, accepted.window);
  });
}

/** Answers calls on a channel. A refused call gets null; nothing is ever thrown across. */
export function onCall<Name extends Channel, Result>(
  channel: Name,
  handle: (message: z.output<Messages[Name]>, window: BrowserWindow) => Promise<Result>,
): void {
  ipcMain.handle(channel, async (event, message: unknown) => {
    const accepted = accept(channel, event, message);
    return accepted === null ? null : handle(accepted.message, accepted.window);
  });
}

function accept<Name extends Channel>(
  channel: Name,
  event: IpcMainEvent | IpcMainInvokeEvent,
  raw: unknown,
): { message: z.output<Messages[Name]>; window: BrowserWindow } | null {
  const window = BrowserWindow.fromWebContents(event.sender);
  const frame = event.senderFrame;
  if (window === null || frame === null || frame.parent !== null || !isAppUrl(frame.url)) {
    console.warn(`${channel}: refused, it comes from ${frame?.url ?? 'nowhere'}`);
    return null;
  }
  const checked = messages[channel].safeParse(raw);
  if (!checked.success) {
    console.warn(`${channel}: refused: ${checked.error.issues[0]?.message}`);
    return null;
  }
  return { message: checked.data as z.output<Messages[Name]>, window };
}
