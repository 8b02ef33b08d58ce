/** Tests that a select checks its columns against what SQLite returns. */
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { only, selectCells, selectRows, selectTuples, word } from './select.ts';

function library(): Database.Database {
  const db = new Database(':memory:');
  db.exec(`CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL, price REAL, cover BLOB);
    INSERT INTO book VALUES (1, 'Ulysses', 12.5, x'00ff'), (2, 'Dubliners', NULL, NULL);`);
  return db;
}

test('rows, cells and lists come as their columns say', () => {
  const db = library();
  const books = selectRows(db, 'SELECT id, title, price FROM book ORDER BY id', {
    id: 'number',
    title: word<'Ulysses' | 'Dubliners'>(),
    price: 'number?',
  });
  expect(books.all()).toEqual([
    { id: 1, title: 'Ulysses', price: 12.5 },
    { id: 2, title: 'Dubliners', price: null },
  ]);
  expect(selectCells(db, 'SELECT title FROM book WHERE id = ?', 'text').get(2)).toBe('Dubliners');
  expect(selectCells(db, 'SELECT title FROM book WHERE id = ?', 'text').get(3)).toBeUndefined();
  expect(only(selectCells(db, 'SELECT count(*) FROM book', 'number'))).toBe(2);
  expect([...selectTuples(db, 'SELECT id, cover FROM book', ['number', 'bytes?']).iterate()]).toEqual([
    [1, Buffer.from([0, 255])],
    [2, null],
  ]);
  db.close();
});

test('a column that is missing, too many or of another type is refused when the statement is prepared', () => {
  const db = library();
  expect(() => selectRows(db, 'SELECT id FROM book', { id: 'number', title: 'text' })).toThrow('gives id');
  expect(() => selectRows(db, 'SELECT id, title FROM book', { id: 'number' })).toThrow('gives id, title');
  expect(() => selectRows(db, 'SELECT title AS name FROM book', { title: 'text' })).toThrow('gives name');
  expect(() => selectRows(db, 'SELECT title FROM book', { title: 'number' })).toThrow('title as TEXT');
  expect(() => selectCells(db, 'SELECT price FROM book', 'text')).toThrow('price as REAL');
  expect(() => selectCells(db, 'SELECT id, price FROM book', 'number')).toThrow('more than one column');
  expect(() => selectTuples(db, 'SELECT id, price FROM book', ['number'])).toThrow('other than 1 columns');
  db.close();
});

test('in tests a row that holds something else is refused too', () => {
  const db = library();
  expect(() => selectCells(db, 'SELECT price FROM book ORDER BY id', 'number').all()).toThrow('null for number');
  expect(() => selectRows(db, 'SELECT max(title) AS last FROM book', { last: 'number' }).get()).toThrow('Ulysses');
  const [first] = selectTuples(db, 'SELECT id FROM book ORDER BY id', ['number']).iterate();
  expect(first).toEqual([1]);
  expect(() => [...selectTuples(db, 'SELECT cover FROM book ORDER BY id', ['bytes']).iterate()]).toThrow('null');
  expect(() => only(selectCells(db, 'SELECT id FROM book WHERE id = 9', 'number'))).toThrow('gave none');
  db.close();
});
