/** Tests which ends of the desktop app count as failures. */
import { expect, test } from 'vitest';
import { exitStatusOf, hasDisplay, whyElectronEnded } from './start-outcome.ts';

test('a signal that nobody sent is a failure, and a trap at the start names the sandbox', () => {
  const trap = whyElectronEnded({ code: null, signal: 'SIGTRAP' }, 0.4);
  expect(trap).toMatch(/sandbox/);
  expect(trap).toMatch(/apparmor_restrict_unprivileged_userns=0/);
  expect(trap).not.toContain('\n');
  expect(whyElectronEnded({ code: null, signal: 'SIGABRT' }, 0.4)).toMatch(/sandbox/);
  expect(whyElectronEnded({ code: null, signal: 'SIGSEGV' }, 300)).toBe('Electron ended by SIGSEGV');
  expect(whyElectronEnded({ code: null, signal: 'SIGTRAP' }, 300)).toBe('Electron ended by SIGTRAP');
});

test('an end that a person asked for is none', () => {
  expect(whyElectronEnded({ code: null, signal: 'SIGINT' }, 0.1)).toBeNull();
  expect(whyElectronEnded({ code: null, signal: 'SIGTERM' }, 90)).toBeNull();
  expect(whyElectronEnded({ code: 0, signal: null }, 0.1)).toBeNull();
  expect(whyElectronEnded({ code: 1, signal: null }, 90)).toBeNull();
});

test('an exit status at once is a fault of the machine', () => {
  expect(whyElectronEnded({ code: 127, signal: null }, 0.2)).toMatch(/exit status 127/);
});

test('a signal never becomes success', () => {
  expect(exitStatusOf({ code: null, signal: 'SIGTRAP' })).toBe(1);
  expect(exitStatusOf({ code: null, signal: 'SIGINT' })).toBe(130);
  expect(exitStatusOf({ code: null, signal: 'SIGTERM' })).toBe(143);
  expect(exitStatusOf({ code: 3, signal: null })).toBe(3);
});

test.each([
  ['a container', 'linux', {}, false],
  ['an empty variable', 'linux', { DISPLAY: '' }, false],
  ['X11', 'linux', { DISPLAY: ':0' }, true],
  ['X11 forwarded by SSH', 'linux', { DISPLAY: 'localhost:10.0', SSH_CONNECTION: 'x' }, true],
  ['Wayland', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['a Mac', 'darwin', {}, true],
  ['a Mac over SSH', 'darwin', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, false],
  ['Windows over SSH', 'win32', { SSH_TTY: 'x' }, false],
] as const)('a display: %s', (_where, platform, env, has) => {
  expect(hasDisplay(platform, env)).toBe(has);
});
