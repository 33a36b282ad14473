-- What the touched petitions count as they stand, {sign} times. SQLite joins in the order of CROSS JOIN: from the few that are
-- touched, by keys.
INSERT INTO petition_changes
SELECT s.scope, s.area, COALESCE(p.batch, -1), COALESCE(p.channel, 0), p.key_case, p.pollution_kinds, s.conclusion,
    CASE WHEN s.least < 3 AND s.most = 3 THEN -1 ELSE COALESCE(s.most, -1) END,
    COALESCE(s.least < 3 AND s.most = 3, FALSE), {sign} * COUNT(*)
FROM (
    SELECT a.scope, a.area, h.number,
        MIN(CASE WHEN h.reported THEN h.conclusion ELSE 0 END) AS conclusion,
        MIN(h.substantiated) AS least, MAX(h.substantiated) AS most
    FROM count_touched t
    CROSS JOIN handlings h
    CROSS JOIN count_areas a
    WHERE h.inspection_id = {inspection} AND h.number = t.number AND a.code = h.division
    GROUP BY a.scope, a.area, h.number
    UNION ALL
    SELECT 1, i.province, t.number, 0, NULL, NULL -- no division has a part in it yet
    FROM count_touched t
    JOIN inspections i ON i.id = {inspection}
    WHERE NOT EXISTS (SELECT 1 FROM handlings h WHERE h.inspection_id = i.id AND h.number = t.number)
) s
CROSS JOIN petitions p
WHERE p.inspection_id = {inspection} AND p.number = s.number
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;

INSERT INTO measure_changes
SELECT a.scope, a.area, COALESCE(p.batch, -1), COALESCE(p.channel, 0), p.key_case, p.pollution_kinds,
    {sign} * COUNT(*), {sign} * COUNT(CASE WHEN h.reported THEN 1 END),
    {sign} * COALESCE(SUM(h.ordered), 0), {sign} * COALESCE(SUM(h.penalised), 0),
    {sign} * COALESCE(SUM(h.fine_fen), 0), {sign} * COALESCE(SUM(h.criminal_cases), 0),
    {sign} * COALESCE(SUM(h.admin_detained), 0), {sign} * COALESCE(SUM(h.criminal_detained), 0),
    {sign} * COALESCE(SUM(h.interviewed), 0), {sign} * COALESCE(SUM(h.accountable), 0)
FROM count_touched t
CROSS JOIN handlings h
CROSS JOIN count_areas a
CROSS JOIN petitions p
WHERE h.inspection_id = {inspection} AND h.number = t.number AND a.code = h.division
    AND p.inspection_id = {inspection} AND p.number = t.number
GROUP BY 1, 2, 3, 4, 5, 6
