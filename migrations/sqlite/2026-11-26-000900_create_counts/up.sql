-- How many petitions there are of each kind, and what was done about them, as the latest ledgers say: kept in the
-- transaction that changes the records, so that a figure costs the same however many there are (records/src/figures/counts).

CREATE TABLE petition_counts (
    inspection_id   TEXT NOT NULL REFERENCES inspections (id) ON DELETE CASCADE,
    scope           SMALLINT NOT NULL,        -- 0 the division's own parts, 1 those of all that lies below as well
    area            TEXT NOT NULL,     -- code of the division
    batch           INTEGER NOT NULL,         -- -1: none
    channel         SMALLINT NOT NULL,        -- 0: none
    key_case        BOOLEAN NOT NULL,
    pollution_kinds INTEGER NOT NULL,         -- one bit for each kind
    conclusion      SMALLINT NOT NULL,        -- the least of the parts in the area
    substantiated   SMALLINT NOT NULL,        -- -1: unknown or contradictory
    contradictory   BOOLEAN NOT NULL,
    petitions       BIGINT NOT NULL,
    PRIMARY KEY (
        inspection_id, scope, area, batch, channel, key_case, pollution_kinds, conclusion, substantiated, contradictory
    )
);

CREATE TABLE measure_counts (
    inspection_id     TEXT NOT NULL REFERENCES inspections (id) ON DELETE CASCADE,
    scope             SMALLINT NOT NULL,
    area              TEXT NOT NULL,
    batch             INTEGER NOT NULL,
    channel           SMALLINT NOT NULL,
    key_case          BOOLEAN NOT NULL,
    pollution_kinds   INTEGER NOT NULL,
    parts             BIGINT NOT NULL,
    reported          BIGINT NOT NULL,
    ordered           BIGINT NOT NULL,
    penalised         BIGINT NOT NULL,
    fine_fen          BIGINT NOT NULL,
    criminal_cases    BIGINT NOT NULL,
    admin_detained    BIGINT NOT NULL,
    criminal_detained BIGINT NOT NULL,
    interviewed       BIGINT NOT NULL,
    accountable       BIGINT NOT NULL,
    PRIMARY KEY (inspection_id, scope, area, batch, channel, key_case, pollution_kinds)
);

-- Which inspections are counted. One without a row is counted anew with its next ledger.
CREATE TABLE counted_inspections (
    inspection_id TEXT PRIMARY KEY REFERENCES inspections (id) ON DELETE CASCADE,
    until_on      DATE NOT NULL               -- no day that a record counts from is later: from then on counts hold
);
