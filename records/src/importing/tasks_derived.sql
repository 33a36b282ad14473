-- The state of each task touched, from all its parts, and the row that words it if it is new.
-- New ones have their parts in this ledger only, but for those that it names other divisions for.
CREATE TEMP TABLE derived AS
SELECT
    v.number, TRUE AS creates, MIN(v.row_id) AS row_id,
    MIN(v.status) AS status,
    CASE WHEN COUNT(CASE WHEN v.status = 4 THEN v.completed_on END) = COUNT(*)
        THEN MAX(v.completed_on) END AS completed_on,
    MIN(v.closure) AS closure,
    CASE WHEN COUNT(CASE WHEN v.closure = 5 THEN v.closed_on END) = COUNT(*)
        THEN MAX(v.closed_on) END AS closed_on
FROM verdicts v
WHERE v.creates AND v.outcome = 1 AND v.number NOT IN (SELECT number FROM stage_assigned)
GROUP BY v.number
UNION ALL
SELECT
    t.number, t.creates, t.row_id,
    MIN(CASE WHEN h.reported THEN h.status ELSE 0 END) AS status, -- a part that is not reported has not started
    CASE WHEN COUNT(CASE WHEN h.reported AND h.status = 4 THEN h.completed_on END) = COUNT(*)
        THEN MAX(h.completed_on) END AS completed_on,
    MIN(CASE WHEN h.reported THEN h.closure ELSE 0 END) AS closure,
    CASE WHEN COUNT(CASE WHEN h.reported AND h.closure = 5 THEN h.closed_on END) = COUNT(*)
        THEN MAX(h.closed_on) END AS closed_on
FROM (
    SELECT number, creates, MIN(row_id) AS row_id FROM verdicts
    WHERE outcome IN (1, 2) AND (NOT creates OR number IN (SELECT number FROM stage_assigned))
    GROUP BY number, creates
) t
CROSS JOIN stage_context c
JOIN task_progress h ON h.inspection_id = c.inspection_id AND h.number = t.number
GROUP BY t.number, t.creates, t.row_id;
