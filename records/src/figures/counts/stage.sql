-- Where changes of counts are gathered: what touched petitions counted before is taken off, and what they count now added.

CREATE TEMP TABLE count_areas (       -- which counts a division's parts belong to; and each area, named as a place by itself
    code {key} NOT NULL,
    scope SMALLINT NOT NULL,
    area {key} NOT NULL
);
CREATE INDEX count_areas_by_code ON count_areas (code);

CREATE TEMP TABLE count_touched (number {key} PRIMARY KEY);

CREATE TEMP TABLE petition_changes (
    scope SMALLINT NOT NULL,
    area {key} NOT NULL,
    batch INTEGER NOT NULL,
    channel SMALLINT NOT NULL,
    key_case BOOLEAN NOT NULL,
    pollution_kinds INTEGER NOT NULL,
    conclusion SMALLINT NOT NULL,
    substantiated SMALLINT NOT NULL,
    contradictory BOOLEAN NOT NULL,
    petitions BIGINT NOT NULL
);

CREATE TEMP TABLE measure_changes (
    scope SMALLINT NOT NULL,
    area {key} NOT NULL,
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
);
