-- What imports applied later did to other rows of the numbers that stand on the touched ones.
INSERT INTO undo_changed (import_id, kind, number, division)
SELECT l.import_id, k.kind, k.number, t.division
FROM undo_import u
CROSS JOIN undo_rows k
JOIN {parts} t ON t.inspection_id = u.inspection_id AND t.number = k.number
JOIN undo_later l ON l.import_id = t.import_id
WHERE k.kind = {kind} AND k.wide;

INSERT INTO undo_changed (import_id, kind, number, division)
SELECT l.import_id, k.kind, k.number, ''
FROM undo_import u
CROSS JOIN undo_rows k
JOIN {records} t ON t.inspection_id = u.inspection_id AND t.number = k.number
JOIN undo_later l ON l.import_id = t.import_id
WHERE k.kind = {kind} AND k.wide;

INSERT INTO undo_changed (import_id, kind, number, division)
SELECT l.import_id, k.kind, k.number, b.division
FROM undo_import u
CROSS JOIN undo_later l
JOIN before_{parts} b ON b.inspection_id = u.inspection_id AND b.before_import = l.import_id
JOIN undo_rows k ON k.kind = {kind} AND k.number = b.number
WHERE k.wide;
