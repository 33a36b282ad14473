-- Inspections, divisions, the records of all kinds of ledger, and the imports that fill them.
-- The PostgreSQL twin has the same tables and columns; it differs in the types of keys and of binary data only.
-- Times are UTC. Money is whole fen. Coded columns say their codes, which are those of records/src/codes.rs.

-- Administrative divisions: GB/T 2260 codes, and local codes such as 52Z001.
CREATE TABLE divisions (
    code         TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    parent       TEXT REFERENCES divisions (code) DEFERRABLE INITIALLY DEFERRED, -- a CSV may name a child first
    local        BOOLEAN NOT NULL,            -- true for codes outside GB/T 2260
    short_names  TEXT NOT NULL,               -- separated by |
    former_codes TEXT NOT NULL,               -- separated by |
    former_names TEXT NOT NULL                -- separated by |
);
CREATE INDEX divisions_by_parent ON divisions (parent);

CREATE TABLE inspections (
    id                TEXT PRIMARY KEY,
    name              TEXT NOT NULL,
    level             SMALLINT NOT NULL,      -- 1 central, 2 provincial
    round             INTEGER NOT NULL,       -- counted from 1
    province          TEXT NOT NULL REFERENCES divisions (code),
    team              TEXT,                   -- the inspection group
    started_on        DATE NOT NULL,
    ended_on          DATE,
    feedback_on       DATE,
    first_received_on DATE,                   -- the date in the petition numbers of batch 1
    themes            TEXT NOT NULL,          -- JSON array of texts, in order
    petition_register BOOLEAN NOT NULL,       -- true once a provincial ledger has listed the petitions
    task_register     BOOLEAN NOT NULL,       -- true once a provincial ledger has listed the tasks
    last_sequence     BIGINT NOT NULL,        -- of revisions; its row is the lock under which they are numbered
    version           BIGINT NOT NULL,        -- counted from 1; the etag
    request_id        TEXT UNIQUE,            -- of the call that created it
    created_at_utc    TIMESTAMP NOT NULL,
    updated_at_utc    TIMESTAMP NOT NULL
);

-- One file handed in: also the queue that workers claim from.
CREATE TABLE imports (
    id                TEXT PRIMARY KEY,       -- uuid version 7, so that ids sort by time
    inspection_id     TEXT NOT NULL REFERENCES inspections (id),
    division          TEXT REFERENCES divisions (code), -- whose ledger; absent where the file does not say
    file_name         TEXT NOT NULL,          -- as the client called it; never used as a path
    file_sha256       TEXT NOT NULL,          -- 64 lower-case hexadecimal digits
    file_bytes        BIGINT NOT NULL,
    submitter         TEXT NOT NULL,
    request_id        TEXT UNIQUE,
    mode              SMALLINT NOT NULL,      -- 1 check, 2 plan, 3 apply
    acceptance        SMALLINT NOT NULL,      -- 1 the valid rows, 2 all or nothing
    max_refused_share INTEGER,                -- most rows refused, in ten-thousandths of those read; absent: any
    stored            BOOLEAN NOT NULL,       -- its bytes are in the file store
    state             SMALLINT NOT NULL,      -- 1 received .. 11 undone, see codes.rs
    complete          BOOLEAN NOT NULL,       -- false for a partial ledger, which cannot miss a row
    kinds             TEXT NOT NULL,          -- ledger kinds found, separated by |
    sheets            TEXT NOT NULL,          -- JSON: what became of each sheet
    reported_on       DATE,                   -- the reporting date written in the ledger, else the day of the import
    rows_read         BIGINT NOT NULL,        -- data rows; = inserted + updated + unchanged + refused
    inserted          BIGINT NOT NULL,
    updated           BIGINT NOT NULL,
    unchanged         BIGINT NOT NULL,
    refused           BIGINT NOT NULL,
    errors            BIGINT NOT NULL,        -- findings of each severity
    warnings          BIGINT NOT NULL,
    notes             BIGINT NOT NULL,
    error_code        TEXT,                   -- why the file was rejected or failed
    error_zh          TEXT,
    error_en          TEXT,
    indexed           BOOLEAN NOT NULL,       -- true once its texts are in the search index
    plan_hash         TEXT,                   -- SHA-256 of what it changes; present once it was planned
    copies_due        BOOLEAN NOT NULL,       -- its verdict stands, the workbooks made of it are still to be written
    run_at_utc        TIMESTAMP NOT NULL,     -- not to be claimed before
    max_attempts      INTEGER NOT NULL,       -- claims after which it has failed
    attempt           INTEGER NOT NULL,       -- claims so far
    lease_token       BIGINT NOT NULL,        -- raised by every claim; a stale holder changes nothing
    lease_until_utc   TIMESTAMP,
    worker            TEXT,                   -- who holds the lease
    created_at_utc    TIMESTAMP NOT NULL,
    started_at_utc    TIMESTAMP,
    finished_at_utc   TIMESTAMP
);
CREATE INDEX imports_by_inspection ON imports (inspection_id, id);
-- The same bytes are handed in once at a time; the bytes themselves decide, not what anyone asked before.
CREATE UNIQUE INDEX imports_in_progress ON imports (inspection_id, COALESCE(division, ''), file_sha256, mode)
    WHERE stored AND state IN (1, 2, 4, 5);
