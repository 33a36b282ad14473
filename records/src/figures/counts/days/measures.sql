-- What was done as of a day, from the changes by day; as petitions.sql.
WITH spans(grain, low, high) AS (
    SELECT 0, $1, $2 UNION ALL SELECT 1, $2, $3
),
wanted(scope, area) AS (VALUES {areas})
SELECT d.area, NULLIF(d.batch, -1) AS batch, NULLIF(d.channel, 0) AS channel, d.key_case, d.pollution_kinds, {sums}
FROM wanted w
CROSS JOIN spans s
CROSS JOIN measure_count_days d
WHERE d.inspection_id = $4 AND d.scope = w.scope AND d.area = w.area AND d.grain = s.grain
    AND d.first_on >= s.low AND d.first_on < s.high
GROUP BY d.area, d.batch, d.channel, d.key_case, d.pollution_kinds
HAVING SUM(d.parts) <> 0
ORDER BY 1, 2, 3, 4, 5
