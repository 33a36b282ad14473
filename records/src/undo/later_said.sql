-- What one of them said again, or said too late.
INSERT INTO undo_changed (import_id, kind, number, division)
SELECT s.import_id, k.kind, k.number, s.division
FROM undo_said s
JOIN undo_rows k ON k.kind = s.kind AND k.number = s.number
WHERE k.does > 0 AND (k.wide OR k.division = s.division);

DELETE FROM undo_said;
