-- What an undo works with. {key} stands for the type of the records' keys.

-- The import that is undone: one row. For a withdrawal, what stands for one.
CREATE TEMP TABLE undo_import (
    inspection_id {key} NOT NULL,
    import_id {key} NOT NULL,      -- empty: none, a record is withdrawn
    reported_on DATE,              -- its reporting date
    verdict BIGINT NOT NULL,       -- that it was applied with
    after BIGINT NOT NULL,         -- its revisions are those behind this one,
    sequence BIGINT NOT NULL,      -- up to this one
    at_utc TIMESTAMP NOT NULL,     -- now
    no_hash BYTEA NOT NULL         -- empty: the hash of what is not reported
);

-- Its rows that made or changed something.
CREATE TEMP TABLE undo_origins (
    kind SMALLINT NOT NULL,
    number {key} NOT NULL,
    division {key} NOT NULL,       -- whose part; empty for a row of the province's list
    sheet TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    PRIMARY KEY (kind, number, division)
);

-- The rows of tables of records that are touched.
CREATE TEMP TABLE undo_rows (
    kind SMALLINT NOT NULL,
    part BOOLEAN NOT NULL,         -- a division's part of a petition or a task; else a record
    number {key} NOT NULL,
    division {key} NOT NULL,       -- empty for a petition or a task itself
    does SMALLINT NOT NULL,        -- 0 nothing by itself, 1 it goes, 2 its image takes its place, 3 it is left as it is: only
                                   -- what was said of earlier days is again what it was
    wide BOOLEAN NOT NULL,         -- whatever else is said of its number stands on it
    version BIGINT NOT NULL,       -- of the present row; 0: there is none
    PRIMARY KEY (kind, number, division, part)
);

-- Issues that are touched: those that no list has are there because decisions name them.
CREATE TEMP TABLE undo_issues (
    number {key} PRIMARY KEY
);

-- Imports that were applied later, and stand.
CREATE TEMP TABLE undo_later (
    import_id {key} PRIMARY KEY,
    verdict BIGINT NOT NULL
);

-- What of the touched rows they have a word on.
CREATE TEMP TABLE undo_changed (
    import_id {key} NOT NULL,
    kind SMALLINT NOT NULL,
    number {key} NOT NULL,
    division {key} NOT NULL
);

-- Rows of imports that changed nothing, one by one.
CREATE TEMP TABLE undo_said (
    import_id {key} NOT NULL,
    kind SMALLINT NOT NULL,
    number {key} NOT NULL,
    division {key} NOT NULL
);
CREATE INDEX undo_said_by_record ON undo_said (kind, number, division);

-- Reporting dates that only the import had moved.
CREATE TEMP TABLE undo_times (
    kind SMALLINT NOT NULL,
    part BOOLEAN NOT NULL,
    number {key} NOT NULL,
    division {key} NOT NULL,
    holder {key} NOT NULL,         -- the import that keeps the image of the row; empty: the row itself
    low BIGINT NOT NULL,           -- verdicts between which the row said this
    high BIGINT NOT NULL,
    reported_on DATE NOT NULL      -- the date without the import
);

-- What the touched rows said before; by their place in undo_order.
CREATE TEMP TABLE undo_states (
    position BIGINT PRIMARY KEY,
    fields TEXT NOT NULL           -- JSON object
);
