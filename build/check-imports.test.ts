/** Tests that the import check finds every import and that each rule refuses a bad one. */
import { describe, expect, test } from 'vitest';
import { checkFile, findImports } from './check-imports.ts';

const from = (specifier: string) => `import { x } from '${specifier}';\n`;

describe('findImports', () => {
  test('finds every form of import and its line', () => {
    const source = [
      "import 'a';",
      "import type { B } from 'b';",
      'import {',
      '  c,',
      '  type C,',
      "} from 'c';",
      "export * from 'd';",
      "export { e } from 'e';",
      `const f = await import${'('}'f');`,
      "import g, { h } from 'g';",
      "import * as i from 'i';",
    ].join('\n');
    expect(findImports(source).map(({ specifier, line }) => `${specifier}:${line}`)).toEqual([
      'a:1',
      'b:2',
      'c:6',
      'd:7',
      'e:8',
      'f:9',
      'g:10',
      'i:11',
    ]);
  });

  test('leaves comments alone', () => {
    expect(findImports(`// import 'a';\n/**\n * import x from 'b';\n */\n// see import${'('}'c')\n`)).toEqual([]);
  });
});

describe('each rule refuses a bad import and says what is allowed', () => {
  const bad: [string, string, RegExp][] = [
    ['electron/contract/x.ts', 'node:fs', /no Node here.*may import itself; packages: zod/],
    ['electron/contract/x.ts', 'react', /packages: zod/],
    ['electron/engine/base/x.ts', '../store/open.ts', /electron\/engine\/base may import itself, electron\/contract;/],
    ['electron/engine/search/x.ts', '../report/html.ts', /may import itself, .*electron\/engine\/ingest;/],
    [
      'electron/engine/search/query/x.ts',
      '../plan/planner.ts',
      /must not import electron\/engine\/search\/plan\/planner/,
    ],
    ['electron/engine/search/x.ts', 'better-sqlite3', /must not import the package better-sqlite3/],
    ['electron/engine/ingest/x.ts', '../../host/server.ts', /must not import electron\/host/],
    ['electron/host/x.ts', 'electron', /must not import the package electron/],
    ['electron/host/x.ts', '../serve/serve.ts', /electron\/host may import/],
    [
      'electron/main/x.ts',
      '../engine/engine.ts',
      /electron\/main may import itself, electron\/contract, electron\/host/,
    ],
    ['electron/preload/x.ts', 'node:fs', /no Node here/],
    ['electron/serve/x.ts', '../engine/engine.ts', /electron\/serve may import/],
    ['electron/cli/x.ts', 'react', /packages: commander/],
    ['renderer/app/x.tsx', '../../electron/host/server.ts', /must not import electron\/host/],
    ['renderer/state/x.ts', 'node:path', /no Node here/],
    ['renderer/base/x.ts', '../state/store.ts', /renderer\/base may import itself/],
    ['renderer/features/log/x.tsx', '../search/list.tsx', /itself \(not its neighbours\)/],
    ['renderer/features/log/x.tsx', 'uplot', /must not import the package uplot/],
    ['renderer/widgets/x.tsx', '../features/log/view.tsx', /renderer\/widgets may import/],
    ['build/x.ts', '../electron/engine/engine.ts', /build may import/],
    ['e2e/x.ts', '../electron/host/server.ts', /e2e may import/],
    ['electron/cli/x.ts', 'left-pad', /not in the list of packages/],
    ['electron/cli/x.ts', './json', /needs its extension/],
    ['tools/x.ts', 'node:fs', /no row/],
  ];
  test.each(bad)('%s ← %s', (path, specifier, message) => {
    expect(checkFile(path, from(specifier))).toEqual([expect.stringMatching(message)]);
  });
});

test('good imports pass', () => {
  expect(checkFile('electron/engine/search/x.ts', from('../store/open.ts') + from('node:path'))).toEqual([]);
  expect(checkFile('electron/engine/engine.ts', from('./report/html.ts'))).toEqual([]);
  expect(checkFile('electron/engine/search/plan/x.ts', from('../query/query.ts') + from('../hit-order.ts'))).toEqual(
    [],
  );
  expect(checkFile('electron/engine/search/query/x.test.ts', from('../testing/naive.ts'))).toEqual([]);
  expect(checkFile('renderer/charts/x.tsx', from('uplot') + from('react'))).toEqual([]);
  expect(checkFile('renderer/features/log/x.tsx', from('./row.tsx') + from('../../widgets/table.tsx'))).toEqual([]);
  expect(checkFile('electron/engine/search/x.test.ts', from('vitest') + from('../../sample/sample.ts'))).toEqual([]);
});
