-- The state of each petition as of day $2, for each area. What is said last, of what had come true by then, holds: a
-- conclusion comes true on its own day, anything else when it is first reported. Few parts ever say something else than
-- at first, so only those are put in order.
WITH {areas},
changed AS (
    SELECT DISTINCT f.number, f.division FROM former_handlings f
    JOIN handlings h ON h.inspection_id = f.inspection_id AND h.number = f.number AND h.division = f.division
    WHERE f.inspection_id = $1
),
said AS (
    SELECT h.number, h.division, COALESCE(h.since_on, h.reported_on) AS since_on, h.conclusion, h.concluded_on, h.substantiated
    FROM changed c
    JOIN handlings h ON h.inspection_id = $1 AND h.number = c.number AND h.division = c.division
    WHERE h.reported
    UNION ALL
    SELECT f.number, f.division, f.since_on, f.conclusion, f.concluded_on, f.substantiated
    FROM changed c
    JOIN former_handlings f ON f.inspection_id = $1 AND f.number = c.number AND f.division = c.division
    UNION ALL
    SELECT number, division, NULL, 0, NULL, NULL FROM changed -- before anything was said
),
ranked AS (
    SELECT number, division, conclusion, substantiated,
        ROW_NUMBER() OVER (PARTITION BY number, division ORDER BY since_on DESC NULLS LAST) AS place
    FROM said
    WHERE since_on IS NULL
        OR CASE WHEN conclusion >= 2 AND concluded_on IS NOT NULL THEN concluded_on ELSE since_on END <= $2
),
parts AS (
    SELECT number, division, conclusion, substantiated FROM ranked WHERE place = 1
    UNION ALL
    SELECT h.number, h.division, CASE WHEN h.come THEN h.conclusion ELSE 0 END,
        CASE WHEN h.come THEN h.substantiated END
    FROM (
        SELECT h.number, h.division, h.conclusion, h.substantiated,
            h.reported AND CASE WHEN h.conclusion >= 2 AND h.concluded_on IS NOT NULL THEN h.concluded_on
                ELSE COALESCE(h.since_on, h.reported_on) END <= $2 AS come
        FROM handlings h
        WHERE h.inspection_id = $1 AND NOT EXISTS (
            SELECT 1 FROM former_handlings f
            WHERE f.inspection_id = h.inspection_id AND f.number = h.number AND f.division = h.division
        )
    ) h
),
states AS (
    SELECT a.name AS area, p.number,
        CAST(MIN(p.conclusion) AS INTEGER) AS conclusion,
        CAST(CASE WHEN MIN(p.substantiated) < 3 AND MAX(p.substantiated) = 3 THEN NULL ELSE MAX(p.substantiated) END AS INTEGER)
            AS substantiated,
        COALESCE(MIN(p.substantiated) < 3 AND MAX(p.substantiated) = 3, FALSE) AS contradictory
    FROM parts p
    JOIN area a ON a.code = p.division
    GROUP BY a.name, p.number
    {unassigned}
)
