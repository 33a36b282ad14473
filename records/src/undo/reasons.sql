-- The reasons that came with the import go, and those that it took the place of come back.

-- A later import that took the place of one of its reasons keeps what was there before the two.
CREATE TEMP TABLE undo_held AS
SELECT r.before_import AS holder, r.number, r.division, r.kind, r.rule, r.field
FROM undo_import u
JOIN before_reasons r ON r.inspection_id = u.inspection_id
WHERE r.import_id = u.import_id AND r.before_import <> u.import_id;

DELETE FROM before_reasons
WHERE inspection_id = (SELECT inspection_id FROM undo_import) AND import_id = (SELECT import_id FROM undo_import)
    AND before_import <> import_id;

UPDATE before_reasons SET before_import = h.holder
FROM undo_held h CROSS JOIN undo_import u
WHERE before_reasons.inspection_id = u.inspection_id AND before_reasons.before_import = u.import_id
    AND before_reasons.number = h.number AND before_reasons.division = h.division AND before_reasons.kind = h.kind
    AND before_reasons.rule = h.rule AND before_reasons.field = h.field;

DROP TABLE undo_held;

DELETE FROM reasons
WHERE inspection_id = (SELECT inspection_id FROM undo_import) AND import_id = (SELECT import_id FROM undo_import);

INSERT INTO reasons (
    inspection_id, kind, number, division, rule, field, value, reason, given_by, given_at_utc, import_id
)
SELECT
    b.inspection_id, b.kind, b.number, b.division, b.rule, b.field, b.value, b.reason, b.given_by, b.given_at_utc,
    b.import_id
FROM undo_import u
JOIN before_reasons b ON b.inspection_id = u.inspection_id AND b.before_import = u.import_id
WHERE NOT EXISTS (
    SELECT 1 FROM reasons r
    WHERE r.inspection_id = b.inspection_id AND r.number = b.number AND r.division = b.division AND r.kind = b.kind
        AND r.rule = b.rule AND r.field = b.field
) AND NOT EXISTS (
    SELECT 1 FROM revisions w -- with its record they were withdrawn
    WHERE w.inspection_id = u.inspection_id AND w.number = b.number AND w.kind = b.kind AND w.sequence > u.sequence
        AND w.change = 6 AND w.division IN (b.division, '')
);

DELETE FROM before_reasons
WHERE inspection_id = (SELECT inspection_id FROM undo_import)
    AND before_import = (SELECT import_id FROM undo_import);
