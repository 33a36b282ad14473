-- The state of each petition touched, from all its parts, and the row that words it if it is new.
-- New ones have their parts in this ledger only, but for those that it names other divisions for.
CREATE TEMP TABLE derived AS
SELECT
    v.number, TRUE AS creates, MIN(v.row_id) AS row_id,
    MIN(v.conclusion) AS conclusion,
    CASE WHEN MIN(v.substantiated) < 3 AND MAX(v.substantiated) = 3 THEN NULL ELSE MAX(v.substantiated) END AS substantiated,
    COALESCE(MIN(v.substantiated) < 3 AND MAX(v.substantiated) = 3, FALSE) AS contradictory,
    CASE WHEN COUNT(CASE WHEN v.conclusion >= 2 THEN v.concluded_on END) = COUNT(*)
        THEN MAX(v.concluded_on) END AS concluded_on
FROM verdicts v
WHERE v.creates AND v.outcome = 1 AND v.number NOT IN (SELECT number FROM stage_assigned)
GROUP BY v.number
UNION ALL
SELECT
    t.number, t.creates, t.row_id,
    MIN(CASE WHEN h.reported THEN h.conclusion ELSE 0 END) AS conclusion, -- a part that is not reported is open
    CASE WHEN MIN(h.substantiated) < 3 AND MAX(h.substantiated) = 3 THEN NULL ELSE MAX(h.substantiated) END AS substantiated,
    COALESCE(MIN(h.substantiated) < 3 AND MAX(h.substantiated) = 3, FALSE) AS contradictory,
    CASE WHEN COUNT(CASE WHEN h.reported AND h.conclusion >= 2 THEN h.concluded_on END) = COUNT(*)
        THEN MAX(h.concluded_on) END AS concluded_on
FROM (
    SELECT number, creates, MIN(row_id) AS row_id FROM verdicts
    WHERE outcome IN (1, 2) AND (NOT creates OR number IN (SELECT number FROM stage_assigned))
    GROUP BY number, creates
) t
CROSS JOIN stage_context c
JOIN handlings h ON h.inspection_id = c.inspection_id AND h.number = t.number
GROUP BY t.number, t.creates, t.row_id;
