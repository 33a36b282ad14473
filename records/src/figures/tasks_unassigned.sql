UNION ALL
    SELECT '{root}' AS area, t.number, 0 AS status, NULL AS completed_on, 0 AS closure
    FROM tasks t
    WHERE t.inspection_id = $1 AND NOT EXISTS (
        SELECT 1 FROM task_progress h WHERE h.inspection_id = t.inspection_id AND h.number = t.number
    )
