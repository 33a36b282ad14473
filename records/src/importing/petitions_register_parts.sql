-- Says whose parts there are, from the province's list of petitions.

-- Parts that are assigned now.
UPDATE handlings SET assigned = TRUE
FROM stage_assigned a CROSS JOIN stage_context c
JOIN verdicts v ON v.row_id = a.row_id
WHERE v.outcome = 2 AND handlings.inspection_id = c.inspection_id AND handlings.number = a.number
    AND handlings.division = a.division AND NOT handlings.assigned;

INSERT INTO handlings (
    inspection_id, number, division, assigned, reported, conclusion, content_hash, reported_on, version, import_id, sheet,
    row_number
)
SELECT
    c.inspection_id, a.number, a.division, TRUE, FALSE, 0, c.no_hash, c.reported_on, 1, c.import_id, v.sheet, v.row_number
FROM stage_assigned a
CROSS JOIN stage_context c
JOIN verdicts v ON v.row_id = a.row_id
LEFT JOIN handlings h ON h.inspection_id = c.inspection_id AND h.number = a.number AND h.division = a.division
WHERE v.outcome IN (1, 2) AND h.number IS NULL;

-- Parts that are assigned no more; what a division reported stays.
UPDATE handlings SET assigned = FALSE
FROM verdicts v CROSS JOIN stage_context c
WHERE v.outcome = 2 AND handlings.inspection_id = c.inspection_id AND handlings.number = v.number AND handlings.assigned
    AND NOT EXISTS (SELECT 1 FROM stage_assigned a WHERE a.row_id = v.row_id AND a.division = handlings.division);

DELETE FROM handlings
WHERE NOT assigned AND NOT reported
    AND inspection_id = (SELECT inspection_id FROM stage_context)
    AND number IN (SELECT number FROM verdicts WHERE outcome = 2);
