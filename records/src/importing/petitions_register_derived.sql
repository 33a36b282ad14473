-- The state of each petition touched, from all its parts; one without any is open.
CREATE TEMP TABLE derived AS
SELECT
    t.number, t.creates, t.row_id,
    MIN(CASE WHEN h.reported THEN h.conclusion ELSE 0 END) AS conclusion, -- a part that is not reported is open
    CASE WHEN MIN(h.substantiated) < 3 AND MAX(h.substantiated) = 3 THEN NULL ELSE MAX(h.substantiated) END AS substantiated,
    COALESCE(MIN(h.substantiated) < 3 AND MAX(h.substantiated) = 3, FALSE) AS contradictory,
    CASE WHEN COUNT(CASE WHEN h.reported AND h.conclusion >= 2 THEN h.concluded_on END) = COUNT(*)
        THEN MAX(h.concluded_on) END AS concluded_on
FROM (
    SELECT number, creates, MIN(row_id) AS row_id FROM verdicts WHERE outcome IN (1, 2) GROUP BY number, creates
) t
CROSS JOIN stage_context c
LEFT JOIN handlings h ON h.inspection_id = c.inspection_id AND h.number = t.number
GROUP BY t.number, t.creates, t.row_id;
