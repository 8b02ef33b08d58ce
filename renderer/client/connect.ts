/**
 * A connection is a client of the engine and the shell that the window runs in: Electron, through a
 * message port from the preload, or a browser, through a web socket. This module also builds what
 * each shell offers besides the engine.
 */
import { createClient, type EngineClient } from '../../electron/contract/client.ts';
import { type ErrorInfo, fromErrorInfo, PostrunError } from '../../electron/contract/errors.ts';
import { isObject } from '../../electron/contract/known-keys.ts';
import type { MessagePipe } from '../../electron/contract/pipe.ts';
import { type PreloadBridge, portMessage } from '../../electron/contract/shell.ts';
import { portPipe } from './port-pipe.ts';
import type { Shell } from './shell.ts';
import { webSocketPipe } from './web-socket-pipe.ts';

export interface Connection {
  client: EngineClient;
  shell: Shell;
  onLost: (listener: () => void) => void;
}

/** Finds the shell that this window runs in and connects to its engine. */
export async function connect(window: Window): Promise<Connection> {
  const bridge = window.postrun;
  const pipe = bridge === undefined ? browserPipe(window.location) : await electronPipe(window, bridge);
  const shell = bridge === undefined ? browserShell(window) : electronShell(bridge);
  const lostListeners: (() => void)[] = [];
  const client = createClient({
    ...pipe,
    onClose(listener) {
      pipe.onClose(() => {
        listener();
        for (const onLost of lostListeners) onLost();
      });
    },
  });
  return { client, shell, onLost: (listener) => lostListeners.push(listener) };
}

/**
 * Opens the socket on the page's own origin. The session cookie, which no script can read,
 * authorises it.
 */
function browserPipe(location: Location): MessagePipe {
  return webSocketPipe(`ws://${location.host}/pipe`);
}

function electronPipe(window: Window, bridge: PreloadBridge<File>): Promise<MessagePipe> {
  return new Promise((resolve) => {
    const onMessage = (event: MessageEvent<unknown>) => {
      const { data, source } = event;
      const port = event.ports[0];
      if (source !== window || !isObject(data) || data.type !== portMessage.type || port === undefined) return;
      window.removeEventListener('message', onMessage);
      resolve(portPipe(port));
    };
    window.addEventListener('message', onMessage);
    bridge.requestPort();
  });
}

function browserShell(window: Window): Shell {
  return {
    kind: 'browser',
    isMac: /mac/i.test(window.navigator.platform),
    initialPath: new URLSearchParams(window.location.search).get('path'),
    pickPath: null,
    savePath: null,
    download: downloadFrom(window),
    reveal: null,
    pathOfFile: null,
    onOpenPath: () => () => {},
    onMenu: () => () => {},
    onNotice: () => () => {},
    onSearchFor: () => () => {},
    sourceChanged: () => {},
    themeChanged: () => {},
    showLog: null,
  };
}

/**
 * The server runs the command into a temporary folder and serves the result once, as an attachment.
 */
function downloadFrom(window: Window): NonNullable<Shell['download']> {
  return async (command, params, name) => {
    const body = JSON.stringify({ command, params, name });
    const reply = await fetch('/download', { method: 'POST', body }).catch((cause: unknown) => {
      throw new PostrunError('environment', 'connection_lost', 'Postrun does not answer. Reload the window.', {
        cause,
      });
    });
    if (reply.status === 422) {
      const { error }: { error: ErrorInfo } = await reply.json();
      throw fromErrorInfo(error);
    }
    if (!reply.ok) throw new PostrunError('environment', 'connection_lost', (await reply.text()).trim());
    const { address, bytes }: { address: string; bytes: number } = await reply.json();
    const link = window.document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    return { bytes };
  };
}

function electronShell(bridge: PreloadBridge<File>): Shell {
  return {
    kind: 'electron',
    isMac: bridge.platform === 'darwin',
    initialPath: bridge.initialPath,
    pickPath: (kind) => bridge.pickPath(kind),
    savePath: (proposed) => bridge.savePath(proposed),
    download: null,
    reveal: (path) => bridge.revealInFolder(path),
    pathOfFile: (file) => bridge.pathOfFile(file),
    onOpenPath: (listener) => bridge.onOpenPath(listener),
    onMenu: (listener) => bridge.onMenu(listener),
    onNotice: (listener) => bridge.onNotice(listener),
    onSearchFor: (listener) => bridge.onSearchFor(listener),
    sourceChanged: (source) => bridge.sourceChanged(source),
    themeChanged: (theme) => bridge.themeChanged(theme),
    showLog: () => bridge.showLog(),
  };
}
