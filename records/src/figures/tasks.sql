-- Tasks with their state as of day $2. What is said last, of what had come true by then, holds: a completion and a striking
-- off come true on their own days, anything else when it is first reported. An inspection has some hundred tasks.
WITH {areas},
said AS (
    SELECT number, division, COALESCE(since_on, reported_on) AS since_on, status, completed_on, closure, closed_on
    FROM task_progress WHERE inspection_id = $1 AND reported
    UNION ALL
    SELECT f.number, f.division, f.since_on, f.status, f.completed_on, f.closure, f.closed_on
    FROM former_progress f
    JOIN task_progress h ON h.inspection_id = f.inspection_id AND h.number = f.number AND h.division = f.division
    WHERE f.inspection_id = $1
    UNION ALL
    SELECT number, division, NULL, 0, NULL, 0, NULL -- before anything was said
    FROM task_progress WHERE inspection_id = $1
),
statuses AS (
    SELECT number, division, status, completed_on, since_on,
        ROW_NUMBER() OVER (PARTITION BY number, division ORDER BY since_on DESC NULLS LAST) AS place
    FROM said
    WHERE since_on IS NULL OR CASE WHEN status = 4 AND completed_on IS NOT NULL THEN completed_on ELSE since_on END <= $2
),
closures AS (
    SELECT number, division, closure,
        ROW_NUMBER() OVER (PARTITION BY number, division ORDER BY since_on DESC NULLS LAST) AS place
    FROM said
    WHERE since_on IS NULL OR CASE WHEN closure = 5 AND closed_on IS NOT NULL THEN closed_on ELSE since_on END <= $2
),
both_said AS (
    SELECT number, division, status, COALESCE(completed_on, since_on) AS completed_on, 5 AS closure
    FROM statuses WHERE place = 1
    UNION ALL
    SELECT number, division, 4, NULL, closure FROM closures WHERE place = 1
),
states AS (
    SELECT a.name AS area, p.number,
        CAST(MIN(p.status) AS INTEGER) AS status,
        MAX(CASE WHEN p.status = 4 THEN p.completed_on END) AS completed_on,
        CAST(MIN(p.closure) AS INTEGER) AS closure
    FROM both_said p
    JOIN area a ON a.code = p.division
    GROUP BY a.name, p.number
    {unassigned}
)
SELECT s.area, t.number, t.parent, t.theme, t.topic, t.source, t.case_name, t.plan_years, t.deadline_kind, t.due_on,
    t.long_term, s.status, CASE WHEN s.status = 4 THEN s.completed_on END AS completed_on, s.closure,
    t.import_id, t.sheet, t.row_number
FROM states s
JOIN tasks t ON t.inspection_id = $1 AND t.number = s.number
WHERE COALESCE(t.since_on, t.reported_on) <= $2
ORDER BY s.area, t.number
