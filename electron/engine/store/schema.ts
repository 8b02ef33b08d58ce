/**
 * The tables of a case. A case is a cache of one source: if {@link SCHEMA_VERSION} differs, the
 * case is thrown away and rebuilt.
 *
 * Names are meant for readers other than this program. Times are microseconds since the epoch
 * (UTC), durations are seconds, levels run from 0 (none) to 5 (critical). There are three layers:
 * what the source holds (file, unit), what the lines say as they are read (block, posting, the
 * `…_event` tables, series), and what analysis joins from those (run_info, node, process,
 * mini_batch, attempt, finding). The third is rebuilt from the second whenever the second has
 * grown.
 */
export const SCHEMA_VERSION = 15;

export const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Ids of files, units, segments, blocks and series are never reused, so a reference to a deleted one
-- cannot reach another.
CREATE TABLE file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,            -- relative to the run's root, with /
  kind TEXT NOT NULL, format TEXT NOT NULL, generation TEXT,
  node TEXT, process TEXT, pid INTEGER, -- pid: if exactly one pid wrote the file
  written_node TEXT,                    -- see the comment on event tables below
  shape TEXT NOT NULL, priority INTEGER NOT NULL,
  bytes INTEGER NOT NULL, modified_us INTEGER,
  checked_bytes INTEGER, content_check TEXT, -- of a file read in place: hash of its first checked_bytes
  lines INTEGER,                        -- NULL until indexed
  first_us INTEGER, last_us INTEGER,
  errors INTEGER NOT NULL DEFAULT 0, warnings INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'pending',
  encoding TEXT NOT NULL DEFAULT 'utf-8',
  zip_offset INTEGER, zip_bytes INTEGER, zip_method INTEGER, zip_crc INTEGER,
  -- JSON: the path into an archive or compressed file; the text is then in block_text
  inside TEXT,
  -- JSON, FileReading of formats/prefix/file-reading.ts: how the lines are read; NULL until decided
  reading TEXT,
  choice TEXT,                          -- JSON, ReadingChoice of contract/reading.ts: what the user set instead
  format_hash TEXT                      -- of the custom format that read the file
);

-- A unit is the work of one worker at a time: several small files, one file, a part of a large file,
-- or the growth of several files.
CREATE TABLE unit (
  id INTEGER PRIMARY KEY AUTOINCREMENT, priority INTEGER NOT NULL, bytes INTEGER NOT NULL,
  state INTEGER NOT NULL DEFAULT 0,     -- 0 pending, 1 done
  is_late INTEGER NOT NULL DEFAULT 0    -- 1: added after the case was first indexed
);
CREATE TABLE part (
  unit_id INTEGER NOT NULL,             -- the last unit that read it
  file_id INTEGER NOT NULL, part INTEGER NOT NULL, -- part: 0, 1, … within the file
  start INTEGER NOT NULL, end INTEGER NOT NULL,                              -- bytes of the file, [start, end)
  -- 0-based line of the file; NULL until all earlier parts are done
  first_line INTEGER,
  lines INTEGER,
  -- last time and pid seen up to the end of the part
  carry_us INTEGER, carry_pid INTEGER,
  first_us INTEGER, last_us INTEGER, errors INTEGER NOT NULL DEFAULT 0, warnings INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (file_id, part)
) WITHOUT ROWID;
CREATE INDEX part_unit ON part (unit_id);
-- Where reading a part resumes after its file has grown. Blocks and events before this point stay;
-- events after it have tail = 1.
CREATE TABLE resume_point (
  file_id INTEGER NOT NULL, part INTEGER NOT NULL,
  is_begun INTEGER NOT NULL,            -- 1: where the last unit that read the part began; 0: near its end
  position INTEGER NOT NULL,            -- byte of the file
  state BLOB NOT NULL,                  -- state of the reader, v8.serialize
  PRIMARY KEY (file_id, part, is_begun)
) WITHOUT ROWID;

