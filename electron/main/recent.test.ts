/** Tests of the Jump List and the Dock menu. */
import { expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ app: {}, Menu: {} }));
const { dockMenu, jumpListCategory } = await import('./recent.ts');

test('each source is a task of the Jump List that opens it, folders and zips alike', () => {
  const category = jumpListCategory(['/runs/a run', '/runs/b.zip', 'D:\\'], 'C:\\Postrun.exe');
  expect(category.items?.map(({ type, program, args }) => ({ type, program, args }))).toEqual([
    { type: 'task', program: 'C:\\Postrun.exe', args: '"/runs/a run"' },
    { type: 'task', program: 'C:\\Postrun.exe', args: '"/runs/b.zip"' },
    // A single backslash would escape the quote.
    { type: 'task', program: 'C:\\Postrun.exe', args: '"D:\\\\"' },
  ]);
  expect(category.items?.[0]).toMatchObject({ title: 'a run', description: '/runs/a run' });
});

test('the Dock opens what is chosen, and shows ten at most', () => {
  const open = vi.fn();
  const items = dockMenu(
    Array.from({ length: 14 }, (_, k) => `/runs/${k}.zip`),
    open,
  );
  expect(items.map((item) => item.label)).toEqual(Array.from({ length: 10 }, (_, k) => `${k}.zip`));
  const click = items[3]?.click as unknown as () => void;
  click();
  expect(open).toHaveBeenCalledWith('/runs/3.zip');
});
