-- What imports are taken back with, and their verdicts in the feed.

-- Verdicts on imports in the order in which they fell: the feed tells them between the revisions.
CREATE TABLE import_verdicts (
    inspection_id TEXT COLLATE "C" NOT NULL,
    verdict       BIGINT NOT NULL,            -- counted from 1, without gaps, in the order of commits
    sequence      BIGINT NOT NULL,            -- of the last revision before it
    revisions     BIGINT NOT NULL,            -- how many were written with it: those up to `sequence`
    import_id     TEXT COLLATE "C" NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    state         SMALLINT NOT NULL,          -- that the import reached, see codes.rs
    division      TEXT COLLATE "C",           -- whose ledger it was by then
    actor         TEXT NOT NULL,              -- who decided it; empty: a worker found it
    note          TEXT,                       -- in the words of who decided it
    at_utc        TIMESTAMP NOT NULL,
    PRIMARY KEY (inspection_id, verdict)
);
-- What became of one import.
CREATE INDEX import_verdicts_by_import ON import_verdicts (import_id, verdict);

-- Raised under the inspection's lock, as last_sequence is.
ALTER TABLE inspections ADD COLUMN last_verdict BIGINT NOT NULL DEFAULT 0;
-- Why something was undone or withdrawn, in the words of who did it.
ALTER TABLE revisions ADD COLUMN reason TEXT;
-- What stands for the value of the cell where that is not told whole: a reason that is given later is kept with it.
ALTER TABLE findings ADD COLUMN cell TEXT;
-- The version at which the content was written. An undo brings the old one back, while the version rises, so that a ledger
-- that was filled in on what is stored again is not taken for one that was filled in before.
ALTER TABLE handlings ADD COLUMN edition BIGINT NOT NULL DEFAULT 1;
UPDATE handlings SET edition = version;
ALTER TABLE task_progress ADD COLUMN edition BIGINT NOT NULL DEFAULT 1;
UPDATE task_progress SET edition = version;

-- Rows as they were before an import wrote over them: the columns of their tables, behind the import that did.
CREATE TABLE before_petitions (
    before_import TEXT COLLATE "C" NOT NULL,
    LIKE petitions,
    PRIMARY KEY (inspection_id, before_import, number)
);
CREATE TABLE before_handlings (
    before_import TEXT COLLATE "C" NOT NULL,
    LIKE handlings,
    PRIMARY KEY (inspection_id, before_import, number, division)
);
CREATE TABLE before_tasks (
    before_import TEXT COLLATE "C" NOT NULL,
    LIKE tasks,
    PRIMARY KEY (inspection_id, before_import, number)
);
CREATE TABLE before_task_progress (
    before_import TEXT COLLATE "C" NOT NULL,
    LIKE task_progress,
    PRIMARY KEY (inspection_id, before_import, number, division)
);
CREATE TABLE before_indicators (
    before_import TEXT COLLATE "C" NOT NULL,
    LIKE indicators,
    PRIMARY KEY (inspection_id, before_import, division, number)
);
CREATE TABLE before_accountability_issues (
    before_import TEXT COLLATE "C" NOT NULL,
    LIKE accountability_issues,
    PRIMARY KEY (inspection_id, before_import, division, number)
);
CREATE TABLE before_accountabilities (
    before_import TEXT COLLATE "C" NOT NULL,
    LIKE accountabilities,
    PRIMARY KEY (inspection_id, before_import, division, number)
);
CREATE TABLE before_activities (
    before_import TEXT COLLATE "C" NOT NULL,
    LIKE activities,
    PRIMARY KEY (inspection_id, before_import, division, number)
);
CREATE TABLE before_alerts (
    before_import TEXT COLLATE "C" NOT NULL,
    LIKE alerts,
    PRIMARY KEY (inspection_id, before_import, division, number)
);
CREATE TABLE before_reasons (
    before_import TEXT COLLATE "C" NOT NULL,
    LIKE reasons,
    PRIMARY KEY (inspection_id, before_import, number, division, kind, rule, field)
);

-- Parts and records of which an import changed only what was said of earlier days, and since when they said what they say;
-- and all former statements of them as they were.
CREATE TABLE before_since (
    inspection_id TEXT COLLATE "C" NOT NULL,
    before_import TEXT COLLATE "C" NOT NULL,
    kind          SMALLINT NOT NULL,          -- 1 petition, 2 task, 3 indicator
    number        TEXT COLLATE "C" NOT NULL,
    division      TEXT COLLATE "C" NOT NULL,
    since_on      DATE,
    PRIMARY KEY (inspection_id, before_import, kind, number, division)
);
CREATE TABLE before_former_handlings (
    before_import TEXT COLLATE "C" NOT NULL,
    LIKE former_handlings,
    PRIMARY KEY (inspection_id, before_import, number, division, since_on)
);
CREATE TABLE before_former_progress (
    before_import TEXT COLLATE "C" NOT NULL,
    LIKE former_progress,
    PRIMARY KEY (inspection_id, before_import, number, division, since_on)
);
CREATE TABLE before_former_indicators (
    before_import TEXT COLLATE "C" NOT NULL,
    LIKE former_indicators,
    PRIMARY KEY (inspection_id, before_import, number, division, since_on)
);

-- Rows of imports that changed nothing: what they say, an earlier import may have written, and cannot be taken back from
-- under them. A row for some hundred of them, since a ledger that is sent every week says almost everything again.
CREATE TABLE said_again (
    inspection_id TEXT COLLATE "C" NOT NULL,
    import_id     TEXT COLLATE "C" NOT NULL,
    kind          SMALLINT NOT NULL,          -- 1 petition, 2 task, 3.. the plain kinds
    division      TEXT COLLATE "C" NOT NULL,  -- whose part; empty for the province's list
    late          BOOLEAN NOT NULL,           -- they were older than what is stored; else they say what is stored
    numbers       TEXT NOT NULL               -- of their records, separated by the character U+001F
);
CREATE INDEX said_again_by_import ON said_again (inspection_id, import_id);

-- What each ledger said of its form, from which `forms` is made anew when one of them is undone.
CREATE TABLE import_forms (
    inspection_id TEXT COLLATE "C" NOT NULL REFERENCES inspections (id) ON DELETE CASCADE,
    division      TEXT COLLATE "C" NOT NULL,
    kind          TEXT COLLATE "C" NOT NULL,
    import_id     TEXT COLLATE "C" NOT NULL,
    headers       TEXT NOT NULL,              -- as in forms
    words         TEXT NOT NULL,              -- as in forms, of this ledger only
    reported_on   DATE NOT NULL,
    PRIMARY KEY (inspection_id, division, kind, import_id)
);
INSERT INTO import_forms (inspection_id, division, kind, import_id, headers, words, reported_on)
SELECT inspection_id, division, kind, import_id, headers, words, reported_on FROM forms;
