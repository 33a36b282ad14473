-- Reported parts of petitions one by one; behind measures_said.sql.
SELECT a.name AS area, p.batch, p.channel, p.key_case, p.pollution_kinds,
    CAST(1 AS BIGINT) AS parts, CAST(1 AS BIGINT) AS reported,
    CAST(COALESCE(r.ordered, 0) AS BIGINT) AS ordered,
    CAST(COALESCE(r.penalised, 0) AS BIGINT) AS penalised,
    CAST(COALESCE(r.fine_fen, 0) AS BIGINT) AS fine_fen,
    CAST(COALESCE(r.criminal_cases, 0) AS BIGINT) AS criminal_cases,
    CAST(COALESCE(r.admin_detained, 0) AS BIGINT) AS admin_detained,
    CAST(COALESCE(r.criminal_detained, 0) AS BIGINT) AS criminal_detained,
    CAST(COALESCE(r.interviewed, 0) AS BIGINT) AS interviewed,
    CAST(COALESCE(r.accountable, 0) AS BIGINT) AS accountable,
    p.number, r.division, r.import_id, r.sheet, CAST(r.row_number AS BIGINT) AS row_number
FROM parts r
JOIN area a ON a.code = r.division
JOIN petitions p ON p.inspection_id = $1 AND p.number = r.number
WHERE r.reported AND COALESCE(p.received_on, p.since_on, p.reported_on) <= $2
ORDER BY p.number, r.division