CREATE INDEX imports_waiting ON imports (run_at_utc) WHERE stored AND (state IN (1, 2, 5) OR copies_due);
CREATE INDEX imports_not_indexed ON imports (inspection_id) WHERE NOT indexed;

-- One rule broken in one place of one file. Texts for people are made from rule and params when read.
CREATE TABLE findings (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    import_id     TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    sheet         TEXT NOT NULL,              -- empty for a finding on the whole file
    row_number    BIGINT,                     -- counted from 1
    column_number INTEGER,                    -- counted from 0
    field         TEXT NOT NULL,              -- canonical name, or empty
    header        TEXT NOT NULL,              -- as written in the file
    rule          TEXT NOT NULL,
    severity      SMALLINT NOT NULL,          -- 1 note, 2 warning, 3 error
    value         TEXT NOT NULL,              -- as written in the file
    suggestion    TEXT NOT NULL,              -- nearest legal value, or empty
    params        TEXT NOT NULL,               -- JSON object of texts named in the rule's messages
    kind          SMALLINT,                   -- of the record the row is of; absent where there is none
    number        TEXT,                       -- its number
    division      TEXT,                       -- whose part
    reason        TEXT                        -- why a warning stands, in the words of who handed the ledger in
);
CREATE INDEX findings_by_import ON findings (import_id, id);

-- Bulk tables below carry no foreign keys: a check per row would cost the importer as much as the rows themselves.
-- The merge writes parents and children in one transaction.

CREATE TABLE petitions (
    inspection_id   TEXT NOT NULL,
    number          TEXT NOT NULL,
    batch           INTEGER,                  -- counted from 1
    channel         SMALLINT,                 -- 1 phone, 2 letter, 3 other
    received_on     DATE,
    key_case        BOOLEAN NOT NULL,
    merged_into     TEXT,
    duplicate_of    TEXT,
    complaint       TEXT NOT NULL,
    pollution_kinds INTEGER NOT NULL,         -- one bit for each kind
    registered      BOOLEAN NOT NULL,         -- listed by the province
    owner           TEXT NOT NULL,            -- division whose ledger the wording is from
    wording_hash    BLOB  NOT NULL,           -- of the columns above, from batch on
    conclusion      SMALLINT NOT NULL,        -- derived: 0 open, 1 staged, 2 concluded, 3 closed
    substantiated   SMALLINT,                 -- derived: 0 yes, 1 largely, 2 partly, 3 no; absent if unknown or contradictory
    contradictory   BOOLEAN NOT NULL,         -- derived: one part says no, another does not
    concluded_on    DATE,                     -- derived: the last part's, once every part is concluded and dated
    reported_on     DATE NOT NULL,            -- reporting date of the ledger the wording is from
    version         BIGINT NOT NULL,          -- counted from 1, raised whenever it or a part of it changes
    import_id       TEXT NOT NULL,
    sheet           TEXT NOT NULL,
    row_number      BIGINT NOT NULL,          -- counted from 1
    updated_at_utc  TIMESTAMP NOT NULL,
    PRIMARY KEY (inspection_id, number)
);

