/** The address of a ClickHouse server, from `clickhouse://host:port/db` and the environment. */
import { PostrunError } from '../../contract/errors.ts';

export interface ClickHouseAddress {
  /** URL of its HTTP interface. */
  url: URL;
  database: string;
  user: string;
  password: string;
}

const NAME = /^[A-Za-z_]\w{0,99}$/;

/**
 * Parses an address. The user comes from the address or `POSTRUN_CLICKHOUSE_USER`, the password
 * only from `POSTRUN_CLICKHOUSE_PASSWORD`; `clickhouses://` uses TLS. Throws `bad_address` with a
 * message that contains no possible secret.
 */
export function clickHouseAddress(to: string, env: Record<string, string | undefined>): ClickHouseAddress {
  const bad = (what: string) =>
    new PostrunError(
      'user',
      'bad_address',
      `${what} Write clickhouse://host:port/database, or clickhouses:// for TLS.`,
    );
  const scheme = /^clickhouse(?<tls>s?):\/\//i.exec(to);
  if (scheme === null) throw bad('This is no address of a ClickHouse server.');
  const isTls = scheme.groups?.tls !== '';
  let parsed: URL;
  try {
    parsed = new URL(`${isTls ? 'https' : 'http'}://${to.slice(scheme[0].length)}`);
  } catch {
    throw bad('This address cannot be read.');
  }
  if (parsed.password !== '') {
    throw bad('A password does not belong into an address: put it into the variable POSTRUN_CLICKHOUSE_PASSWORD.');
  }
  if (parsed.search !== '' || parsed.hash !== '') throw bad('The address goes on after the database.');
  const database = decodeURIComponent(parsed.pathname.replace(/^\/|\/$/g, '')) || 'default';
  if (!NAME.test(database)) throw bad('The name of the database may have letters, digits and _ only.');
  const user = decodeURIComponent(parsed.username) || env.POSTRUN_CLICKHOUSE_USER || 'default';
  const port = parsed.port !== '' ? parsed.port : isTls ? '8443' : '8123';
  const url = new URL(`${parsed.protocol}//${parsed.hostname}:${port}/`);
  return { url, database, user, password: env.POSTRUN_CLICKHOUSE_PASSWORD ?? '' };
}
