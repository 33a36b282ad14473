-- The temporary tables of one import. Types are written so that both databases understand them.
-- {row_key} stands for the type of a key that rises with every row, {key} for the type of the records' keys.
-- Rows are counted over the whole file (row_id, from 1) and in their sheet (row_number, from 1).

-- Checked rows of a petition ledger. In the province's list `division` is the province and the handling is empty.
CREATE TEMP TABLE stage_petitions (
    row_id {row_key},
    sequence BIGINT, -- of its revision, for a row that becomes a record before the commit
    sheet TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    number {key} NOT NULL,
    division {key} NOT NULL,
    batch INTEGER,
    channel SMALLINT,
    received_on DATE,
    key_case BOOLEAN NOT NULL,
    merged_into TEXT,
    duplicate_of TEXT,
    complaint TEXT NOT NULL,
    pollution_kinds INTEGER NOT NULL,
    wording_hash BYTEA NOT NULL,
    investigation TEXT,
    substantiated SMALLINT,
    handling TEXT,
    measures TEXT,
    latest_progress TEXT,
    conclusion SMALLINT NOT NULL,
    concluded_on DATE,
    units TEXT,
    acceptance TEXT,
    accountability TEXT,
    remarks TEXT,
    ordered INTEGER,
    penalised INTEGER,
    fine_fen BIGINT,
    criminal_cases INTEGER,
    admin_detained INTEGER,
    criminal_detained INTEGER,
    interviewed INTEGER,
    accountable INTEGER,
    content_hash BYTEA NOT NULL
);

-- Checked rows of a task ledger.
CREATE TEMP TABLE stage_tasks (
    row_id {row_key},
    sheet TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    number {key} NOT NULL,
    division {key} NOT NULL,
    parent TEXT,
    theme TEXT,
    topic TEXT,
    source SMALLINT,
    case_name TEXT,
    plan_years TEXT,
    problem TEXT NOT NULL,
    target TEXT,
    measures TEXT,
    lead_unit TEXT,
    units TEXT,
    supervising_unit TEXT,
    accepting_unit TEXT,
    deadline_text TEXT,
    deadline_kind SMALLINT NOT NULL,
    due_on DATE,
    long_term BOOLEAN NOT NULL,
    wording_hash BYTEA NOT NULL,
    progress TEXT,
    status SMALLINT NOT NULL,
    completed_on DATE,
    closure SMALLINT NOT NULL,
    closed_on DATE,
    reason TEXT,
    remarks TEXT,
    content_hash BYTEA NOT NULL
);

-- Checked rows of the plain kinds: whose they are, and the columns of content of their tables.
CREATE TEMP TABLE stage_indicators (
    row_id {row_key},
    sheet TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    number {key} NOT NULL,
    division {key} NOT NULL,
    name {key} NOT NULL,
    period TEXT,
    task {key},
    theme TEXT,
    topic TEXT,
    unit TEXT NOT NULL,
    done_millionths BIGINT,
    done_text TEXT,
    total_millionths BIGINT,
    total_text TEXT,
    stage SMALLINT,
    approximate BOOLEAN NOT NULL,
    aggregation SMALLINT NOT NULL,
    basis SMALLINT NOT NULL,
    remarks TEXT,
    content_hash BYTEA NOT NULL
);

CREATE TEMP TABLE stage_issues (
    row_id {row_key},
    sheet TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    number {key} NOT NULL,
    division {key} NOT NULL,
    title TEXT NOT NULL,
    handed_over_on DATE,
    remarks TEXT,
    content_hash BYTEA NOT NULL
);

CREATE TEMP TABLE stage_accountabilities (
    row_id {row_key},
    sheet TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    number {key} NOT NULL,
    division {key} NOT NULL,
    issue {key},
    issue_title TEXT,
    subject SMALLINT NOT NULL,
    unit TEXT,
    name TEXT,
    post TEXT,
    level SMALLINT,
    kinds INTEGER NOT NULL,
    source SMALLINT NOT NULL,
    decided_on DATE,
    reason TEXT,
    remarks TEXT,
    content_hash BYTEA NOT NULL
);

