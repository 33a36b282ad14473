-- Issues that no list has: they are there because decisions name them, and have a title if a decision carries it.

-- The title came with the import.
UPDATE accountability_issues SET
    title = COALESCE((
        SELECT MIN(a.issue_title) FROM accountabilities a
        WHERE a.inspection_id = accountability_issues.inspection_id AND a.issue = accountability_issues.number
    ), ''),
    version = accountability_issues.version + 1, updated_at_utc = u.at_utc
FROM undo_import u
JOIN before_accountability_issues b ON b.inspection_id = u.inspection_id AND b.before_import = u.import_id
WHERE accountability_issues.inspection_id = u.inspection_id AND accountability_issues.division = b.division
    AND accountability_issues.number = b.number AND NOT accountability_issues.registered
    AND NOT EXISTS (SELECT 1 FROM undo_rows k WHERE k.kind = 4 AND k.number = b.number AND k.does > 0);

-- The import was the first to name them, or a decision was withdrawn that nobody else takes up.
DELETE FROM accountability_issues
WHERE inspection_id = (SELECT inspection_id FROM undo_import) AND NOT registered
    AND number IN (SELECT number FROM undo_issues)
    AND (
        import_id = (SELECT import_id FROM undo_import)
        OR '' = (SELECT import_id FROM undo_import) AND NOT EXISTS (
            SELECT 1 FROM accountabilities a
            WHERE a.inspection_id = accountability_issues.inspection_id AND a.issue = accountability_issues.number
        )
    );

-- Other decisions name them still: the first of those does.
INSERT INTO accountability_issues (
    inspection_id, division, number, title, content_hash, registered, reported_on, version, import_id, sheet, row_number,
    updated_at_utc
)
SELECT
    u.inspection_id, i.province, a.issue, COALESCE(MIN(a.issue_title), ''), u.no_hash, FALSE, MIN(a.reported_on), 1,
    a.import_id, MIN(a.sheet), MIN(a.row_number), u.at_utc
FROM undo_import u
JOIN inspections i ON i.id = u.inspection_id
CROSS JOIN undo_issues n
JOIN accountabilities a ON a.inspection_id = u.inspection_id AND a.issue = n.number
LEFT JOIN accountability_issues h
    ON h.inspection_id = u.inspection_id AND h.division = i.province AND h.number = n.number
WHERE h.number IS NULL AND a.import_id = (
    SELECT MIN(f.import_id) FROM accountabilities f
    WHERE f.inspection_id = a.inspection_id AND f.issue = a.issue
)
GROUP BY u.inspection_id, i.province, a.issue, u.no_hash, a.import_id, u.at_utc;
