-- Rows of one table whose reporting date is the import's, because it said again what they said; and the dates they had from
-- the ledgers that wrote them. Names in braces are those of undo/tables.rs.
INSERT INTO undo_times (kind, part, number, division, holder, low, high, reported_on)
SELECT s.kind, {part}, s.number, s.division, '', COALESCE(w.verdict, 0), 9223372036854775807, i.reported_on
FROM undo_import u
CROSS JOIN undo_said s
JOIN {table} t ON t.inspection_id = u.inspection_id AND t.number = s.number{said_division}
JOIN imports i ON i.id = t.import_id
LEFT JOIN import_verdicts w ON w.import_id = t.import_id AND w.state IN (6, 7)
WHERE s.kind = {kind} AND {said_here} AND t.reported_on = u.reported_on AND t.import_id <> u.import_id
    AND i.reported_on < u.reported_on AND COALESCE(w.verdict, 0) < u.verdict;

-- The same of rows as they were before later imports.
INSERT INTO undo_times (kind, part, number, division, holder, low, high, reported_on)
SELECT s.kind, {part}, s.number, s.division, l.import_id, COALESCE(w.verdict, 0), l.verdict, i.reported_on
FROM undo_import u
CROSS JOIN undo_later l
JOIN before_{table} t ON t.inspection_id = u.inspection_id AND t.before_import = l.import_id
JOIN undo_said s ON s.kind = {kind} AND s.number = t.number{said_division}
JOIN imports i ON i.id = t.import_id
LEFT JOIN import_verdicts w ON w.import_id = t.import_id AND w.state IN (6, 7)
WHERE {said_here} AND t.reported_on = u.reported_on AND t.import_id <> u.import_id
    AND i.reported_on < u.reported_on AND COALESCE(w.verdict, 0) < u.verdict;
