/**
 * Makes errors of SQL readable: what is wrong, in which line and column, with the text at that
 * place.
 */
import { PostrunError } from '../../contract/errors.ts';

const EXCERPT = 60;

/** Makes an error. `offset` is in characters of the SQL; -1 if the place is unknown. */
export function sqlError(message: string, sql: string, offset: number): PostrunError {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  if (offset < 0 || offset > sql.length) {
    return new PostrunError('user', 'bad_sql', `The SQL is not right. ${text}.`, {});
  }
  const before = sql.slice(0, offset).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const here = (sql.slice(offset).split('\n')[0] ?? '').slice(0, EXCERPT);
  const place = here === '' ? 'at the end' : `at: ${here}`;
  return new PostrunError('user', 'bad_sql', `The SQL is not right. ${text}, ${place}`, {
    where: `line ${line}, column ${column}`,
  });
}

export function refused(what: string): PostrunError {
  return new PostrunError(
    'user',
    'sql_refused',
    `${what} is refused. SQL here only reads: write one SELECT (or WITH … SELECT, VALUES, EXPLAIN SELECT).`,
  );
}

export function stopped(): PostrunError {
  return new PostrunError('cancelled', 'sql_stopped', 'The query was stopped.');
}

export function overTime(seconds: number): PostrunError {
  return new PostrunError(
    'user',
    'sql_limit',
    `The query was stopped after ${seconds} s, its limit. Ask for less (WHERE on time, node or text uses the index), or give it more time.`,
  );
}

export function overRows(rows: number): PostrunError {
  return new PostrunError(
    'user',
    'sql_limit',
    `The query was stopped after ${rows} rows, its limit. Ask for less, or count instead of listing.`,
  );
}

export function overMemory(): PostrunError {
  return new PostrunError(
    'user',
    'sql_limit',
    'The query was stopped: it needs more memory than it may have. Sort or group fewer rows, or fewer columns.',
  );
}
