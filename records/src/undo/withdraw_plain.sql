-- A record of a plain kind goes.
INSERT INTO undo_rows (kind, part, number, division, does, wide, version)
SELECT {kind}, {part}, t.number, t.division, 1, FALSE, t.version
FROM undo_import u
CROSS JOIN undo_origins o
JOIN {table} t ON t.inspection_id = u.inspection_id AND t.number = o.number AND t.division = o.division;