-- What one division reports of one petition.
CREATE TABLE handlings (
    inspection_id     TEXT NOT NULL,
    number            TEXT NOT NULL,
    division          TEXT NOT NULL,
    assigned          BOOLEAN NOT NULL,       -- by the province's list, or named by another division
    reported          BOOLEAN NOT NULL,       -- false: assigned, and nothing reported yet
    investigation     TEXT,
    substantiated     SMALLINT,               -- 0 yes, 1 largely, 2 partly, 3 no
    handling          TEXT,
    measures          TEXT,
    latest_progress   TEXT,
    conclusion        SMALLINT NOT NULL,      -- 0 open, 1 staged, 2 concluded, 3 closed
    concluded_on      DATE,
    units             TEXT,                   -- separated by line breaks
    acceptance        TEXT,
    accountability    TEXT,
    remarks           TEXT,
    ordered           INTEGER,                -- enterprises ordered to rectify
    penalised         INTEGER,                -- penalty cases filed
    fine_fen          BIGINT,
    criminal_cases    INTEGER,
    admin_detained    INTEGER,                -- persons
    criminal_detained INTEGER,                -- persons
    interviewed       INTEGER,                -- persons
    accountable       INTEGER,                -- persons
    content_hash      BLOB  NOT NULL,         -- of the columns above, from investigation on; empty while not reported
    reported_on       DATE NOT NULL,
    version           BIGINT NOT NULL,
    import_id         TEXT NOT NULL,
    sheet             TEXT NOT NULL,
    row_number        BIGINT NOT NULL,
    PRIMARY KEY (inspection_id, number, division)
);
CREATE INDEX handlings_by_division ON handlings (inspection_id, division, number);

CREATE TABLE tasks (
    inspection_id    TEXT NOT NULL,
    number           TEXT NOT NULL,
    parent           TEXT,
    theme            TEXT,
    topic            TEXT,
    source           SMALLINT,                -- 1 report, 2 typical case, 3 petition, 4 accountability issue
    case_name        TEXT,
    plan_years       TEXT,
    problem          TEXT NOT NULL,
    target           TEXT,
    measures         TEXT,
    lead_unit        TEXT,
    units            TEXT,                    -- separated by line breaks
    supervising_unit TEXT,
    accepting_unit   TEXT,
    deadline_text    TEXT,                    -- as written
    deadline_kind    SMALLINT NOT NULL,       -- 0 unknown, 1 date, 2 open ended, 3 immediate
    due_on           DATE,
    long_term        BOOLEAN NOT NULL,
    registered       BOOLEAN NOT NULL,
    owner            TEXT NOT NULL,
    wording_hash     BLOB  NOT NULL,
    status           SMALLINT NOT NULL,       -- derived: 0 not started, 1 behind, 2 on track, 3 ahead, 4 completed
    completed_on     DATE,                    -- derived: the last part's, once every part is completed and dated
    closure          SMALLINT NOT NULL,       -- derived: 0 none, 1 returned, 2 applied, 3 accepted, 4 publicised, 5 closed
    closed_on        DATE,                    -- derived
    reported_on      DATE NOT NULL,
    version          BIGINT NOT NULL,
    import_id        TEXT NOT NULL,
    sheet            TEXT NOT NULL,
    row_number       BIGINT NOT NULL,
    updated_at_utc   TIMESTAMP NOT NULL,
    PRIMARY KEY (inspection_id, number)
);
CREATE INDEX tasks_by_due_date ON tasks (inspection_id, due_on, number);

-- What one division reports of one task.
CREATE TABLE task_progress (
    inspection_id TEXT NOT NULL,
    number        TEXT NOT NULL,
    division      TEXT NOT NULL,
    assigned      BOOLEAN NOT NULL,
    reported      BOOLEAN NOT NULL,
    progress      TEXT,
    status        SMALLINT NOT NULL,          -- 0 not started, 1 behind, 2 on track, 3 ahead, 4 completed
    completed_on  DATE,
    closure       SMALLINT NOT NULL,          -- 0 none, 1 returned, 2 applied, 3 accepted, 4 publicised, 5 closed
    closed_on     DATE,
    reason        TEXT,
    remarks       TEXT,
    content_hash  BLOB  NOT NULL,
    reported_on   DATE NOT NULL,
    version       BIGINT NOT NULL,
    import_id     TEXT NOT NULL,
    sheet         TEXT NOT NULL,
    row_number    BIGINT NOT NULL,
    PRIMARY KEY (inspection_id, number, division)
);
CREATE INDEX task_progress_by_division ON task_progress (inspection_id, division, number);

-- Records below are one row of one ledger each, and belong to one division. Their `number` is the natural key within the
-- division: the number the ledger gives, else one made of what tells the record apart (worker/src/check/keys.rs).

