/**
 * Keyboard chords as text: `Mod+Shift+F`, `Alt+1`, `n`, `Shift+N`, `?`. `Mod` is Cmd on a Mac and
 * Ctrl elsewhere.
 */

export interface Chord {
  /** As `KeyboardEvent.key`, with letters in lower case. */
  key: string;
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
  meta: boolean;
}

/** The properties of a KeyboardEvent that matter. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  code?: string;
}

const aliases: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Space: ' ',
    Esc: 'Escape',
    Up: 'ArrowUp',
    Down: 'ArrowDown',
    Left: 'ArrowLeft',
    Right: 'ArrowRight',
    Plus: '+',
  } satisfies Record<string, string>),
);

export function parseChord(text: string, isMac: boolean): Chord {
  const parts = text.split('+');
  const last = parts.pop() ?? '';
  const chord: Chord = {
    key: normalKey(aliases.get(last) ?? last),
    ctrl: false,
    shift: false,
    alt: false,
    meta: false,
  };
  for (const part of parts) {
    if (part === 'Mod') {
      if (isMac) chord.meta = true;
      else chord.ctrl = true;
    } else if (part === 'Ctrl') chord.ctrl = true;
    else if (part === 'Shift') chord.shift = true;
    else if (part === 'Alt') chord.alt = true;
    else if (part === 'Meta') chord.meta = true;
    else throw new Error(`Unknown modifier “${part}” in the chord “${text}”.`);
  }
  return chord;
}

export function matchesChord(press: KeyPress, chord: Chord): boolean {
  if (press.ctrlKey !== chord.ctrl || press.altKey !== chord.alt || press.metaKey !== chord.meta) return false;
  const isSame = latinKey(press) === chord.key || digitOf(press, chord) || isOptionLetter(press, chord);
  if (!isSame) return false;
  // On many layouts, `?`, `/` or `+` need Shift themselves, so Shift is ignored for signs.
  const isSign = chord.key.length === 1 && !/[a-z0-9 ]/.test(chord.key);
  return isSign || press.shiftKey === chord.shift;
}

/**
 * With Option held, a Mac types `ƒ` for `f` and `®` for `r`. A key that types no ASCII counts by
 * its position.
 */
function isOptionLetter(press: KeyPress, chord: Chord): boolean {
  const isAscii = /^[\x20-\x7e]$/.test(press.key);
  return press.altKey && !isAscii && /^[a-z]$/.test(chord.key) && press.code === `Key${chord.key.toUpperCase()}`;
}

const signCodes: Record<string, string> = {
  BracketLeft: '[',
  BracketRight: ']',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Minus: '-',
};

/**
 * Returns the key as the key table writes it. On a Latin layout it goes by the letter, so that Z is
 * where it is printed. On other layouts (Hangul, Cyrillic, Greek), or if an input method took the
 * letter, it goes by the position of the key.
 */
export function latinKey({ key, code = '' }: Pick<KeyPress, 'key' | 'code'>): string {
  const isForeign = key === 'Process' || key === 'Unidentified' || /^(?!\p{Script=Latin})\p{L}$/u.test(key);
  if (!isForeign) return normalKey(key);
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter?.toLowerCase() ?? /^Digit(\d)$/.exec(code)?.[1] ?? signCodes[code] ?? normalKey(key);
}

/** With Alt held, a Mac types `¡` for `1`, so a digit goes by the position of its key. */
function digitOf(press: KeyPress, chord: Chord): boolean {
  return /^\d$/.test(chord.key) && press.code === `Digit${chord.key}`;
}

function normalKey(key: string): string {
  return key.length === 1 ? key.toLowerCase() : key;
}

const macNames: ReadonlyMap<string, string> = new Map(
  Object.entries({ Ctrl: '⌃', Shift: '⇧', Alt: '⌥', Meta: '⌘', Mod: '⌘' } satisfies Record<string, string>),
);
const keyNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    Up: '↑',
    Down: '↓',
    Left: '←',
    Right: '→',
    Escape: 'Esc',
    PageUp: 'PgUp',
    PageDown: 'PgDn',
  } satisfies Record<string, string>),
);

/** Formats a chord for people: `Ctrl+Shift+F`, on a Mac `⇧⌘F`. */
export function formatChord(text: string, isMac: boolean): string {
  const parts = text.split('+');
  const last = parts.pop() ?? '';
  const name = keyNames.get(last) ?? (last.length === 1 ? (parts.length > 0 ? last.toUpperCase() : last) : last);
  if (isMac) return parts.map((part) => macNames.get(part) ?? part).join('') + name;
  // Like less, vi and lnav, writes Shift with a letter as a bare capital.
  if (parts.length === 1 && parts[0] === 'Shift' && /^[a-zA-Z]$/.test(last)) return last.toUpperCase();
  return [...parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)), name].join('+');
}

/**
 * Decides whether a chord would swallow typing. Such a chord acts only while no text box has the
 * focus.
 */
export function isTypingChord(chord: Chord): boolean {
  return !chord.ctrl && !chord.alt && !chord.meta && chord.key.length === 1;
}
