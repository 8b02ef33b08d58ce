/** Tests that diagnostics hold versions and platform, but no path. */
import { expect, test } from 'vitest';
import { diagnosticsText } from './diagnostics.ts';

test('versions and platform, a line each, and no path', () => {
  const system = { platform: 'linux', arch: 'x64', release: '6.8.0', isPackaged: false };
  const text = diagnosticsText('1.2.3', { electron: '45.4.1', chrome: '150.0', node: '24.1.0' }, system);
  expect(text.split('\n')).toEqual([
    'Postrun: 1.2.3 (from source)',
    'Electron: 45.4.1',
    'Chromium: 150.0',
    'Node: 24.1.0',
    'V8: unknown',
    'System: linux x64 6.8.0',
  ]);
  expect(text).not.toMatch(/[\\/]/);
});
