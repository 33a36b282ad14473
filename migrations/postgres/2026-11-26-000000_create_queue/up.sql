-- What belongs to an import beside its records: the workbooks made of it, and what a plan would change.

-- Workbooks made of an import, kept in the file store under their SHA-256.
CREATE TABLE import_files (
    import_id   TEXT COLLATE "C" NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    kind        SMALLINT NOT NULL,            -- 1 marked copy, 2 refused rows
    file_name   TEXT NOT NULL,                -- as it is offered to who fetches it
    file_sha256 TEXT NOT NULL,                -- 64 lower-case hexadecimal digits
    file_bytes  BIGINT NOT NULL,
    PRIMARY KEY (import_id, kind)
);

-- The rows of a plan that say anything new, in the order in which they would be written.
CREATE TABLE planned_rows (
    import_id  TEXT COLLATE "C" NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    position   BIGINT NOT NULL,               -- counted from 1
    kind       TEXT NOT NULL,                 -- ledger kind of the record, as codes.rs words it
    sheet      TEXT NOT NULL,
    row_number BIGINT NOT NULL,               -- counted from 1
    number     TEXT NOT NULL,                 -- of the record
    division   TEXT NOT NULL,                 -- whose part; empty in the province's list
    outcome    SMALLINT NOT NULL,             -- what would become of it, the number of importing/outcome.rs
    changes    TEXT NOT NULL,                 -- JSON array of {field, before, after}
    PRIMARY KEY (import_id, position)
);
