-- Writes the parts of a county's task ledger.

-- Parts that were not there.
INSERT INTO task_progress (
    inspection_id, number, division, assigned, reported,
    progress, status, completed_on, closure, closed_on, reason, remarks,
    content_hash, reported_on, version, import_id, sheet, row_number
)
SELECT
    c.inspection_id, s.number, s.division, FALSE, TRUE,
    s.progress, s.status, s.completed_on, s.closure, s.closed_on, s.reason, s.remarks,
    s.content_hash, c.reported_on, 1, c.import_id, s.sheet, s.row_number
FROM verdicts v
CROSS JOIN stage_context c
JOIN stage_tasks s ON s.row_id = v.row_id
WHERE v.outcome = 1 AND NOT v.part_exists;

-- Parts that were assigned and are reported now, and parts that changed.
UPDATE task_progress SET
    reported = TRUE,
    progress = s.progress, status = s.status, completed_on = s.completed_on, closure = s.closure,
    closed_on = s.closed_on, reason = s.reason, remarks = s.remarks,
    content_hash = s.content_hash, since_on = {since}, reported_on = c.reported_on, version = task_progress.version + 1,
    edition = task_progress.version + 1,
    import_id = c.import_id, sheet = s.sheet, row_number = s.row_number
FROM verdicts v CROSS JOIN stage_context c
JOIN stage_tasks s ON s.row_id = v.row_id
WHERE v.outcome IN (1, 2) AND v.part_exists AND task_progress.inspection_id = c.inspection_id
    AND task_progress.number = v.number AND task_progress.division = v.division;

-- Other divisions a row names have a part too, except where the province says who has one.
INSERT INTO task_progress (
    inspection_id, number, division, assigned, reported, status, closure, content_hash, reported_on, version, import_id, sheet,
    row_number
)
SELECT
    c.inspection_id, a.number, a.division, TRUE, FALSE, 0, 0, c.no_hash, c.reported_on, 1, c.import_id, MIN(v.sheet),
    MIN(v.row_number)
FROM stage_assigned a
CROSS JOIN stage_context c
JOIN verdicts v ON v.row_id = a.row_id
LEFT JOIN task_progress h ON h.inspection_id = c.inspection_id AND h.number = a.number AND h.division = a.division
WHERE v.outcome IN (1, 2) AND NOT c.has_register AND h.number IS NULL
GROUP BY c.inspection_id, a.number, a.division, c.reported_on, c.import_id, c.no_hash;
