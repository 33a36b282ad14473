-- Parts of petitions one by one; behind petition_states.sql.
SELECT p.number, p.division, r.received_on, CAST(p.conclusion AS INTEGER) AS conclusion
FROM parts p
JOIN area a ON a.code = p.division
JOIN petitions r ON r.inspection_id = $1 AND r.number = p.number
WHERE COALESCE(r.received_on, r.since_on, r.reported_on) <= $2
ORDER BY p.number, p.division
