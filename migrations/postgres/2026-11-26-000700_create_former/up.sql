-- What divisions said before, of what figures are made of: an account of a day in the past counts what was said by then.

-- Reporting date of the first ledger that said what a record says now, where that is not its `reported_on`: what is said
-- again becomes younger, and counts since it was first said.
ALTER TABLE petitions ADD COLUMN since_on DATE;
ALTER TABLE handlings ADD COLUMN since_on DATE;
ALTER TABLE tasks ADD COLUMN since_on DATE;
ALTER TABLE task_progress ADD COLUMN since_on DATE;
ALTER TABLE indicators ADD COLUMN since_on DATE;
ALTER TABLE accountability_issues ADD COLUMN since_on DATE;
ALTER TABLE accountabilities ADD COLUMN since_on DATE;
ALTER TABLE activities ADD COLUMN since_on DATE;
ALTER TABLE alerts ADD COLUMN since_on DATE;

-- Earlier statements of a part of a petition, each in force until the next one. Units as in `handlings`.
CREATE TABLE former_handlings (
    inspection_id     TEXT COLLATE "C" NOT NULL REFERENCES inspections (id) ON DELETE CASCADE,
    number            TEXT COLLATE "C" NOT NULL,
    division          TEXT COLLATE "C" NOT NULL,
    since_on          DATE NOT NULL,          -- reporting date of the ledger that said it
    substantiated     SMALLINT,
    conclusion        SMALLINT NOT NULL,
    concluded_on      DATE,
    ordered           INTEGER,
    penalised         INTEGER,
    fine_fen          BIGINT,
    criminal_cases    INTEGER,
    admin_detained    INTEGER,
    criminal_detained INTEGER,
    interviewed       INTEGER,
    accountable       INTEGER,
    import_id         TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (inspection_id, number, division, since_on)
);

-- The same of a task.
CREATE TABLE former_progress (
    inspection_id TEXT COLLATE "C" NOT NULL REFERENCES inspections (id) ON DELETE CASCADE,
    number        TEXT COLLATE "C" NOT NULL,
    division      TEXT COLLATE "C" NOT NULL,
    since_on      DATE NOT NULL,
    status        SMALLINT NOT NULL,
    completed_on  DATE,
    closure       SMALLINT NOT NULL,
    closed_on     DATE,
    import_id     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (inspection_id, number, division, since_on)
);

-- The same of an indicator.
CREATE TABLE former_indicators (
    inspection_id    TEXT COLLATE "C" NOT NULL REFERENCES inspections (id) ON DELETE CASCADE,
    number           TEXT COLLATE "C" NOT NULL,
    division         TEXT COLLATE "C" NOT NULL,
    since_on         DATE NOT NULL,
    done_millionths  BIGINT,
    total_millionths BIGINT,
    stage            SMALLINT,
    approximate      BOOLEAN NOT NULL,
    import_id        TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (inspection_id, number, division, since_on)
);
