-- With a petition or a task all its parts go.
INSERT INTO undo_rows (kind, part, number, division, does, wide, version)
SELECT k.kind, TRUE, h.number, h.division, 1, FALSE, h.version
FROM undo_import u
CROSS JOIN undo_rows k
JOIN handlings h ON h.inspection_id = u.inspection_id AND h.number = k.number
WHERE k.kind = 1 AND NOT k.part AND k.does = 1 AND NOT EXISTS (
    SELECT 1 FROM undo_rows p WHERE p.kind = 1 AND p.part AND p.number = h.number AND p.division = h.division
);

INSERT INTO undo_rows (kind, part, number, division, does, wide, version)
SELECT k.kind, TRUE, h.number, h.division, 1, FALSE, h.version
FROM undo_import u
CROSS JOIN undo_rows k
JOIN task_progress h ON h.inspection_id = u.inspection_id AND h.number = k.number
WHERE k.kind = 2 AND NOT k.part AND k.does = 1 AND NOT EXISTS (
    SELECT 1 FROM undo_rows p WHERE p.kind = 2 AND p.part AND p.number = h.number AND p.division = h.division
);
-- Records whose parts are touched are touched with them, and so are the issues that decisions name.
INSERT INTO undo_rows (kind, part, number, division, does, wide, version)
SELECT DISTINCT k.kind, FALSE, k.number, '', 0, FALSE, 0
FROM undo_rows k
WHERE k.part AND k.does < 3 AND NOT EXISTS (
    SELECT 1 FROM undo_rows r WHERE r.kind = k.kind AND r.number = k.number AND r.division = '' AND NOT r.part
);

INSERT INTO undo_issues (number)
SELECT k.number FROM undo_rows k WHERE k.kind = 4
UNION
SELECT a.issue
FROM undo_import u
CROSS JOIN undo_rows k
JOIN accountabilities a ON a.inspection_id = u.inspection_id AND a.division = k.division AND a.number = k.number
WHERE k.kind = 5 AND a.issue IS NOT NULL
UNION
SELECT b.issue
FROM undo_import u
JOIN before_accountabilities b ON b.inspection_id = u.inspection_id AND b.before_import = u.import_id
WHERE b.issue IS NOT NULL;

INSERT INTO undo_rows (kind, part, number, division, does, wide, version)
SELECT 4, FALSE, i.number, i.division, 0, FALSE, 0
FROM undo_import u
CROSS JOIN undo_issues n
JOIN accountability_issues i ON i.inspection_id = u.inspection_id AND i.number = n.number
WHERE NOT EXISTS (
    SELECT 1 FROM undo_rows k WHERE k.kind = 4 AND k.number = i.number AND k.division = i.division
);

-- The order in which the touched rows are looked at and told: parts before their record.
CREATE TEMP TABLE undo_order AS
SELECT
    ROW_NUMBER() OVER (ORDER BY k.kind, k.number, k.part DESC, k.division) AS position,
    k.kind, k.part, k.number, k.division, k.does, o.sheet, o.row_number,
    NOT k.part AND k.kind <= 2 AND o.sheet IS NOT NULL AS listed -- by the province's list, which says whose parts there are
FROM undo_rows k
LEFT JOIN undo_origins o ON o.kind = k.kind AND o.number = k.number AND o.division = k.division
WHERE k.does < 3;
CREATE INDEX undo_order_by_position ON undo_order (position);
