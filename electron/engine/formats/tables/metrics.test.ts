/** Tests headers of resource tables as builds write them, and their metrics. */
import { expect, test } from 'vitest';
import { metricRows } from '../../../contract/metrics.ts';
import { metricOf, parseMeasure } from './metrics.ts';

test.each([
  ['CPU_PERCENT', { name: 'cpu_percent', unit: '%', counter: false, scale: 1 }],
  ['Memory Used (MB)', { name: 'memory_used', unit: 'bytes', counter: false, scale: 1_048_576 }],
  ['DISK_IO_READ_BYTES', { name: 'disk_read_bytes', unit: 'bytes', counter: true, scale: 1 }],
  ['# of TCP Connections', { name: 'tcp_connections', unit: 'count', counter: false, scale: 1 }],
  ['GPU Memory Used (MiB)', { name: 'gpu_memory_used', unit: 'bytes', counter: false, scale: 1_048_576 }],
  ['Queue Length', { name: 'queue_length', unit: '', counter: false, scale: 1 }],
])('%s', (header, metric) => {
  expect(metricOf(header)).toEqual(metric);
});

test('no column belongs to two metrics', () => {
  const columns = [...metricRows.values()].flatMap((row) => row.columns);
  expect(new Set(columns).size).toBe(columns.length);
});

test('cells can have units', () => {
  expect(parseMeasure('10MiB')).toEqual({ value: 10_485_760, unit: 'bytes' });
  expect(parseMeasure('n/a')).toBeNull();
});
