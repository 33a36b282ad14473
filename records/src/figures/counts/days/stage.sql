-- Where changes by day are gathered: of a division, or of an area that is named as a place in count_areas. They are emptied
-- when they are applied, and stay for the next ledger.

CREATE TEMP TABLE IF NOT EXISTS petition_day_changes (
    place {key} NOT NULL,
    month_on DATE NOT NULL,          -- first day of its month
    day_on DATE NOT NULL,
    batch INTEGER NOT NULL,
    channel SMALLINT NOT NULL,
    key_case BOOLEAN NOT NULL,
    pollution_kinds INTEGER NOT NULL,
    conclusion SMALLINT NOT NULL,
    substantiated SMALLINT NOT NULL,
    contradictory BOOLEAN NOT NULL,
    petitions BIGINT NOT NULL
);

CREATE TEMP TABLE IF NOT EXISTS measure_day_changes (
    place {key} NOT NULL,
    month_on DATE NOT NULL,
    day_on DATE NOT NULL,
    batch INTEGER NOT NULL,
    channel SMALLINT NOT NULL,
    key_case BOOLEAN NOT NULL,
    pollution_kinds INTEGER NOT NULL,
    parts BIGINT NOT NULL,
    reported BIGINT NOT NULL,
    ordered BIGINT NOT NULL,
    penalised BIGINT NOT NULL,
    fine_fen BIGINT NOT NULL,
    criminal_cases BIGINT NOT NULL,
    admin_detained BIGINT NOT NULL,
    criminal_detained BIGINT NOT NULL,
    interviewed BIGINT NOT NULL,
    accountable BIGINT NOT NULL
)
