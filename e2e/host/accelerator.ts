/**
 * Accelerators: Electron's texts for menu keys, parsed as strictly as Electron parses them, and
 * matched with key presses.
 */

/** A key press of the page that nobody prevented. */
export interface HostKey {
  /** As `KeyboardEvent.key`. */
  key: string;
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
  meta: boolean;
}

type Modifiers = Omit<HostKey, 'key'>;

const none: Modifiers = { ctrl: false, shift: false, alt: false, meta: false };

const names: Record<string, string> = {
  plus: '+',
  space: ' ',
  esc: 'escape',
  return: 'enter',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
};
const longKeys =
  /^(f([1-9]|1\d|2[0-4])|tab|backspace|delete|insert|enter|escape|home|end|pageup|pagedown|arrow(up|down|left|right))$/;

/**
 * Parses `CmdOrCtrl+Shift+N`. Throws if Electron would reject the accelerator: an unknown modifier
 * or key.
 */
export function parseAccelerator(text: string, platform: NodeJS.Platform): HostKey {
  const parts = text.split('+');
  const last = (parts.pop() ?? '').toLowerCase();
  const key = names[last] ?? last;
  const modifiers = { ...none };
  for (const part of parts) modifiers[modifierOf(part, text, platform)] = true;
  if (key.length !== 1 && !longKeys.test(key)) throw new Error(`“${text}” is no accelerator: it has no key`);
  return { key, ...modifiers };
}

function modifierOf(part: string, text: string, platform: NodeJS.Platform): keyof Modifiers {
  switch (part.toLowerCase()) {
    case 'cmdorctrl':
    case 'commandorcontrol':
      return platform === 'darwin' ? 'meta' : 'ctrl';
    case 'ctrl':
    case 'control':
      return 'ctrl';
    case 'cmd':
    case 'command':
    case 'meta':
    case 'super':
      return 'meta';
    case 'alt':
    case 'option':
      return 'alt';
    case 'shift':
      return 'shift';
    default:
      throw new Error(`“${text}” is no accelerator: “${part}” is no modifier`);
  }
}

/** Decides whether a key press matches the accelerator. */
export function isPressed(accelerator: HostKey, press: HostKey): boolean {
  return (
    accelerator.key === press.key.toLowerCase() &&
    accelerator.ctrl === press.ctrl &&
    accelerator.shift === press.shift &&
    accelerator.alt === press.alt &&
    accelerator.meta === press.meta
  );
}
