/** The result of `import … from 'electron'` in the host: the part of Electron that the app uses. */
import { app } from './app.ts';
import { controlBy } from './control.ts';
import {
  clipboard,
  crashReporter,
  dialog,
  Menu,
  Notification,
  nativeTheme,
  powerSaveBlocker,
  screen,
  shell,
} from './desktop-parts.ts';
import { ipcMain } from './ipc-main.ts';
import { MessageChannelMain } from './ports.ts';
import { protocol, session } from './session.ts';
import { utilityProcess } from './utility-process.ts';
import { BrowserWindow } from './window.ts';

const electron = {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeTheme,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
};
controlBy(electron);

export {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeTheme,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
};
