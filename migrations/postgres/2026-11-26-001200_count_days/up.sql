-- Figures of any day in the past, at a cost that does not grow with the records: the changes that each day brings, and their
-- sums by months. A figure as of a day is the sum of the months before its month and of the days of that month up to it
-- (records/src/figures/counts/days). Sums by years would save little: most changes fall into a few months.

-- How many petitions come into a state on a day, less those that leave it.
CREATE TABLE petition_count_days (
    inspection_id   TEXT COLLATE "C" NOT NULL REFERENCES inspections (id) ON DELETE CASCADE,
    scope           SMALLINT NOT NULL,        -- as in petition_counts, and so are the columns below it
    area            TEXT COLLATE "C" NOT NULL,
    grain           SMALLINT NOT NULL,        -- 0 a month, 1 a day
    first_on        DATE NOT NULL,            -- its first day
    batch           INTEGER NOT NULL,
    channel         SMALLINT NOT NULL,
    key_case        BOOLEAN NOT NULL,
    pollution_kinds INTEGER NOT NULL,
    conclusion      SMALLINT NOT NULL,        -- -1: all that come in, whatever is said of them; those in no other state are open
    substantiated   SMALLINT NOT NULL,
    contradictory   BOOLEAN NOT NULL,
    petitions       BIGINT NOT NULL,
    PRIMARY KEY (
        inspection_id, scope, area, grain, first_on, batch, channel, key_case, pollution_kinds, conclusion, substantiated,
        contradictory
    )
);
-- What has become nothing is taken out by it.
CREATE INDEX petition_count_days_empty ON petition_count_days (inspection_id) WHERE petitions = 0;

-- How many parts come in, and what is said to have been done, less what is said no more.
CREATE TABLE measure_count_days (
    inspection_id     TEXT COLLATE "C" NOT NULL REFERENCES inspections (id) ON DELETE CASCADE,
    scope             SMALLINT NOT NULL,
    area              TEXT COLLATE "C" NOT NULL,
    grain             SMALLINT NOT NULL,
    first_on          DATE NOT NULL,
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
    PRIMARY KEY (inspection_id, scope, area, grain, first_on, batch, channel, key_case, pollution_kinds)
);
CREATE INDEX measure_count_days_empty ON measure_count_days (inspection_id)
    WHERE parts = 0 AND reported = 0 AND ordered = 0 AND penalised = 0 AND fine_fen = 0 AND criminal_cases = 0
        AND admin_detained = 0 AND criminal_detained = 0 AND interviewed = 0 AND accountable = 0;

-- Where it is false, counts are from before there were any by day: they are made anew with the next ledger.
ALTER TABLE counted_inspections ADD COLUMN by_day BOOLEAN NOT NULL DEFAULT FALSE;

CALL ducha_guard('petition_count_days', 'area ^@ ANY ((SELECT ducha_reach())::TEXT[])');
CALL ducha_guard('measure_count_days', 'area ^@ ANY ((SELECT ducha_reach())::TEXT[])');
