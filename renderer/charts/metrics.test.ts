import { describe, expect, it } from 'vitest';
import { compareMetrics, metricLook } from './metrics.ts';

const look = (metric: string, unit: string, counter = false) => metricLook({ metric, unit, counter });

describe('a metric', () => {
  it('is written in its unit, a counter as a rate', () => {
    expect(look('memory_used', 'bytes').format(1.4e9)).toBe('1.4 GB');
    expect(look('disk_read_bytes', 'bytes', true).format(1.4e6)).toBe('1.4 MB/s');
    expect(look('cpu_percent', '%').format(41.26)).toBe('41.3 %');
    expect(look('cpu_user_seconds', 's', true).format(0.973)).toBe('0.97 cores');
    expect(look('disk_read_count', 'count', true).format(2.5)).toBe('2.5/s');
    expect(look('threads', 'count').format(12)).toBe('12');
    expect(look('queue_depth', '').format(null)).toBe('–');
  });
  it('has a name, with the part that it is of', () => {
    expect(look('disk_used_percent:/mnt', '%').title).toBe('Disk used, share, /mnt');
    expect(look('gpu_load', '').title).toBe('Gpu load');
  });
  it('shows a share against the whole', () => {
    expect([3, 40, 100, 117].map(look('cpu_percent', '%').scaleTo)).toEqual([4, 50, 100, 120]);
  });
  it('stands with its kind, the telling ones first', () => {
    const sorted = [look('threads', 'count'), look('network_sent_bytes', 'bytes', true), look('memory_used', 'bytes')];
    sorted.push(look('memory_available', 'bytes'), look('memory_used_percent', '%'));
    sorted.push(look('cpu_user_seconds', 's', true), look('cpu_percent', '%'));
    expect(sorted.sort(compareMetrics).map((each) => each.metric)).toEqual([
      'cpu_percent',
      'cpu_user_seconds',
      'memory_used_percent',
      'memory_used',
      'memory_available',
      'network_sent_bytes',
      'threads',
    ]);
  });
});
