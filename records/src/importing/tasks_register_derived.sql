-- The state of each task touched, from all its parts; one without any has not started.
CREATE TEMP TABLE derived AS
SELECT
    t.number, t.creates, t.row_id,
    MIN(CASE WHEN h.reported THEN h.status ELSE 0 END) AS status, -- a part that is not reported has not started
    CASE WHEN COUNT(CASE WHEN h.reported AND h.status = 4 THEN h.completed_on END) = COUNT(*)
        THEN MAX(h.completed_on) END AS completed_on,
    MIN(CASE WHEN h.reported THEN h.closure ELSE 0 END) AS closure,
    CASE WHEN COUNT(CASE WHEN h.reported AND h.closure = 5 THEN h.closed_on END) = COUNT(*)
        THEN MAX(h.closed_on) END AS closed_on
FROM (
    SELECT number, creates, MIN(row_id) AS row_id FROM verdicts WHERE outcome IN (1, 2) GROUP BY number, creates
) t
CROSS JOIN stage_context c
LEFT JOIN task_progress h ON h.inspection_id = c.inspection_id AND h.number = t.number
GROUP BY t.number, t.creates, t.row_id;
