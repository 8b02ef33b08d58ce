import { expect, test } from 'vitest';
import { readLines } from '../custom/samples.ts';

const at = (iso: string) => Date.parse(iso) * 1000;

test('columns of numbers beside a column of times are series, named by the header', () => {
  const events = readLines('logs/user/entry_script_log/7/process003_training.csv', [
    'epoch,event_time,Loss,GPU Memory (MB),phase',
    '1,2020-03-19 15:37:07,0.5,1000,train',
    '2,2020-03-19 15:38:07,0.25,,train',
  ]);
  const times = [at('2020-03-19T15:37:07Z'), at('2020-03-19T15:38:07Z')];
  const owner = { event: 'samples', node: '7', process: 'process003' };
  expect(events).toEqual([
    expect.objectContaining({ ...owner, metric: 'epoch', timesUs: times, values: [1, 2] }),
    expect.objectContaining({ ...owner, metric: 'loss', timesUs: times, values: [0.5, 0.25] }),
    expect.objectContaining({ ...owner, metric: 'gpu_memory', unit: '', timesUs: times.slice(0, 1), values: [1000] }),
  ]);
});

test('a file that names no process is known by its name; a column may name the node', () => {
  const events = readLines('outputs/throughput.csv', ['time,host,rate', '1584632227,a,3', '1584632228,b,4']);
  expect(events).toEqual([
    expect.objectContaining({ node: 'a', process: 'throughput.csv', metric: 'rate', values: [3] }),
    expect.objectContaining({ node: 'b', process: 'throughput.csv', metric: 'rate', values: [4] }),
  ]);
});

test.each([
  [['a,b', '1,2']],
  [['1584632227,3', '1584632228,4']],
  [['time of day,x', 'morning,1', 'noon,2']],
  [['runtime,x', ...Array.from({ length: 30 }, (_, k) => `${k},1`)]],
])('a table without a column of times gives nothing and no complaint: %j', (lines) => {
  expect(readLines('outputs/result.csv', lines)).toEqual([]);
});
