-- A part that was withdrawn since, and that the import's list had assigned to its division, or had taken from it: what was
-- reported does not come back with its image, and where it was not assigned before, there is none.
UPDATE before_{table} SET reported = FALSE, content_hash = u.no_hash, {blank}
FROM undo_import u
WHERE before_{table}.inspection_id = u.inspection_id AND before_{table}.before_import = u.import_id
    AND EXISTS (
        SELECT 1 FROM undo_origins o
        WHERE o.kind = {kind} AND o.number = before_{table}.number AND o.division = ''
    )
    AND EXISTS (
        SELECT 1 FROM revisions r
        WHERE r.inspection_id = u.inspection_id AND r.number = before_{table}.number AND r.kind = {kind}
            AND r.division = before_{table}.division AND r.sequence > u.sequence AND r.change = 6
    );

UPDATE undo_rows SET does = 1
WHERE kind = {kind} AND part = {part} AND does = 2 AND EXISTS (
    SELECT 1 FROM undo_import u
    JOIN before_{table} b ON b.inspection_id = u.inspection_id AND b.before_import = u.import_id
        AND b.number = undo_rows.number AND b.division = undo_rows.division
    WHERE NOT b.assigned AND NOT b.reported
);
