-- Which rows of one table an import made or wrote over. Imports applied later are known. Names in braces are those of undo/tables.rs.

-- Made: they are the import's, and nothing was there before.
INSERT INTO undo_rows (kind, part, number, division, does, wide, version)
SELECT {kind}, {part}, t.number, {division}, 1, {made_wide}, t.version
FROM undo_import u
CROSS JOIN {touched} o
JOIN {table} t ON t.inspection_id = u.inspection_id AND t.number = o.number{of_division}
WHERE o.kind = {kind} AND t.import_id = u.import_id AND NOT EXISTS (
    SELECT 1 FROM before_{table} b
    WHERE b.inspection_id = u.inspection_id AND b.before_import = u.import_id AND b.number = t.number{same_division}
);

-- Written over.
INSERT INTO undo_rows (kind, part, number, division, does, wide, version)
SELECT {kind}, {part}, b.number, {image_division}, 2, {image_wide}, COALESCE(t.version, 0)
FROM undo_import u
JOIN before_{table} b ON b.inspection_id = u.inspection_id AND b.before_import = u.import_id
LEFT JOIN {table} t ON t.inspection_id = b.inspection_id AND t.number = b.number{same_division}
WHERE TRUE{image_if};

-- Made, and written over since by imports that stand.
INSERT INTO undo_rows (kind, part, number, division, does, wide, version)
SELECT DISTINCT {kind}, {part}, b.number, {image_division}, 1, FALSE, 0
FROM undo_import u
CROSS JOIN undo_later l
JOIN before_{table} b ON b.inspection_id = u.inspection_id AND b.before_import = l.import_id
WHERE b.import_id = u.import_id AND NOT EXISTS (
    SELECT 1 FROM undo_rows k
    WHERE k.kind = {kind} AND k.part = {part} AND k.number = b.number AND k.division = {image_division}
);
