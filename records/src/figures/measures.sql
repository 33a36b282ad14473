-- What was done about petitions; behind measures_said.sql.
SELECT a.name AS area, p.batch, p.channel, p.key_case, p.pollution_kinds,
    COUNT(*) AS parts, COUNT(CASE WHEN r.reported THEN 1 END) AS reported,
    CAST(COALESCE(SUM(r.ordered), 0) AS BIGINT) AS ordered,
    CAST(COALESCE(SUM(r.penalised), 0) AS BIGINT) AS penalised,
    CAST(COALESCE(SUM(r.fine_fen), 0) AS BIGINT) AS fine_fen,
    CAST(COALESCE(SUM(r.criminal_cases), 0) AS BIGINT) AS criminal_cases,
    CAST(COALESCE(SUM(r.admin_detained), 0) AS BIGINT) AS admin_detained,
    CAST(COALESCE(SUM(r.criminal_detained), 0) AS BIGINT) AS criminal_detained,
    CAST(COALESCE(SUM(r.interviewed), 0) AS BIGINT) AS interviewed,
    CAST(COALESCE(SUM(r.accountable), 0) AS BIGINT) AS accountable
FROM parts r
JOIN area a ON a.code = r.division
JOIN petitions p ON p.inspection_id = $1 AND p.number = r.number
WHERE COALESCE(p.received_on, p.since_on, p.reported_on) <= $2
GROUP BY a.name, p.batch, p.channel, p.key_case, p.pollution_kinds
ORDER BY a.name, p.batch, p.channel, p.key_case, p.pollution_kinds
