/** Tests which versions of Node can run the scripts. */
import { expect, test } from 'vitest';
import { nodeFault } from './bin/node-fault.js';

test.each(['22.18.0', '22.20.1', '23.0.0', '24.21.0', '100.0.0'])('Node %s runs the scripts', (version) => {
  expect(nodeFault(version, 'win32-arm64')).toBeNull();
});

test.each(['18.20.0', '20.20.2', '22.17.9'])('Node %s does not, and the line says what to do', (version) => {
  const fault = nodeFault(version, 'win32-arm64');
  expect(fault).toContain(version);
  expect(fault).toMatch(/npm ci.*22\.18/);
  expect(fault).not.toContain('\n');
});
