/** A ClickHouse server of a test's or benchmark's own: an ordinary process on loopback, with its data below a folder that is given. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ClickHouse } from '../export/clickhouse.ts';
import { clickHouseAddress } from '../export/clickhouse-address.ts';

/** Whether Debian's package `clickhouse-server`, or another one, is installed. */
export const hasClickHouse = spawnSync('clickhouse-server', ['--help']).error === undefined;

export interface ClickHouseServer {
  /** `clickhouse://127.0.0.1:port/database` */
  to: string;
  client: ClickHouse;
  stop(): void;
}

/** Start a server and wait until it answers. */
export async function startClickHouse(dir: string, database: string, password: string): Promise<ClickHouseServer> {
  const port = await freePort();
  const server = startServer(dir, port, await freePort(), password);
  const to = `clickhouse://127.0.0.1:${port}/${database}`;
  const client = new ClickHouse(clickHouseAddress(to, { POSTRUN_CLICKHOUSE_PASSWORD: password }));
  try {
    await answers(client);
  } catch (error) {
    server.kill('SIGKILL');
    throw error;
  }
  return { to, client, stop: () => void server.kill('SIGKILL') };
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function startServer(dir: string, http: number, tcp: number, password: string): ChildProcess {
  const data = join(dir, 'server');
  for (const name of ['data', 'tmp', 'logs', 'formats', 'user_files']) mkdirSync(join(data, name), { recursive: true });
  const users = join(data, 'users.xml');
  writeFileSync(
    users,
    `<yandex><profiles><default><max_memory_usage>1000000000</max_memory_usage></default></profiles>
     <users><default><password>${password}</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
     <quotas><default></default></quotas></yandex>`,
  );
  const config = join(data, 'config.xml');
  writeFileSync(
    config,
    `<yandex><logger><level>warning</level><log>${data}/logs/server.log</log><errorlog>${data}/logs/error.log</errorlog></logger>
     <http_port>${http}</http_port><tcp_port>${tcp}</tcp_port><listen_host>127.0.0.1</listen_host>
     <path>${data}/data/</path><tmp_path>${data}/tmp/</tmp_path><user_files_path>${data}/user_files/</user_files_path>
     <format_schema_path>${data}/formats/</format_schema_path><users_config>${users}</users_config>
     <default_profile>default</default_profile><default_database>default</default_database>
     <mark_cache_size>100000000</mark_cache_size></yandex>`,
  );
  return spawn('clickhouse-server', ['--config-file', config], { cwd: data, stdio: 'ignore' });
}

async function answers(client: ClickHouse): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await client.run('SELECT 1');
      return;
    } catch (error) {
      if (tries > 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
