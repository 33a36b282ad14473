-- What somebody withdrew since stays withdrawn. What the import made and still stands of it, such as a part that is assigned
-- and not reported, goes all the same; and so does what the province's list said of whose parts there are.
DELETE FROM undo_rows WHERE NOT (does = 1 AND version > 0) AND EXISTS (
    SELECT 1 FROM undo_import u
    JOIN revisions r ON r.inspection_id = u.inspection_id AND r.number = undo_rows.number AND r.kind = undo_rows.kind
    WHERE r.sequence > u.sequence AND r.change = 6
        AND (
            r.division = ''
            OR r.division = undo_rows.division AND NOT (undo_rows.part AND EXISTS (
                SELECT 1 FROM undo_origins o
                WHERE o.kind = undo_rows.kind AND o.number = undo_rows.number AND o.division = ''
            ))
        )
);

-- A petition or a task of which something was withdrawn since may be there, and be worded as it is, because of the import.
UPDATE undo_rows SET wide = TRUE WHERE kind <= 2 AND EXISTS (
    SELECT 1 FROM undo_import u
    JOIN revisions r ON r.inspection_id = u.inspection_id AND r.number = undo_rows.number AND r.kind = undo_rows.kind
    WHERE r.sequence > u.sequence AND r.change = 6
);
