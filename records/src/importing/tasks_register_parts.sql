-- Says whose parts there are, from the province's list of tasks.

-- Parts that are assigned now.
UPDATE task_progress SET assigned = TRUE
FROM stage_assigned a CROSS JOIN stage_context c
JOIN verdicts v ON v.row_id = a.row_id
WHERE v.outcome = 2 AND task_progress.inspection_id = c.inspection_id AND task_progress.number = a.number
    AND task_progress.division = a.division AND NOT task_progress.assigned;

INSERT INTO task_progress (
    inspection_id, number, division, assigned, reported, status, closure, content_hash, reported_on, version, import_id, sheet,
    row_number
)
SELECT
    c.inspection_id, a.number, a.division, TRUE, FALSE, 0, 0, c.no_hash, c.reported_on, 1, c.import_id, v.sheet, v.row_number
FROM stage_assigned a
CROSS JOIN stage_context c
JOIN verdicts v ON v.row_id = a.row_id
LEFT JOIN task_progress h ON h.inspection_id = c.inspection_id AND h.number = a.number AND h.division = a.division
WHERE v.outcome IN (1, 2) AND h.number IS NULL;

-- Parts that are assigned no more; what a division reported stays.
UPDATE task_progress SET assigned = FALSE
FROM verdicts v CROSS JOIN stage_context c
WHERE v.outcome = 2 AND task_progress.inspection_id = c.inspection_id AND task_progress.number = v.number AND task_progress.assigned
    AND NOT EXISTS (SELECT 1 FROM stage_assigned a WHERE a.row_id = v.row_id AND a.division = task_progress.division);

DELETE FROM task_progress
WHERE NOT assigned AND NOT reported
    AND inspection_id = (SELECT inspection_id FROM stage_context)
    AND number IN (SELECT number FROM verdicts WHERE outcome = 2);