CREATE TEMP TABLE stage_activities (
    row_id {row_key},
    sheet TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    number {key} NOT NULL,
    division {key} NOT NULL,
    kind SMALLINT NOT NULL,
    held_on DATE NOT NULL,
    organiser TEXT,
    places TEXT,
    topic TEXT NOT NULL,
    tasks TEXT,
    result TEXT,
    remarks TEXT,
    content_hash BYTEA NOT NULL
);

CREATE TEMP TABLE stage_alerts (
    row_id {row_key},
    sheet TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    number {key} NOT NULL,
    division {key} NOT NULL,
    station TEXT NOT NULL,
    raised_on DATE NOT NULL,
    kind SMALLINT NOT NULL,
    handling TEXT,
    settled_on DATE,
    remarks TEXT,
    content_hash BYTEA NOT NULL
);

-- Divisions a row names beside its own.
CREATE TEMP TABLE stage_assigned (
    row_id BIGINT NOT NULL,
    number {key} NOT NULL,
    division {key} NOT NULL
);

-- What changes in a record that is updated: JSON objects, field -> value.
CREATE TEMP TABLE stage_deltas (
    row_id {row_key},
    before TEXT NOT NULL,
    after TEXT NOT NULL
);

-- Rows that say what is stored, told while the file was read.
CREATE TEMP TABLE stage_known (
    row_id {row_key},
    kind SMALLINT NOT NULL, -- 1 petitions, 2 tasks
    number {key} NOT NULL,
    division {key} NOT NULL
);

-- The versions of the stored record and of its division's part on which rows were filled in, for rows that say so.
CREATE TEMP TABLE stage_bases (
    row_id {row_key},
    record BIGINT NOT NULL,
    part BIGINT NOT NULL
);

-- What is the same for everything the import writes before and beside the merges: one row.
CREATE TEMP TABLE stage_import (
    inspection_id {key} NOT NULL,
    import_id {key} NOT NULL,
    actor TEXT NOT NULL,
    at_utc TIMESTAMP NOT NULL,
    reported_on DATE NOT NULL
);

-- What was found, in the order it was found.
CREATE TEMP TABLE stage_findings (
    import_id {key} NOT NULL,
    sheet TEXT NOT NULL,
    row_number BIGINT,
    column_number INTEGER,
    field TEXT NOT NULL,
    header TEXT NOT NULL,
    rule TEXT NOT NULL,
    severity SMALLINT NOT NULL,
    value TEXT NOT NULL,
    suggestion TEXT NOT NULL,
    params TEXT NOT NULL,
    kind SMALLINT, -- of the record the row is of
    number {key},
    division {key},
    reason TEXT,
    row_id BIGINT, -- of the row as staged
    cell TEXT      -- what stands for the value where that is not told whole
);

-- Cells that are held against what they said when a reason was given; their digests in rows beside them.
CREATE TEMP TABLE stage_cells (
    kind SMALLINT NOT NULL,
    number {key} NOT NULL,
    division {key} NOT NULL,
    field TEXT NOT NULL,
    cell TEXT
);

-- What was written beside rows to say why their warnings stand.
CREATE TEMP TABLE stage_reasons (
    sheet TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX stage_reasons_by_row ON stage_reasons (row_number, sheet);

-- The import itself: one row.
CREATE TEMP TABLE stage_context (
    inspection_id {key} NOT NULL,
    import_id {key} NOT NULL,
    reported_on DATE NOT NULL,
    at_utc TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    kind SMALLINT NOT NULL,        -- of the records: 1 petitions, 2 tasks, 3.. the plain kinds
    register BOOLEAN NOT NULL,     -- it is the province's list
    has_register BOOLEAN NOT NULL, -- the province has listed the records of this kind
    seen_before BOOLEAN NOT NULL,  -- the same file was applied before: what is late is in the history already
    last_sequence BIGINT NOT NULL, -- of the inspection's revisions
    no_hash BYTEA NOT NULL         -- empty: the hash of a part that is not reported
);
