-- A petition or a task goes, with all its parts.
INSERT INTO undo_rows (kind, part, number, division, does, wide, version)
SELECT {kind}, {part}, t.number, {division}, 1, FALSE, t.version
FROM undo_import u
CROSS JOIN undo_origins o
JOIN {table} t ON t.inspection_id = u.inspection_id AND t.number = o.number;
