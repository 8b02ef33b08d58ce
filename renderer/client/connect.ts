import { createClient, type EngineClient } from '../../electron/contract/client.ts';
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

/** Find the shell that this window runs in and connect to its engine. */
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

/** `serve` gives the page a token in its address (`?token=…`); the socket on the same origin must bear it too. */
function browserPipe(location: Location): MessagePipe {
  const url = new URL('/pipe', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const token = new URLSearchParams(location.search).get('token');
  if (token !== null) url.searchParams.set('token', token);
  url.hash = '';
  return webSocketPipe(url.href);
}

function electronPipe(window: Window, bridge: PreloadBridge<File>): Promise<MessagePipe> {
  return new Promise((resolve) => {
    const onMessage = (event: MessageEvent<unknown>) => {
      const data = event.data as { type?: unknown } | null;
      const port = event.ports[0];
      if (event.source !== window || data?.type !== portMessage.type || port === undefined) return;
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
    reveal: null,
    pathOfFile: null,
    onOpenPath: () => () => {},
    onMenu: () => () => {},
    onNotice: () => () => {},
    sourceChanged: () => {},
  };
}

function electronShell(bridge: PreloadBridge<File>): Shell {
  return {
    kind: 'electron',
    isMac: bridge.platform === 'darwin',
    initialPath: bridge.initialPath,
    pickPath: (kind) => bridge.pickPath(kind),
    savePath: (proposed) => bridge.savePath(proposed),
    reveal: (path) => bridge.revealInFolder(path),
    pathOfFile: (file) => bridge.pathOfFile(file),
    onOpenPath: (listener) => bridge.onOpenPath(listener),
    onMenu: (listener) => bridge.onMenu(listener),
    onNotice: (listener) => bridge.onNotice(listener),
    sourceChanged: (source) => bridge.sourceChanged(source),
  };
}
