-- Adds the gathered changes to the counts by day, of each area that their place counts for and at each grain. Names in braces
-- are filled in by days/apply.rs.
INSERT INTO petition_count_days (
    inspection_id, scope, area, grain, first_on, batch, channel, key_case, pollution_kinds, conclusion, substantiated,
    contradictory, petitions
)
SELECT {inspection}, a.scope, a.area, g.grain,
    CASE g.grain WHEN 0 THEN c.month_on ELSE c.day_on END,
    c.batch, c.channel, c.key_case, c.pollution_kinds, c.conclusion, c.substantiated, c.contradictory,
    {petitions}
FROM petition_day_changes c
CROSS JOIN count_areas a
CROSS JOIN (SELECT 0 AS grain UNION ALL SELECT 1) g
WHERE a.code = c.place
{petitions_once}
ON CONFLICT (
    inspection_id, scope, area, grain, first_on, batch, channel, key_case, pollution_kinds, conclusion, substantiated,
    contradictory
) DO UPDATE SET petitions = petition_count_days.petitions + excluded.petitions;

DELETE FROM petition_count_days WHERE inspection_id = {inspection} AND petitions = 0;
DELETE FROM petition_day_changes;

INSERT INTO measure_count_days (
    inspection_id, scope, area, grain, first_on, batch, channel, key_case, pollution_kinds, {columns}
)
SELECT {inspection}, a.scope, a.area, g.grain,
    CASE g.grain WHEN 0 THEN c.month_on ELSE c.day_on END,
    c.batch, c.channel, c.key_case, c.pollution_kinds, {sums}
FROM measure_day_changes c
CROSS JOIN count_areas a
CROSS JOIN (SELECT 0 AS grain UNION ALL SELECT 1) g
WHERE a.code = c.place
{measures_once}
ON CONFLICT (inspection_id, scope, area, grain, first_on, batch, channel, key_case, pollution_kinds)
DO UPDATE SET {added};

DELETE FROM measure_count_days WHERE inspection_id = {inspection} AND {empty};
DELETE FROM measure_day_changes
