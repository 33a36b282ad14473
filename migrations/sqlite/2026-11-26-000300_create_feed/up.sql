-- The feed of revisions: which life of the database its cursors are from.

-- One row. A database that is restored from a backup has lost revisions that readers have seen, and will give their numbers
-- to others; a new epoch (`ducha-server feed reset`) tells those readers to begin anew.
CREATE TABLE feed (
    id    SMALLINT PRIMARY KEY CHECK (id = 1),
    epoch TEXT NOT NULL                       -- 32 lower-case hexadecimal digits, random
);
INSERT INTO feed (id, epoch) VALUES (1, LOWER(HEX(RANDOMBLOB(16))));

-- The history of one record.
CREATE INDEX revisions_by_record ON revisions (inspection_id, number, kind, sequence);
