/**
 * A metric is what a column of a resource table measures, under one name and in one unit for all
 * generations.
 *
 * This table is the one place that names them. Parsers find a metric by its columns; graphs and
 * lists take its title and order from here. To add a metric, add a row. A column without a row
 * becomes a metric under its own name.
 */
export interface MetricRow {
  /** Text for people. */
  title: string;
  unit: '%' | 'bytes' | 'count' | 's';
  /** Grows from the start of the machine or process and is drawn as its rate. */
  counter: boolean;
  /** Names of its columns without case, punctuation and the unit in brackets. */
  columns: readonly string[];
}

const share = { unit: '%', counter: false } as const;
const bytes = { unit: 'bytes', counter: false } as const;
const count = { unit: 'count', counter: false } as const;

/** In the order in which metrics are offered, the most telling of each group first. */
const metricTable = {
  cpu_percent: { title: 'CPU', ...share, columns: ['cpupercent'] },
  cpu_user_seconds: { title: 'CPU time, user', unit: 's', counter: true, columns: ['cputimesuser', 'cputimeuser'] },
  cpu_system_seconds: {
    title: 'CPU time, system',
    unit: 's',
    counter: true,
    columns: ['cputimessystem', 'cputimesystem'],
  },
  memory_used_percent: { title: 'Memory used, share', ...share, columns: ['memoryusedpercent'] },
  memory_percent: { title: 'Memory, share of the node', ...share, columns: ['memorypercent'] },
  memory_used: { title: 'Memory used', ...bytes, columns: ['memoryused', 'memoryrss', 'rss'] },
  memory_available: { title: 'Memory available', ...bytes, columns: ['memoryavailable'] },
  memory_total: { title: 'Memory, total', ...bytes, columns: ['memorytotal'] },
  disk_read_bytes: { title: 'Disk read', ...bytes, counter: true, columns: ['diskioreadbytes', 'diskioread'] },
  disk_write_bytes: { title: 'Disk written', ...bytes, counter: true, columns: ['diskiowritebytes', 'diskiowrite'] },
  disk_read_count: { title: 'Disk reads', ...count, counter: true, columns: ['diskioreadcount'] },
  disk_write_count: { title: 'Disk writes', ...count, counter: true, columns: ['diskiowritecount'] },
  disk_used_percent: { title: 'Disk used, share', ...share, columns: [] },
  network_received_bytes: {
    title: 'Network received',
    ...bytes,
    counter: true,
    columns: ['networkbytesrecv', 'networkrecv', 'networkreceived'],
  },
  network_sent_bytes: {
    title: 'Network sent',
    ...bytes,
    counter: true,
    columns: ['networkbytessent', 'networksent'],
  },
  gpu_memory_used: {
    title: 'GPU memory used',
    ...bytes,
    columns: ['gpumemoryused', 'gpumemused', 'gpumemusage', 'gpumemoryusage'],
  },
  threads: { title: 'Threads', ...count, columns: ['threadnum', 'threads', 'numthreads'] },
  tcp_connections: { title: 'TCP connections', ...count, columns: ['oftcpconnections', 'tcpconnections'] },
  udp_connections: { title: 'UDP connections', ...count, columns: ['ofudpconnections', 'udpconnections'] },
} as const satisfies Record<string, MetricRow>;

export const metricRows: ReadonlyMap<string, MetricRow> = new Map<string, MetricRow>(Object.entries(metricTable));
