-- The state of each petition as of day $2, for each area. What is said last, of what had come true by then, holds: a
-- conclusion comes true on its own day, anything else when it is first reported.
WITH {areas},
said AS (
    SELECT number, division, COALESCE(since_on, reported_on) AS since_on, conclusion, concluded_on, substantiated
    FROM handlings WHERE inspection_id = $1 AND reported
    UNION ALL
    SELECT number, division, since_on, conclusion, concluded_on, substantiated
    FROM former_handlings WHERE inspection_id = $1
),
ranked AS (
    SELECT number, division, conclusion, substantiated,
        ROW_NUMBER() OVER (PARTITION BY number, division ORDER BY since_on DESC) AS place
    FROM said
    WHERE CASE WHEN conclusion >= 2 AND concluded_on IS NOT NULL THEN concluded_on ELSE since_on END <= $2
),
states AS (
    SELECT a.name AS area, h.number,
        CAST(MIN(COALESCE(r.conclusion, 0)) AS INTEGER) AS conclusion,
        CAST(CASE WHEN MIN(r.substantiated) < 3 AND MAX(r.substantiated) = 3 THEN NULL ELSE MAX(r.substantiated) END AS INTEGER)
            AS substantiated,
        COALESCE(MIN(r.substantiated) < 3 AND MAX(r.substantiated) = 3, FALSE) AS contradictory
    FROM handlings h
    JOIN area a ON a.code = h.division
    LEFT JOIN ranked r ON r.number = h.number AND r.division = h.division AND r.place = 1
    WHERE h.inspection_id = $1
    GROUP BY a.name, h.number
    {unassigned}
)
