/** Tests that accelerators are parsed as strictly as Electron parses them. */
import { expect, test } from 'vitest';
import { isPressed, parseAccelerator } from './accelerator.ts';

const press = { key: 'N', ctrl: true, shift: true, alt: false, meta: false };

test('an accelerator is the key of its platform', () => {
  expect(isPressed(parseAccelerator('CmdOrCtrl+Shift+N', 'linux'), press)).toBe(true);
  expect(isPressed(parseAccelerator('CmdOrCtrl+Shift+N', 'darwin'), press)).toBe(false);
  expect(isPressed(parseAccelerator('CmdOrCtrl+=', 'win32'), { ...press, key: '=', shift: false })).toBe(true);
  expect(isPressed(parseAccelerator('F3', 'linux'), { ...press, key: 'F3', ctrl: false, shift: false })).toBe(true);
});

test.each(['Strg+N', 'Ctrl+', 'Ctrl+NN', 'N+Ctrl', ''])('“%s” is refused, as Electron refuses it', (text) => {
  expect(() => parseAccelerator(text, 'linux')).toThrow(/no accelerator/);
});
