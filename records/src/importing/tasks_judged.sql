-- Rows of a county's task ledger that the stored records have something to say about.
-- Outcomes are those of importing/outcome.rs: 2 updated, 3 late, 8 unknown, 9 not assigned, 11 outdated.
-- Status 4 is completed, closure 5 is closed. A deadline moves where the row's division owns the task's wording.
SELECT v.row_id, v.sheet, v.row_number, v.number, v.division AS code, COALESCE(d.name, v.division) AS division, v.outcome,
    h.status AS state_before, s.status AS state_after,
    h.closure AS closure_before, s.closure AS closure_after,
    CAST(NULL AS SMALLINT) AS answer_before, CAST(NULL AS SMALLINT) AS answer_after,
    CASE WHEN v.owns THEN r.due_on END AS day_before, s.due_on AS day_after,
    '' AS figures,
    b.record || '.' || b.part AS based_on, r.version || '.' || h.edition AS stored_version
FROM verdicts v
CROSS JOIN stage_context c
JOIN stage_tasks s ON s.row_id = v.row_id
LEFT JOIN tasks r ON r.inspection_id = c.inspection_id AND r.number = v.number
LEFT JOIN task_progress h ON h.inspection_id = c.inspection_id AND h.number = v.number AND h.division = v.division
LEFT JOIN stage_bases b ON b.row_id = v.row_id
LEFT JOIN divisions d ON d.code = v.division
WHERE v.row_id > {after} AND (v.outcome >= 3 OR (v.outcome = 2 AND h.reported AND (
    h.status >= 4 AND s.status < 4
    OR h.closure = 5 AND s.closure < 5
    OR v.owns AND s.due_on <> r.due_on
)))
ORDER BY v.row_id LIMIT {piece}
