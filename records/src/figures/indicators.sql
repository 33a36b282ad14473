-- Indicators as of day $2: what each division's latest ledger by then said.
WITH said AS (
    SELECT division, number, COALESCE(since_on, reported_on) AS since_on, done_millionths, total_millionths, stage,
        approximate, import_id, sheet, row_number
    FROM indicators WHERE inspection_id = $1
    UNION ALL
    SELECT division, number, since_on, done_millionths, total_millionths, stage, approximate,
        import_id, '' AS sheet, 0 AS row_number
    FROM former_indicators WHERE inspection_id = $1
),
ranked AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY division, number ORDER BY since_on DESC) AS place
    FROM said WHERE since_on <= $2
)
SELECT i.division, i.number, i.name, i.period, i.task, i.theme, i.topic, i.unit, r.done_millionths, r.total_millionths,
    r.stage, r.approximate, i.aggregation, i.basis, r.since_on,
    r.import_id, r.sheet, CAST(r.row_number AS BIGINT) AS row_number
FROM ranked r
JOIN indicators i ON i.inspection_id = $1 AND i.division = r.division AND i.number = r.number
WHERE r.place = 1
ORDER BY i.name, i.period, i.division, i.number
