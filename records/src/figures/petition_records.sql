-- Petitions one by one; behind petition_states.sql.
SELECT s.area, p.batch, p.channel, p.key_case, p.pollution_kinds, s.conclusion, s.substantiated, s.contradictory,
    CAST(1 AS BIGINT) AS petitions, p.number, '' AS division, p.import_id, p.sheet, p.row_number
FROM states s
JOIN petitions p ON p.inspection_id = $1 AND p.number = s.number
WHERE COALESCE(p.received_on, p.since_on, p.reported_on) <= $2
ORDER BY p.number
