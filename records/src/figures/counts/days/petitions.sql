-- Counts of petitions as of a day, from the changes by day: of the months before its month, and of the days of its
-- month up to it. Names in braces are filled in by days/read.rs.
WITH spans(grain, low, high) AS (
    SELECT 0, $1, $2 UNION ALL SELECT 1, $2, $3
),
wanted(scope, area) AS (VALUES {areas}),
sums AS MATERIALIZED (
    SELECT d.area, d.batch, d.channel, d.key_case, d.pollution_kinds, d.conclusion, d.substantiated, d.contradictory,
        SUM(d.petitions) AS petitions
    FROM wanted w
    CROSS JOIN spans s
    CROSS JOIN petition_count_days d
    WHERE d.inspection_id = $4 AND d.scope = w.scope AND d.area = w.area AND d.grain = s.grain
        AND d.first_on >= s.low AND d.first_on < s.high
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
),
counted AS (
    SELECT area, batch, channel, key_case, pollution_kinds, conclusion, substantiated, contradictory, petitions
    FROM sums WHERE conclusion >= 0
    UNION ALL
    -- What came in and is in no other state is open.
    SELECT area, batch, channel, key_case, pollution_kinds, 0, -1, FALSE,
        SUM(CASE WHEN conclusion < 0 THEN petitions ELSE -petitions END)
    FROM sums GROUP BY area, batch, channel, key_case, pollution_kinds
)
SELECT area, NULLIF(batch, -1) AS batch, NULLIF(channel, 0) AS channel, key_case, pollution_kinds,
    CAST(conclusion AS INTEGER) AS conclusion, CAST(NULLIF(substantiated, -1) AS INTEGER) AS substantiated, contradictory,
    CAST(petitions AS BIGINT) AS petitions
FROM counted WHERE petitions <> 0
ORDER BY area, batch, channel, key_case, pollution_kinds, conclusion, substantiated, contradictory