-- A block is what postings refer to: about 32 KB of whole lines of one part.
CREATE TABLE block (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL, part INTEGER NOT NULL,
  line INTEGER NOT NULL,                -- first line, 0-based within the part
  lines INTEGER NOT NULL,
  start INTEGER NOT NULL, bytes INTEGER NOT NULL, -- in the file
  min_us INTEGER, max_us INTEGER,       -- of the times in the lines
  carry_us INTEGER, carry_pid INTEGER,  -- last time and pid before the block, within the part
  carry_nanos INTEGER NOT NULL DEFAULT 0, -- nanoseconds of carry_us
  -- level of the record that continues at the start of the block, -1 if none
  carry_level INTEGER NOT NULL DEFAULT -1,
  traceback INTEGER NOT NULL DEFAULT 0, -- state of the traceback tracker at the start of the block
  continues INTEGER NOT NULL DEFAULT 0, -- 1: begins within a line longer than a block
  stored INTEGER NOT NULL DEFAULT 0,    -- 1: its text is in block_text
  debug INTEGER NOT NULL DEFAULT 0, info INTEGER NOT NULL DEFAULT 0, warning INTEGER NOT NULL DEFAULT 0,
  error INTEGER NOT NULL DEFAULT 0, critical INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX block_file ON block (file_id, part, line);
-- Text of blocks that cannot be read in place: zip entries, files in archives, files that are not UTF-8.
CREATE TABLE block_text (block_id INTEGER PRIMARY KEY, data BLOB NOT NULL);

-- A segment is the index of one unit, or of a stretch of a large one. It covers the blocks
-- [first_block, first_block + blocks); some of them may have been deleted.
CREATE TABLE segment (
  id INTEGER PRIMARY KEY AUTOINCREMENT, unit_id INTEGER NOT NULL, first_block INTEGER NOT NULL, blocks INTEGER NOT NULL,
  tokens INTEGER NOT NULL, long_blocks BLOB
);
CREATE TABLE posting (
  segment_id INTEGER NOT NULL, first_hash INTEGER NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (segment_id, first_hash)
) WITHOUT ROWID;
-- letters: one bit for each character that occurs in the page's tokens.
CREATE TABLE vocabulary (
  segment_id INTEGER NOT NULL, page INTEGER NOT NULL, letters INTEGER NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (segment_id, page)
) WITHOUT ROWID;

-- Events found in the lines, each with its reference. node and process are NULL if neither the line
-- nor the path names them. A node can have several names: analysis writes one of them into the column
-- node of every table except task_event. If this replaces the name in the path or line, written_node
-- keeps that name ('' if there was none); otherwise it is NULL.
CREATE TABLE task_event (
  id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL, line INTEGER NOT NULL, source TEXT NOT NULL, type TEXT NOT NULL,
  mini_batch_id TEXT NOT NULL, dequeue_count INTEGER, node TEXT, pid INTEGER, process TEXT,
  at_us INTEGER, start_us INTEGER, duration_seconds REAL, process_seconds REAL, run_method_seconds REAL,
  total INTEGER, succeeded INTEGER, failed INTEGER, status TEXT, error TEXT, inputs TEXT,
  unit_id INTEGER NOT NULL, tail INTEGER NOT NULL
);
-- Rows of task_event from first_id on, packed in columns (task-columns.ts); figures: how many rows have any.
CREATE TABLE task_columns (
  first_id INTEGER PRIMARY KEY, figures INTEGER NOT NULL, unit_id INTEGER NOT NULL, data BLOB NOT NULL
);
CREATE TABLE process_event (
  file_id INTEGER NOT NULL, line INTEGER NOT NULL, type TEXT NOT NULL, node TEXT, process TEXT, pid INTEGER,
  at_us INTEGER, exit_code INTEGER, detail TEXT, unit_id INTEGER NOT NULL, tail INTEGER NOT NULL, written_node TEXT
);
-- The pid that wrote a file's lines during a period: resolves the alias (node, process).
CREATE TABLE pid_span (
  file_id INTEGER NOT NULL, node TEXT, process TEXT, pid INTEGER NOT NULL, from_us INTEGER, to_us INTEGER,
  lines INTEGER NOT NULL, unit_id INTEGER NOT NULL, tail INTEGER NOT NULL, written_node TEXT
);
CREATE TABLE run_event (
  file_id INTEGER NOT NULL, line INTEGER NOT NULL, type TEXT NOT NULL, at_us INTEGER, node TEXT, name TEXT,
  value REAL, message TEXT,
  scheduled INTEGER, processed INTEGER, total INTEGER, items INTEGER, items_succeeded INTEGER, items_failed INTEGER,
  error_threshold INTEGER, unit_id INTEGER NOT NULL, tail INTEGER NOT NULL, written_node TEXT
);
CREATE TABLE error_event (
  file_id INTEGER NOT NULL, line INTEGER NOT NULL, lines INTEGER NOT NULL, at_us INTEGER, node TEXT,
  pid INTEGER, process TEXT,
  level INTEGER NOT NULL, chain TEXT NOT NULL, message TEXT NOT NULL, messages TEXT NOT NULL,
  user_frames TEXT NOT NULL, mini_batch_id TEXT, head TEXT,
  unit_id INTEGER NOT NULL, tail INTEGER NOT NULL, written_node TEXT
);
CREATE TABLE series (
  id INTEGER PRIMARY KEY AUTOINCREMENT, file_id INTEGER NOT NULL, node TEXT NOT NULL, process TEXT, pid INTEGER,
  metric TEXT NOT NULL, unit TEXT NOT NULL, counter INTEGER NOT NULL,
  points INTEGER NOT NULL, from_us INTEGER NOT NULL, to_us INTEGER NOT NULL, min REAL NOT NULL, max REAL NOT NULL,
  times BLOB NOT NULL, "values" BLOB NOT NULL, -- Float64 little-endian, times ascending
  lines BLOB NOT NULL,                         -- Int32 little-endian: the line of each value
  unit_id INTEGER NOT NULL, written_node TEXT
);
CREATE TABLE problem (
  file_id INTEGER, line INTEGER, kind TEXT NOT NULL, message TEXT NOT NULL, count INTEGER NOT NULL,
  unit_id INTEGER, tail INTEGER NOT NULL
);

-- Derived by analysis.
CREATE TABLE run_info (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID; -- value: JSON
CREATE TABLE attempt (
  id INTEGER PRIMARY KEY, mini_batch_id TEXT NOT NULL, attempt INTEGER NOT NULL, node TEXT, pid INTEGER, process TEXT,
  start_us INTEGER, end_us INTEGER, duration_seconds REAL, process_seconds REAL, run_method_seconds REAL,
  total INTEGER, succeeded INTEGER, failed INTEGER, outcome TEXT NOT NULL, error TEXT,
  picked_file_id INTEGER, picked_line INTEGER, finished_file_id INTEGER, finished_line INTEGER
);
-- The figures of a mini-batch are those of the attempt that decided its outcome: see the view below.
CREATE TABLE batch (
  ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL, status TEXT NOT NULL, attempts INTEGER NOT NULL,
  attempt_id INTEGER, inputs TEXT
);
-- Events of 4,096 mini-batches by ordinal, as Int32 little-endian: 4,097 offsets, then ids of
-- task_event grouped by mini-batch.
CREATE TABLE batch_event (chunk INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE VIEW mini_batch AS
  SELECT b.ordinal, b.id, b.status, b.attempts, a.node, a.pid, a.total, a.succeeded, a.failed,
    a.start_us, a.end_us, a.duration_seconds,
    b.inputs
  FROM batch b LEFT JOIN attempt a ON a.id = b.attempt_id;
CREATE TABLE process (
  id INTEGER PRIMARY KEY, node TEXT NOT NULL, process TEXT, pid INTEGER,
  start_us INTEGER, end_us INTEGER, exit_code INTEGER,
  replaced_by INTEGER, init_seconds REAL, attempts INTEGER NOT NULL, succeeded INTEGER NOT NULL,
  failed INTEGER NOT NULL, busy_seconds REAL NOT NULL
);
-- evidence: JSON [{file, line, text}]
CREATE TABLE finding (
  ordinal INTEGER PRIMARY KEY, kind TEXT NOT NULL, confidence TEXT NOT NULL, message TEXT NOT NULL,
  evidence TEXT NOT NULL
);
`;

/** Created after most rows are in, so that indexing does not update these row by row. */
export const DERIVED_INDEXES = `
CREATE INDEX IF NOT EXISTS attempt_batch ON attempt (mini_batch_id, attempt);
CREATE INDEX IF NOT EXISTS attempt_process ON attempt (node, pid, start_us);
CREATE UNIQUE INDEX IF NOT EXISTS batch_id ON batch (id);
CREATE INDEX IF NOT EXISTS error_batch ON error_event (mini_batch_id) WHERE mini_batch_id IS NOT NULL;
`;