-- Measurable results. Amounts are exact: millionths of the unit (6 decimal places).
CREATE TABLE indicators (
    inspection_id     TEXT NOT NULL,
    division          TEXT NOT NULL,
    number            TEXT NOT NULL, -- name, period and task, separated by |
    name              TEXT NOT NULL,
    period            TEXT,                   -- 2022年; absent: of no period
    task              TEXT,       -- number of the task it measures
    theme             TEXT,
    topic             TEXT,
    unit              TEXT NOT NULL,          -- in its one spelling; the same in all records of a name
    done_millionths   BIGINT,
    done_text         TEXT,                   -- as written
    total_millionths  BIGINT,
    total_text        TEXT,                   -- as written
    stage             SMALLINT,               -- 1 preparing, 2 approved, 3 started, 4 completed
    approximate       BOOLEAN NOT NULL,
    aggregation       SMALLINT NOT NULL,      -- over divisions and periods: 1 sum, 2 latest, 3 none
    basis             SMALLINT NOT NULL,      -- 1 cumulative, 2 in the period
    remarks           TEXT,
    content_hash      BLOB NOT NULL,         -- of the columns above, from name on
    reported_on       DATE NOT NULL,          -- reporting date of the ledger
    version           BIGINT NOT NULL,        -- counted from 1
    import_id         TEXT NOT NULL,
    sheet             TEXT NOT NULL,
    row_number        BIGINT NOT NULL,        -- counted from 1
    updated_at_utc    TIMESTAMP NOT NULL,
    PRIMARY KEY (inspection_id, division, number)
);
-- The unit of a name, and one indicator over all divisions.
CREATE INDEX indicators_by_name ON indicators (inspection_id, name, unit);

-- Issues handed over for accountability. They are the province's: `division` is the province.
CREATE TABLE accountability_issues (
    inspection_id     TEXT NOT NULL,
    division          TEXT NOT NULL,
    number            TEXT NOT NULL,
    title             TEXT NOT NULL,          -- empty where only a number was named
    handed_over_on    DATE,
    remarks           TEXT,
    content_hash      BLOB NOT NULL,         -- empty while the province has not listed it
    registered        BOOLEAN NOT NULL,       -- listed by the province; else only named by a decision
    reported_on       DATE NOT NULL,
    version           BIGINT NOT NULL,
    import_id         TEXT NOT NULL,
    sheet             TEXT NOT NULL,
    row_number        BIGINT NOT NULL,
    updated_at_utc    TIMESTAMP NOT NULL,
    PRIMARY KEY (inspection_id, division, number)
);

-- Decisions on organisations and persons: one row for each of them and each issue, however many kinds of penalty.
CREATE TABLE accountabilities (
    inspection_id     TEXT NOT NULL,
    division          TEXT NOT NULL,
    number            TEXT NOT NULL, -- made without the name in clear
    issue             TEXT,       -- number of the issue handed over
    issue_title       TEXT,
    subject           SMALLINT NOT NULL,      -- 1 organisation, 2 person
    unit              TEXT,
    name              TEXT,                   -- of a person: personal data, never in the search index
    post              TEXT,
    level             SMALLINT,               -- 1 department, 2 county, 3 township, of persons also below
    kinds             INTEGER NOT NULL,       -- one bit for each kind
    source            SMALLINT NOT NULL,      -- 1 handed over, 2 on the spot; never added together
    decided_on        DATE,
    reason            TEXT,
    remarks           TEXT,
    content_hash      BLOB NOT NULL,
    reported_on       DATE NOT NULL,
    version           BIGINT NOT NULL,
    import_id         TEXT NOT NULL,
    sheet             TEXT NOT NULL,
    row_number        BIGINT NOT NULL,
    updated_at_utc    TIMESTAMP NOT NULL,
    PRIMARY KEY (inspection_id, division, number)
);
-- The decisions on one issue.
CREATE INDEX accountabilities_by_issue ON accountabilities (inspection_id, issue);

-- Meetings, visits, inspections, actions, and documents issued.
CREATE TABLE activities (
    inspection_id     TEXT NOT NULL,
    division          TEXT NOT NULL,
    number            TEXT NOT NULL,
    kind              SMALLINT NOT NULL,      -- 1 meeting, 2 field visit, 3 special inspection, 4 special action, 5 document issued
    held_on           DATE NOT NULL,
    organiser         TEXT,
    places            TEXT,                   -- separated by line breaks
    topic             TEXT NOT NULL,
    tasks             TEXT,                   -- numbers, separated by line breaks
    result            TEXT,
    remarks           TEXT,
    content_hash      BLOB NOT NULL,
    reported_on       DATE NOT NULL,
    version           BIGINT NOT NULL,
    import_id         TEXT NOT NULL,
    sheet             TEXT NOT NULL,
    row_number        BIGINT NOT NULL,
    updated_at_utc    TIMESTAMP NOT NULL,
    PRIMARY KEY (inspection_id, division, number)
);

