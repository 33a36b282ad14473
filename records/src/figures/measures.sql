-- What was done about petitions; behind measures_said.sql.
SELECT a.name AS area, p.batch, p.channel, p.key_case, p.pollution_kinds,
    COUNT(*) AS parts, COUNT(CASE WHEN r.reported THEN 1 END) AS reported,
    CAST(COALESCE(SUM(CASE WHEN r.reported THEN r.ordered END), 0) AS BIGINT) AS ordered,
    CAST(COALESCE(SUM(CASE WHEN r.reported THEN r.penalised END), 0) AS BIGINT) AS penalised,
    CAST(COALESCE(SUM(CASE WHEN r.reported THEN r.fine_fen END), 0) AS BIGINT) AS fine_fen,
    CAST(COALESCE(SUM(CASE WHEN r.reported THEN r.criminal_cases END), 0) AS BIGINT) AS criminal_cases,
    CAST(COALESCE(SUM(CASE WHEN r.reported THEN r.admin_detained END), 0) AS BIGINT) AS admin_detained,
    CAST(COALESCE(SUM(CASE WHEN r.reported THEN r.criminal_detained END), 0) AS BIGINT) AS criminal_detained,
    CAST(COALESCE(SUM(CASE WHEN r.reported THEN r.interviewed END), 0) AS BIGINT) AS interviewed,
    CAST(COALESCE(SUM(CASE WHEN r.reported THEN r.accountable END), 0) AS BIGINT) AS accountable
FROM parts r
JOIN area a ON a.code = r.division
JOIN petitions p ON p.inspection_id = $1 AND p.number = r.number
WHERE COALESCE(p.received_on, p.since_on, p.reported_on) <= $2
GROUP BY a.name, p.batch, p.channel, p.key_case, p.pollution_kinds
ORDER BY a.name, p.batch, p.channel, p.key_case, p.pollution_kinds
