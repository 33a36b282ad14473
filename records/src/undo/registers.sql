-- Once no list of the province stands, records of the kind are no longer known to be listed. One that is listed, or an import
-- that listed some, says that one stands; the import that is undone is not among them any more.
UPDATE inspections SET {register} = FALSE
WHERE id = (SELECT inspection_id FROM undo_import) AND {register}
    AND (
        EXISTS (SELECT 1 FROM undo_origins o WHERE o.kind = {kind} AND o.division = '')
        OR EXISTS (
            SELECT 1 FROM undo_import u
            JOIN said_again s ON s.inspection_id = u.inspection_id AND s.import_id = u.import_id
            WHERE s.kind = {kind} AND s.division = ''
        )
    )
    AND NOT EXISTS (SELECT 1 FROM {records} r WHERE r.inspection_id = inspections.id AND r.registered)
    AND NOT EXISTS (
        SELECT 1 FROM import_verdicts v
        JOIN imports i ON i.id = v.import_id
        WHERE v.inspection_id = inspections.id AND v.state IN (6, 7) AND i.state IN (6, 7)
            AND (
                EXISTS (
                    SELECT 1 FROM revisions r
                    WHERE r.inspection_id = v.inspection_id AND r.sequence > v.sequence - v.revisions
                        AND r.sequence <= v.sequence AND r.kind = {kind} AND r.division = ''
                )
                OR EXISTS (
                    SELECT 1 FROM said_again s
                    WHERE s.inspection_id = v.inspection_id AND s.import_id = v.import_id AND s.kind = {kind}
                        AND s.division = ''
                )
            )
    );
