-- What imports applied later did to the touched rows of one table. Names in braces are those of undo/tables.rs.

-- Wrote over them.
INSERT INTO undo_changed (import_id, kind, number, division)
SELECT l.import_id, k.kind, k.number, k.division
FROM undo_import u
CROSS JOIN undo_later l
JOIN before_{table} b ON b.inspection_id = u.inspection_id AND b.before_import = l.import_id
JOIN undo_rows k ON k.kind = {kind} AND k.number = b.number AND k.division = {image_division} AND k.part = {part}
WHERE k.does > 0;

-- Made them anew.
INSERT INTO undo_changed (import_id, kind, number, division)
SELECT l.import_id, k.kind, k.number, k.division
FROM undo_import u
CROSS JOIN undo_rows k
JOIN {table} t ON t.inspection_id = u.inspection_id AND t.number = k.number{row_division}
JOIN undo_later l ON l.import_id = t.import_id
WHERE k.kind = {kind} AND k.part = {part} AND k.does > 0;
