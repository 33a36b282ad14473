-- Applies the gathered changes to the counts.
CREATE TEMP TABLE count_sums AS
SELECT scope, area, batch, channel, key_case, pollution_kinds, conclusion, substantiated, contradictory,
    CAST(SUM(petitions) AS BIGINT) AS petitions
FROM petition_changes GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING SUM(petitions) <> 0;

UPDATE petition_counts SET petitions = petition_counts.petitions + s.petitions
FROM count_sums s
WHERE petition_counts.inspection_id = {inspection} AND petition_counts.scope = s.scope AND petition_counts.area = s.area
    AND petition_counts.batch = s.batch AND petition_counts.channel = s.channel
    AND petition_counts.key_case = s.key_case AND petition_counts.pollution_kinds = s.pollution_kinds
    AND petition_counts.conclusion = s.conclusion AND petition_counts.substantiated = s.substantiated
    AND petition_counts.contradictory = s.contradictory;

INSERT INTO petition_counts
SELECT {inspection}, s.scope, s.area, s.batch, s.channel, s.key_case, s.pollution_kinds, s.conclusion, s.substantiated,
    s.contradictory, s.petitions
FROM count_sums s
WHERE NOT EXISTS (
    SELECT 1 FROM petition_counts c
    WHERE c.inspection_id = {inspection} AND c.scope = s.scope AND c.area = s.area AND c.batch = s.batch
        AND c.channel = s.channel AND c.key_case = s.key_case AND c.pollution_kinds = s.pollution_kinds
        AND c.conclusion = s.conclusion AND c.substantiated = s.substantiated AND c.contradictory = s.contradictory
);

DELETE FROM petition_counts WHERE inspection_id = {inspection} AND petitions = 0;
DROP TABLE count_sums;

CREATE TEMP TABLE count_sums AS
SELECT scope, area, batch, channel, key_case, pollution_kinds, {sums}
FROM measure_changes GROUP BY 1, 2, 3, 4, 5, 6;

UPDATE measure_counts SET {added}
FROM count_sums s
WHERE measure_counts.inspection_id = {inspection} AND measure_counts.scope = s.scope AND measure_counts.area = s.area
    AND measure_counts.batch = s.batch AND measure_counts.channel = s.channel
    AND measure_counts.key_case = s.key_case AND measure_counts.pollution_kinds = s.pollution_kinds;

INSERT INTO measure_counts
SELECT {inspection}, s.scope, s.area, s.batch, s.channel, s.key_case, s.pollution_kinds, {summed}
FROM count_sums s
WHERE NOT EXISTS (
    SELECT 1 FROM measure_counts c
    WHERE c.inspection_id = {inspection} AND c.scope = s.scope AND c.area = s.area AND c.batch = s.batch
        AND c.channel = s.channel AND c.key_case = s.key_case AND c.pollution_kinds = s.pollution_kinds
);

DELETE FROM measure_counts WHERE inspection_id = {inspection} AND parts = 0;
DROP TABLE count_sums
