/** Tests which arguments become paths, and which ones a restart keeps. */
import { expect, test } from 'vitest';
import { pathsOf, relaunchArguments } from './start-arguments.ts';

test('paths are those that are no switches, seen from where the app was started', () => {
  const argv = ['/opt/postrun', '--no-sandbox', 'logs.zip', '/abs/run', '--ozone-platform=wayland', ''];
  expect(pathsOf(argv, '/home/me', true)).toEqual(['/home/me/logs.zip', '/abs/run']);
});

test('an unpackaged app leaves out its own folder, wherever Chromium put its switches', () => {
  expect(pathsOf(['electron', '--inspect=0', '/repo', 'run'], '/home/me', false)).toEqual(['/home/me/run']);
  expect(pathsOf(['electron', '/repo'], '/home/me', false)).toEqual([]);
});

test('addresses that a desktop environment passes become paths; what is no path of this machine is left out', () => {
  const argv = ['/opt/postrun', 'file:///home/me/a%20run.zip', 'file://elsewhere/x.zip', 'file:'];
  expect(pathsOf(argv, '/', true).slice(0, 1)).toEqual(['/home/me/a run.zip']);
  expect(pathsOf(argv, '/', true)).not.toContain('/x.zip');
});

test('a new start keeps the switches and an unpackaged app its folder, with the paths that are wanted now', () => {
  expect(relaunchArguments(['/opt/postrun', '--no-sandbox', 'old.zip'], true, ['/new.zip'])).toEqual([
    '--no-sandbox',
    '/new.zip',
  ]);
  expect(relaunchArguments(['electron', '--no-sandbox', '/repo', 'old'], false, ['/new'])).toEqual([
    '--no-sandbox',
    '/repo',
    '/new',
  ]);
  expect(relaunchArguments(['/opt/postrun', 'old.zip'], true, [])).toEqual([]);
});