-- Warnings of the ecological flow below small hydropower stations, and what was done about them.
CREATE TABLE alerts (
    inspection_id     TEXT NOT NULL,
    division          TEXT NOT NULL,
    number            TEXT NOT NULL,
    station           TEXT NOT NULL,
    raised_on         DATE NOT NULL,
    kind              SMALLINT NOT NULL,      -- 1 data missing, 2 offline, 3 below minimum
    handling          TEXT,
    settled_on        DATE,
    remarks           TEXT,
    content_hash      BLOB NOT NULL,
    reported_on       DATE NOT NULL,
    version           BIGINT NOT NULL,
    import_id         TEXT NOT NULL,
    sheet             TEXT NOT NULL,
    row_number        BIGINT NOT NULL,
    updated_at_utc    TIMESTAMP NOT NULL,
    PRIMARY KEY (inspection_id, division, number)
);
-- Those not settled, which are few.
CREATE INDEX alerts_open ON alerts (inspection_id, division, number) WHERE settled_on IS NULL;

-- One change of one record by one row of one import. A creation keeps no copy: what it wrote is the present record with
-- its later changes folded back.
CREATE TABLE revisions (
    inspection_id TEXT NOT NULL,
    sequence      BIGINT NOT NULL,            -- counted from 1, without gaps, in the order of commits
    kind          SMALLINT NOT NULL,          -- 1 petition, 2 task, 3 indicator, 4 issue, 5 accountability, 6 activity, 7 alert
    number        TEXT NOT NULL,
    division      TEXT NOT NULL,              -- whose part; empty for the province's list
    change        SMALLINT NOT NULL,          -- 1 created, 2 updated, 3 late: older than what is stored, kept here only
    before        TEXT,                       -- JSON object: field -> old value
    after         TEXT,                       -- JSON object: field -> new value
    import_id     TEXT NOT NULL,
    sheet         TEXT NOT NULL,
    row_number    BIGINT NOT NULL,
    actor         TEXT NOT NULL,
    at_utc        TIMESTAMP NOT NULL,
    PRIMARY KEY (inspection_id, sequence)
) WITHOUT ROWID; -- rows are short and come in order: one tree in the place of two

-- Why warnings stand: kept by rule and record, for as long as the cell says the same.
CREATE TABLE reasons (
    inspection_id TEXT NOT NULL,
    kind          SMALLINT NOT NULL,          -- 1 petition, 2 task, 3.. the plain kinds
    number        TEXT NOT NULL,
    division      TEXT NOT NULL,
    rule          TEXT NOT NULL,
    field         TEXT NOT NULL,
    value         TEXT NOT NULL,              -- of the cell when the reason was given, or its digest
    reason        TEXT NOT NULL,
    given_by      TEXT NOT NULL,
    given_at_utc  TIMESTAMP NOT NULL,
    import_id     TEXT NOT NULL,              -- the ledger it came with
    PRIMARY KEY (inspection_id, number, division, kind, rule, field)
);

-- How far the search index has come: the texts of every record changed by revisions up to this one are in it.
CREATE TABLE search_progress (
    inspection_id TEXT PRIMARY KEY REFERENCES inspections (id) ON DELETE CASCADE,
    sequence      BIGINT NOT NULL             -- of revisions; its row is the lock under which an inspection is indexed
);

-- Texts of petitions and tasks as bigram tokens, cut into overlapping pieces (records/src/search).
CREATE TABLE search_pieces (
    id            INTEGER PRIMARY KEY,        -- the rowid of its tokens
    inspection_id TEXT NOT NULL,
    kind          SMALLINT NOT NULL,          -- 1 petition, 2 task
    number        TEXT NOT NULL
);
CREATE INDEX search_pieces_by_record ON search_pieces (inspection_id, kind, number);
-- The tokens of the piece with the same rowid. Contentless: the texts themselves stand in the records.
CREATE VIRTUAL TABLE search_tokens USING fts5 (
    tokens, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
