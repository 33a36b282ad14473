-- Rows that the import said again, so that an older ledger came too late for them.
INSERT INTO undo_changed (import_id, kind, number, division)
SELECT l.import_id, s.kind, s.number, s.division
FROM undo_import u
CROSS JOIN undo_later l
JOIN imports i ON i.id = l.import_id
JOIN undo_said s ON s.import_id = l.import_id
WHERE i.reported_on < u.reported_on AND EXISTS (
    SELECT 1 FROM undo_said o
    WHERE o.kind = s.kind AND o.number = s.number AND o.division = s.division AND o.import_id = u.import_id
);
