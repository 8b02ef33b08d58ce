/** A client for the HTTP interface of ClickHouse: statements, and rows in compressed batches. */
import { gzipSync } from 'node:zlib';
import { PostrunError } from '../../contract/errors.ts';
import type { ClickHouseAddress } from './clickhouse-address.ts';

const PATIENCE_MS = 600_000;

export class ClickHouse {
  readonly #address: ClickHouseAddress;

  constructor(address: ClickHouseAddress) {
    this.#address = address;
  }

  /** Runs a statement and returns its answer as text. Throws `clickhouse`, `unreachable`. */
  run(sql: string): Promise<string> {
    return this.#send(new URL(this.#address.url), Buffer.from(sql), {});
  }

  /** Inserts rows in the format that the statement names. */
  async insert(sql: string, rows: Uint8Array): Promise<void> {
    const url = new URL(this.#address.url);
    url.searchParams.set('query', sql);
    await this.#send(url, gzipSync(rows, { level: 1 }), { 'content-encoding': 'gzip' });
  }

  async #send(url: URL, body: Uint8Array, headers: Record<string, string>): Promise<string> {
    const { user, password } = this.#address;
    let reply: Response;
    try {
      reply = await fetch(url, {
        method: 'POST',
        body: Buffer.from(body),
        headers: {
          ...headers,
          // Not in the URL, which servers and proxies log.
          authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (cause) {
      const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
      throw new PostrunError(
        'environment',
        'unreachable',
        `The ClickHouse server does not answer (${this.#hide(reason)}).`,
        {
          where: url.host,
        },
      );
    }
    const answer = await reply.text();
    if (!reply.ok) {
      const what = this.#hide(answer.trim().split('\n')[0]?.slice(0, 500) ?? '');
      throw new PostrunError('environment', 'clickhouse', `The ClickHouse server refused a statement. ${what}`, {
        where: url.host,
      });
    }
    return answer;
  }

  /** Removes the password from a message, in case a server repeats it. */
  #hide(text: string): string {
    const { password } = this.#address;
    return password === '' ? text : text.replaceAll(password, '…');
  }
}
