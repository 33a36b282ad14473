-- What a division reported goes. If it is assigned the record, its part stays as one that is not reported: as it was before
-- the report, if that is known.
INSERT INTO undo_rows (kind, part, number, division, does, wide, version)
SELECT {kind}, {part}, t.number, t.division, CASE WHEN t.assigned THEN 2 ELSE 1 END, FALSE, t.version
FROM undo_import u
CROSS JOIN undo_origins o
JOIN {table} t ON t.inspection_id = u.inspection_id AND t.number = o.number AND t.division = o.division
WHERE t.reported;

INSERT INTO before_{table} (
    before_import, inspection_id, number, division, assigned, reported, {states}, content_hash, version, edition,
    reported_on, import_id, sheet, row_number
)
SELECT
    '', t.inspection_id, t.number, t.division, TRUE, FALSE, {not_begun}, u.no_hash, t.version, t.version + 1,
    COALESCE(b.reported_on, r.reported_on), COALESCE(b.import_id, r.import_id), COALESCE(b.sheet, r.sheet),
    COALESCE(b.row_number, r.row_number)
FROM undo_import u
CROSS JOIN undo_origins o
JOIN {table} t ON t.inspection_id = u.inspection_id AND t.number = o.number AND t.division = o.division
JOIN {records} r ON r.inspection_id = t.inspection_id AND r.number = t.number
LEFT JOIN before_{table} b ON b.inspection_id = t.inspection_id AND b.number = t.number AND b.division = t.division
    AND b.before_import = (
        SELECT MAX(i.before_import) FROM before_{table} i
        WHERE i.inspection_id = t.inspection_id AND i.number = t.number AND i.division = t.division AND NOT i.reported
    )
WHERE t.reported AND t.assigned;
