/**
 * Runs a private ClickHouse server for a test or benchmark: an ordinary process on loopback with
 * its data in a given folder.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ClickHouse } from '../export/clickhouse.ts';
import { clickHouseAddress } from '../export/clickhouse-address.ts';

/** True if `clickhouse-server` is installed, from Debian's package or another. */
export const hasClickHouse = spawnSync('clickhouse-server', ['--help']).error === undefined;

export interface ClickHouseServer {
  /** `clickhouse://127.0.0.1:port/database` */
  to: string;
  /**
   * `clickhouses://127.0.0.1:port/database` with the server's self-signed certificate; null if
   * `openssl` is not installed.
   */
  tls: { to: string; certificate: string } | null;
  client: ClickHouse;
  stop(): void;
}

/** Starts a server and waits until it answers. */
export async function startClickHouse(dir: string, database: string, password: string): Promise<ClickHouseServer> {
  const port = await freePort();
  const [tcp, https] = [await freePort(), await freePort()];
  const data = join(dir, 'server');
  for (const name of ['data', 'tmp', 'logs', 'formats', 'user_files']) mkdirSync(join(data, name), { recursive: true });
  const certificate = makeCertificate(data);
  const server = startServer(data, { http: port, tcp, https: certificate === null ? null : https }, password);
  const to = `clickhouse://127.0.0.1:${port}/${database}`;
  const client = new ClickHouse(clickHouseAddress(to, { POSTRUN_CLICKHOUSE_PASSWORD: password }));
  try {
    await answers(client);
  } catch (error) {
    server.kill('SIGKILL');
    throw error;
  }
  const tls = certificate === null ? null : { to: `clickhouses://127.0.0.1:${https}/${database}`, certificate };
  return { to, tls, client, stop: () => void server.kill('SIGKILL') };
}

/**
 * Creates a certificate for 127.0.0.1 with its key beside it; null if `openssl` is not installed.
 */
function makeCertificate(dir: string): string | null {
  const [key, certificate] = [join(dir, 'key.pem'), join(dir, 'certificate.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject];
  const { status } = spawnSync('openssl', [...request, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  return status === 0 ? certificate : null;
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

interface Ports {
  http: number;
  tcp: number;
  https: number | null;
}

function startServer(data: string, { http, tcp, https }: Ports, password: string): ChildProcess {
  const tls =
    https === null
      ? ''
      : `<https_port>${https}</https_port><openSSL><server><certificateFile>${data}/certificate.pem</certificateFile>
         <privateKeyFile>${data}/key.pem</privateKeyFile><verificationMode>none</verificationMode></server></openSSL>`;
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
     <http_port>${http}</http_port>${tls}<tcp_port>${tcp}</tcp_port><listen_host>127.0.0.1</listen_host>
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
