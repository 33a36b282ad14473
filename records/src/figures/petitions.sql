-- Petitions by all they are told apart by; behind petition_states.sql.
SELECT s.area, p.batch, p.channel, p.key_case, p.pollution_kinds, s.conclusion, s.substantiated, s.contradictory,
    COUNT(*) AS petitions
FROM states s
JOIN petitions p ON p.inspection_id = $1 AND p.number = s.number
WHERE COALESCE(p.received_on, p.since_on, p.reported_on) <= $2
GROUP BY s.area, p.batch, p.channel, p.key_case, p.pollution_kinds, s.conclusion, s.substantiated, s.contradictory
ORDER BY s.area, p.batch, p.channel, p.key_case, p.pollution_kinds, s.conclusion, s.substantiated, s.contradictory
