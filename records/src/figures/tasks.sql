-- Tasks with their state as of day $2. What is said last, of what had come true by then, holds: a completion and a striking
-- off come true on their own days, anything else when it is first reported.
WITH {areas},
said AS (
    SELECT number, division, COALESCE(since_on, reported_on) AS since_on, status, completed_on, closure, closed_on
    FROM task_progress WHERE inspection_id = $1 AND reported
    UNION ALL
    SELECT number, division, since_on, status, completed_on, closure, closed_on
    FROM former_progress WHERE inspection_id = $1
),
statuses AS (
    SELECT number, division, status, completed_on, since_on,
        ROW_NUMBER() OVER (PARTITION BY number, division ORDER BY since_on DESC) AS place
    FROM said WHERE CASE WHEN status = 4 AND completed_on IS NOT NULL THEN completed_on ELSE since_on END <= $2
),
closures AS (
    SELECT number, division, closure, closed_on,
        ROW_NUMBER() OVER (PARTITION BY number, division ORDER BY since_on DESC) AS place
    FROM said WHERE CASE WHEN closure = 5 AND closed_on IS NOT NULL THEN closed_on ELSE since_on END <= $2
),
states AS (
    SELECT a.name AS area, h.number,
        CAST(MIN(COALESCE(s.status, 0)) AS INTEGER) AS status,
        MAX(CASE WHEN s.status = 4 THEN COALESCE(s.completed_on, s.since_on) END) AS completed_on,
        CAST(MIN(COALESCE(l.closure, 0)) AS INTEGER) AS closure
    FROM task_progress h
    JOIN area a ON a.code = h.division
    LEFT JOIN statuses s ON s.number = h.number AND s.division = h.division AND s.place = 1
    LEFT JOIN closures l ON l.number = h.number AND l.division = h.division AND l.place = 1
    WHERE h.inspection_id = $1
    GROUP BY a.name, h.number
    {unassigned}
)
SELECT s.area, t.number, t.parent, t.theme, t.topic, t.source, t.case_name, t.plan_years, t.deadline_kind, t.due_on,
    t.long_term, s.status, CASE WHEN s.status = 4 THEN s.completed_on END AS completed_on, s.closure,
    t.import_id, t.sheet, t.row_number
FROM states s
JOIN tasks t ON t.inspection_id = $1 AND t.number = s.number
WHERE COALESCE(t.since_on, t.reported_on) <= $2
ORDER BY s.area, t.number
