/**
 * The only code that sees both Electron and the page. It hands the page its port to the engine and
 * the few calls of {@link PreloadBridge}; no channel name, no event object and no other part of
 * Electron gets through.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { MenuAction, PreloadBridge, ShellNotice } from '../contract/shell.ts';
import { portMessage, shellChannels } from '../contract/shell.ts';

ipcRenderer.on(shellChannels.port, (event) => {
  window.postMessage(portMessage, window.location.origin, event.ports);
});

const openPath = inbox<string>(shellChannels.openPath);
const menu = inbox<MenuAction>(shellChannels.menu);
const notice = inbox<ShellNotice>(shellChannels.notice);
const searchFor = inbox<string>(shellChannels.searchFor);

contextBridge.exposeInMainWorld('postrun', {
  shell: 'electron',
  platform: process.platform,
  initialPath: new URLSearchParams(window.location.search).get('path'),
  requestPort: () => ipcRenderer.send(shellChannels.requestPort),
  pickPath: (kind) => ipcRenderer.invoke(shellChannels.pickPath, kind),
  savePath: (proposed) => ipcRenderer.invoke(shellChannels.savePath, proposed),
  revealInFolder: (path) => ipcRenderer.invoke(shellChannels.reveal, path),
  pathOfFile: (file) => webUtils.getPathForFile(file),
  sourceChanged: (source) => ipcRenderer.send(shellChannels.sourceChanged, source),
  themeChanged: (theme) => ipcRenderer.send(shellChannels.themeChanged, theme),
  showLog: () => ipcRenderer.send(shellChannels.showLog),
  onOpenPath: openPath,
  onMenu: menu,
  onNotice: notice,
  onSearchFor: searchFor,
} satisfies PreloadBridge<File>);

/** Messages of one channel for one listener at a time; what comes before it listens is kept. */
function inbox<Message>(channel: string): (listener: (message: Message) => void) => () => void {
  let early: Message[] = [];
  let current: ((message: Message) => void) | null = null;
  ipcRenderer.on(channel, (_event, message: Message) => {
    if (current === null) early.push(message);
    else current(message);
  });
  return (listener) => {
    current = listener;
    const kept = early;
    early = [];
    for (const message of kept) listener(message);
    return () => {
      if (current === listener) current = null;
    };
  };
}
